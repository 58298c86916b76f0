"""What `ogi parse` and `ogi check` print on the terminal, and their exit status."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ogi.reports.check import check_report
from ogi.reports.check_text import explain
from ogi.reports.model import from_json
from ogi.reports.tables_text import tables_text
from ogi.reports.worker import Encoded
from ogi.reports.workers import parse_files

_BROKEN, _UNREADABLE = 1, 3


def print_reports(paths: Sequence[Path], output: str, jobs: int) -> int:
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


def print_checks(paths: Sequence[Path], output: str) -> int:
    """Print what is wrong with each report, in words or as one JSON list; return the exit status (0, 1 or 3)."""
    checked = [check_report(from_json(report.json)) for report in _parsed(paths, jobs=1)]
    if output == "json":
        encoder = msgspec.json.Encoder(decimal_format="number")
        _write(encoder.encode([c.result for c in checked]) + b"\n")
    else:
        _write("\n\n".join(explain(c) for c in checked).encode() + b"\n")
    if any(c.result.report is None for c in checked):
        return _UNREADABLE
    return _BROKEN if any(c.result.broken for c in checked) else 0


def _parsed(paths: Sequence[Path], jobs: int) -> Iterator[Encoded]:
    for file in parse_files(((path, str(path)) for path in paths), jobs):
        yield from file.reports


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
