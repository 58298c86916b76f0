"""What `ogi parse` and `ogi check` print on the terminal, and their exit status."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from ogi.reports.check import check_report
from ogi.reports.check_text import explain
from ogi.reports.model import ParsedReport, to_json
from ogi.reports.parse import parse_bytes
from ogi.reports.tables_text import tables_text

_BROKEN, _UNREADABLE = 1, 3


def parse_file(path: Path) -> list[ParsedReport]:
    """Read one file from disk into its reports."""
    return parse_bytes(path.read_bytes(), str(path))


def print_reports(paths: Sequence[Path], output: str, jobs: int) -> int:
    """Print the reports of these files as `json` (a list), `jsonl` or `table`; return the exit status (0 or 1)."""
    complete = True
    written = 0
    for report in _parse_all(paths, jobs):
        complete = complete and report.report is not None
        if output == "table":
            _write(tables_text(report).encode() + b"\n")
        elif output == "jsonl":
            _write(to_json(report) + b"\n")
        else:
            _write((b",\n" if written else b"[") + to_json(report))
        written += 1
    if output == "json":
        _write(b"]\n" if written else b"[]\n")
    return 0 if complete else 1


def print_checks(paths: Sequence[Path], output: str) -> int:
    """Print what is wrong with each report, in words or as one JSON list; return the exit status (0, 1 or 3)."""
    checked = [check_report(report) for path in paths for report in parse_file(path)]
    if output == "json":
        encoder = msgspec.json.Encoder(decimal_format="number")
        _write(encoder.encode([c.result for c in checked]) + b"\n")
    else:
        _write("\n\n".join(explain(c) for c in checked).encode() + b"\n")
    if any(c.result.report is None for c in checked):
        return _UNREADABLE
    return _BROKEN if any(c.result.broken for c in checked) else 0


def _parse_all(paths: Sequence[Path], jobs: int) -> Iterator[ParsedReport]:
    if jobs == 1 or len(paths) == 1:
        for path in paths:
            yield from parse_file(path)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        for reports in pool.map(parse_file, paths, chunksize=8):
            yield from reports


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
