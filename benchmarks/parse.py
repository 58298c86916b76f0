"""How fast documents are read, against the libraries under the readers, timed side by side in one run.

    python -m benchmarks.parse

Every ratio is of medians over rounds in which both take turns, on the documents of `tests/documents` and `samples/inbox`;
of processor time where one process does it all, so that a busy machine changes little. Prints a table; exit status 1 if
a bar is missed.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from ogi.documents.encoding import decode_text
from ogi.reports.parse import parse_bytes

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, ROUNDS_OF_JOBS = 25, 7
HTML_BAR, PDF_BAR, JOBS_BAR, START_BAR_SECONDS, MEMORY_BAR = 4.0, 3.0, 1.8, 0.5, 1.1


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    bar: str
    is_met: bool


def main() -> int:
    """Run the benchmark; return 1 if a bar is missed."""
    rows = [html(), pdf(), jobs(), start(), memory()]
    print("| what | measured | bar | met |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.measured} | {row.bar} | {'yes' if row.is_met else 'NO'} |")
    return int(not all(row.is_met for row in rows))


def html() -> Row:
    """The whole parse of web pages, against selectolax and a grid of spans."""
    pages = _documents("*.html")
    ours, peer = _in_turns(
        lambda: [parse_bytes(p, "x.html") for p in pages], lambda: [_grids(p) for p in pages]
    )
    what = f"HTML: whole parse of {len(pages)} pages ÷ selectolax and a grid of spans"
    return _ratio(what, ours, peer, len(pages), HTML_BAR)


def pdf() -> Row:
    """The whole parse of PDF with a text layer, against the extraction of characters with boxes."""
    # A scan has no characters: reading it is another matter
    files = [file for file in _documents("*.pdf") if _boxes(file)]
    ours, peer = _in_turns(
        lambda: [parse_bytes(f, "x.pdf") for f in files], lambda: [_boxes(f) for f in files]
    )
    what = f"PDF: whole parse of {len(files)} files ÷ characters with boxes by pypdfium2"
    return _ratio(what, ours, peer, len(files), PDF_BAR)


def jobs() -> Row:
    """Two processes against one, over copies of the samples."""
    with _copies(4000) as folder:
        files = sorted(map(str, Path(folder).iterdir()))
        two, one = _in_turns(
            lambda: _ogi("--jobs", "2", *files),
            lambda: _ogi("--jobs", "1", *files),
            rounds=ROUNDS_OF_JOBS,
            clock=time.perf_counter,
        )
    gain = one / two
    return Row(
        f"`ogi parse --jobs 2` ÷ one, {len(files)} files", f"{gain:.2f}×", f"≥ {JOBS_BAR}×", gain >= JOBS_BAR
    )


def start() -> Row:
    """`ogi parse` of one text from start to end."""
    text = next((ROOT / "samples" / "inbox").rglob("*.txt"))
    seconds = statistics.median(_timed(lambda: _ogi(str(text)), time.perf_counter) for _ in range(ROUNDS))
    return Row(
        "`ogi parse` of one text",
        f"{seconds:.2f} s",
        f"≤ {START_BAR_SECONDS} s",
        seconds <= START_BAR_SECONDS,
    )


def memory() -> Row:
    """The largest memory over 10,000 files against that over 1,000, their names handed over one by one.

    On a command line Python itself keeps 0.9 KB of each name before a program begins.
    """
    with _copies(10_000) as folder:
        files = sorted(map(str, Path(folder).iterdir()))
        few, many = _peak_of(files[:1000]), _peak_of(files)
    ratio = many / few
    return Row(
        "memory over 10,000 files ÷ over 1,000",
        f"{ratio:.2f} ({many:.0f} MB)",
        f"≤ {MEMORY_BAR}",
        ratio <= MEMORY_BAR,
    )


def _documents(pattern: str) -> list[bytes]:
    return [
        path.read_bytes()
        for where in ("tests/documents", "samples")
        for path in (ROOT / where).rglob(pattern)
    ]


def _copies(count: int) -> tempfile.TemporaryDirectory[str]:
    """Make a folder with so many copies of the sample documents; removed on leaving the context."""
    folder = tempfile.TemporaryDirectory(prefix="ogi-benchmark-")
    sources = [*(ROOT / "samples" / "inbox").rglob("*.txt"), *(ROOT / "samples" / "inbox").rglob("*.md")]
    for number in range(count):
        source = sources[number % len(sources)]
        shutil.copyfile(source, Path(folder.name) / f"{number:06}{source.suffix}")
    return folder


def _ogi(*arguments: str) -> None:
    command = [sys.executable, "-m", "ogi", "parse", "--format", "jsonl", *arguments]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False, cwd=ROOT)


# What `ogi parse --format jsonl` does
_PARSE_NAMES = """
import sys
from pathlib import Path
from ogi.reports.output import print_reports
print_reports((Path(line.rstrip("\\n")) for line in sys.stdin), "jsonl", jobs=1)
"""
# A small process between this one and that: a child's peak is never below that of what started it
_PEAK_OF_CHILD = """
import resource, subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1]], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def _peak_of(files: Iterable[str]) -> float:
    """Read these files as `ogi parse` does and return the largest memory of it and its workers, in MB."""
    ran = subprocess.run(
        [sys.executable, "-c", _PEAK_OF_CHILD, _PARSE_NAMES],
        input="\n".join(files),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return float(ran.stdout)


def _grids(page: bytes) -> list[list[list[str]]]:
    """The least that any reader of HTML tables does: parse, and lay each table's cells on a grid by their spans."""
    grids = []
    for table in LexborHTMLParser(decode_text(page)).css("table"):
        grid: list[list[str]] = []
        for y, row in enumerate(table.css("tr")):
            x = 0
            for cell in row.css("td, th"):
                width = int(cell.attributes.get("colspan") or 1)
                height = int(cell.attributes.get("rowspan") or 1)
                while len(grid) < y + height:
                    grid.append([])
                while x < len(grid[y]) and grid[y][x]:
                    x += 1
                text = cell.text() or " "
                for line in grid[y : y + height]:
                    line.extend([""] * (x + width - len(line)))
                    line[x : x + width] = [text] * width
                x += width
        grids.append(grid)
    return grids


def _boxes(file: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """The least that any reader of PDF tables does: every character with its box."""
    document = pypdfium2.PdfDocument(file)
    found = []
    for page in document:
        text = page.get_textpage()
        count = text.count_chars()
        characters = text.get_text_range()
        found.extend((characters[i : i + 1], text.get_charbox(i)) for i in range(count))
    return found


def _in_turns(
    ours: Callable[[], object],
    peer: Callable[[], object],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> tuple[float, float]:
    """Time both in turns and return the medians in seconds."""
    ours(), peer()
    times = [(_timed(ours, clock), _timed(peer, clock)) for _ in range(rounds)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _timed(run: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    run()
    return clock() - started


def _ratio(what: str, ours: float, peer: float, count: int, bar: float) -> Row:
    ratio = ours / peer
    return Row(what, f"{ratio:.1f}× ({count / ours:.0f} a second)", f"≤ {bar:.0f}×", ratio <= bar)


if __name__ == "__main__":
    sys.exit(main())
