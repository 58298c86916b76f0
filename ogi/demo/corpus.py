"""The corpus on disk: `inbox/` and `truth.jsonl`, the same bytes for the same seed, written as it is drawn."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

import msgspec

from ogi.demo.distractors import distractor
from ogi.demo.document import MARK, compose
from ogi.demo.histories import Facts, all_reports
from ogi.demo.layouts import Layout, draw_layout
from ogi.demo.printing import plain_cells
from ogi.demo.prose import draw_prose
from ogi.demo.truth import TruthReport, to_line, truth_of
from ogi.demo.writers.write import SUFFIXES, require_extra, write_document
from ogi.reports.model import ReportHeader, Source

_FORMAT_SHARES = {
    "html": 36,
    "docx": 15,
    "markdown": 8,
    "text": 16,
    "pdf": 20,
    "png": 2,
    "jpeg": 1,
    "scanned_pdf": 2,
}
# Small enough that whoever reads a file of lines at once needs little memory
_LINES_A_FILE = 500


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """One document of the corpus: where it goes below the inbox, its bytes, its truth."""

    path: str
    data: bytes
    truth: TruthReport


def write_corpus(
    out: Path,
    reports: int,
    seed: int,
    form: Literal["documents", "parsed"],
    progress: Callable[[int], None] = lambda _written: None,
) -> None:
    """Write a corpus of so many reports below `out`, which holds nothing of an earlier one.

    Args:
        out: gets `inbox/` and `truth.jsonl`.
        reports: how many; corrected versions count.
        seed: the same seed gives the same bytes.
        form: `documents`, or `parsed` for lines of `ogi.parsed_report/1`.
        progress: told the number of reports written so far.

    Raises:
        FileExistsError: `out` holds an inbox or a truth already.
        ExtraMissing: documents need the extra `demo`, which is not installed.
        NoChineseFont: scans need a Chinese font, and this machine has none.
    """
    if form == "documents":
        require_extra()
    inbox, truth_file = out / "inbox", out / "truth.jsonl"
    if inbox.exists() or truth_file.exists():
        raise FileExistsError(
            f"{out} 已有语料，请换一个文件夹。 / {out} holds a corpus already: name another folder."
        )
    inbox.mkdir(parents=True)
    write = _write_documents if form == "documents" else _write_parsed
    with truth_file.open("wb") as truth:
        for written, line in enumerate(write(inbox, reports, seed), start=1):
            truth.write(line)
            progress(written)


def _write_documents(inbox: Path, reports: int, seed: int) -> Iterator[bytes]:
    for made in islice(documents(seed), reports):
        path = inbox / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        yield to_line(made.truth)


def _write_parsed(inbox: Path, reports: int, seed: int) -> Iterator[bytes]:
    lines = parsed_lines(seed)
    for first in range(0, reports, _LINES_A_FILE):
        with (inbox / f"synthetic-{first // _LINES_A_FILE + 1:06}.jsonl").open("wb") as file:
            for line in islice(lines, min(_LINES_A_FILE, reports - first)):
                file.write(line)
                yield line


def parsed_lines(seed: int) -> Iterator[bytes]:
    """Yield reports without end as lines of `ogi.parsed_report/1`."""
    for index, facts in enumerate(all_reports(seed)):
        rng = random.Random(f"{seed}#{index}")
        path = f"synthetic/{_name(index, facts)}"
        source = Source(path, hashlib.sha256(f"{seed}#{index}".encode()).hexdigest(), "synthetic", 0)
        _, _, stated = draw_prose(rng, facts.prose)
        narrative = [msgspec.structs.replace(count, quote=MARK + count.quote) for count in stated]
        yield to_line(truth_of(facts, plain_cells(facts), _header(facts), narrative, source))


def documents(
    seed: int, every: int = 1, formats: tuple[str, ...] = tuple(_FORMAT_SHARES)
) -> Iterator[MadeDocument]:
    """Yield documents without end, in formats drawn by their share among what agencies publish.

    Args:
        seed: of the figures, formats and layouts.
        every: take one report in so many, for a sample over many districts.
        formats: which formats to draw from.
    """
    shares = [_FORMAT_SHARES[name] for name in formats]
    for index, facts in enumerate(islice(all_reports(seed), 0, None, every)):
        rng = random.Random(f"{seed}#{index}")
        document_format = rng.choices(formats, shares)[0]
        yield make_document(
            rng, facts, draw_layout(rng, document_format, facts.template), document_format, index
        )


def make_document(
    rng: random.Random, facts: Facts, layout: Layout, document_format: str, index: int
) -> MadeDocument:
    """Write one report in a layout and a format."""
    path = _name(index, facts) + SUFFIXES[document_format]
    content, truth = compose(rng, facts, layout, Source(f"inbox/{path}", "", document_format, 0))
    data = write_document(rng, content, layout, document_format)
    source = Source(f"inbox/{path}", hashlib.sha256(data).hexdigest(), document_format, len(data))
    return MadeDocument(path, data, msgspec.structs.replace(truth, source=source))


def make_distractor(rng: random.Random, facts: Facts, kind: str, document_format: str) -> MadeDocument:
    """Write a document that is no report, of the agency and year of one; its truth has no report."""
    layout = Layout("not-a-report", ())
    data = write_document(rng, distractor(rng, facts, kind), layout, document_format)
    path = f"{kind}/{facts.year}-{facts.agency.full_name}{SUFFIXES[document_format]}"
    source = Source(path, hashlib.sha256(data).hexdigest(), document_format, len(data))
    return MadeDocument(path, data, TruthReport(source=source, report=None, cells=[], layout=layout.name))


def _name(index: int, facts: Facts) -> str:
    version = f"-更正{facts.version - 1}" if facts.version > 1 else ""
    district = facts.agency.division_code[:6]
    return f"{district}/{facts.year}/{facts.agency.name}-{facts.year}{version}-{index:07}"


def _header(facts: Facts) -> ReportHeader:
    return ReportHeader(
        agency=facts.agency.name,
        agency_full=facts.agency.full_name,
        division_code=facts.agency.division_code,
        year=facts.year,
        template=facts.template,
        document_number=None,
        published_on=facts.published_on,
        period_start=facts.period[0],
        period_end=facts.period[1],
    )
