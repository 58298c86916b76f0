"""What `ogi parse` and `ogi check` print on the terminal, and their exit status."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from ogi.documents.files import documents_of, printable
from ogi.reports.check import check_report
from ogi.reports.check_text import explain
from ogi.reports.model import from_json
from ogi.reports.parse import read_and_parse
from ogi.reports.tables_text import tables_text
from ogi.reports.worker import Encoded, Task
from ogi.reports.workers import parse_files

_BROKEN, UNREADABLE = 1, 3
# File systems allow 255 bytes; the rest is for the number and the suffix
_LONGEST_NAME = 230


def print_reports(paths: Iterable[Path], output: str, jobs: int) -> int:
    """Print the reports of these files as `json` (a list), `jsonl` or `table`; return the exit status (0 or 1)."""
    complete = True
    written = 0
    for report in _parsed(paths, jobs):
        complete = complete and report.is_report
        if output == "table":
            _write(tables_text(from_json(report.json)).encode() + b"\n")
        elif output == "jsonl":
            _write(report.json + b"\n")
        else:
            _write((b",\n" if written else b"[") + report.json)
        written += 1
    if output == "json":
        _write(b"]\n" if written else b"[]\n")
    return 0 if complete else 1


def write_explanations(paths: Iterable[Path]) -> int:
    """Write `NAME.explain.html` into the current folder for each report and print its name; return the exit status.

    Documents of the same name are numbered from the second on.

    Raises:
        OSError: the folder cannot be written.
    """
    from ogi.reports.explain import explain_page

    complete = True
    written: Counter[str] = Counter()
    for found in (found for path in paths for found in documents_of(path, printable(path))):
        document, reports = read_and_parse(found)
        for parsed in reports:
            name = Path(found.path).name.encode()[:_LONGEST_NAME].decode(errors="ignore")
            written[name] += 1
            number = f".{written[name]}" if written[name] > 1 else ""
            page = Path(f"{name}{number}.explain.html")
            page.write_text(explain_page(document, parsed), encoding="utf-8")
            _write(f"{page}\n".encode())
            complete = complete and parsed.report is not None
    return 0 if complete else 1


def print_checks(paths: Sequence[Path], output: str) -> int:
    """Print what is wrong with each report, in words or as one JSON list; return the exit status (0, 1 or 3).

    A folder stands for the files in it and below.

    Raises:
        FileNotFoundError: the folders hold no file at all.
    """
    files = [file for path in paths for file in _files_of(path)]
    if not files:
        raise FileNotFoundError("文件夹里没有文件；请指明年报。 / The folder is empty: name a report.")
    checked = [check_report(from_json(report.json)) for report in _parsed(files, jobs=1)]
    if output == "json":
        encoder = msgspec.json.Encoder(decimal_format="number")
        _write(encoder.encode([c.result for c in checked]) + b"\n")
    else:
        _write("\n\n".join(explain(c) for c in checked).encode() + b"\n")
    if any(c.result.report is None for c in checked):
        return UNREADABLE
    return _BROKEN if any(c.result.broken for c in checked) else 0


def _files_of(path: Path) -> list[Path]:
    """Return the files of a folder and below it, hidden ones left out; a file stands for itself."""
    if not path.is_dir():
        return [path]
    below = (file.relative_to(path) for file in path.rglob("*") if file.is_file())
    return [path / file for file in sorted(below) if not any(part.startswith(".") for part in file.parts)]


def _parsed(paths: Iterable[Path], jobs: int) -> Iterator[Encoded]:
    for file in parse_files((Task(path, printable(path)) for path in paths), jobs):
        yield from file.reports


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
