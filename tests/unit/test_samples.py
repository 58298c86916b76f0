"""Every sample document reads as the truth beside it says, cell by cell."""

import json
from decimal import Decimal
from typing import Any

import pytest
from conftest import REPOSITORY

from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

SAMPLES = REPOSITORY / "samples"
TRUTH: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


def read(key: str) -> ParsedReport:
    path, _, number = key.partition("#")
    data = (SAMPLES / "inbox" / path).read_bytes()
    if number:
        return list(read_parsed_lines(data, path))[int(number) - 1]
    return parse_bytes(data, path)[0]


def test_every_sample_has_a_truth_and_every_truth_a_sample() -> None:
    files = {str(p.relative_to(SAMPLES / "inbox")) for p in (SAMPLES / "inbox").rglob("*") if p.is_file()}
    assert {key.partition("#")[0] for key in TRUTH} == files


@pytest.mark.parametrize("key", [key for key, truth in TRUTH.items() if truth.get("report")])
def test_a_sample_reads_as_printed(key: str) -> None:
    truth, parsed = TRUTH[key], read(key)
    cells = {cell.cell: (cell.state, cell.value) for cell in parsed.cells}
    expected = {
        name: (cell["state"], None if cell.get("value") is None else Decimal(str(cell["value"])))
        for name, cell in truth["cells"].items()
    }
    assert cells == expected
    assert sorted(i.id for i in parsed.identities if i.status == "broken") == sorted(truth["broken"])
    header = {name: str(getattr(parsed.report, name)) for name in truth["report"]}
    assert header == {name: str(value) for name, value in truth["report"].items()}


@pytest.mark.parametrize("key", [key for key, truth in TRUTH.items() if not truth.get("report")])
def test_what_is_no_report_is_refused(key: str) -> None:
    assert read(key).report is None
