"""Every sample document reads as the truth beside it says, cell by cell."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from conftest import REPOSITORY
from libreoffice import require_libreoffice

from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

SAMPLES = REPOSITORY / "samples"
TRUTH: dict[str, dict[str, Any]] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


def file_of(key: str) -> str:
    """The file of a sample, which may be a line of it (`x.jsonl#2`) or a member (`x.zip!member`)."""
    return re.split("[#!]", key)[0]


def read(key: str) -> ParsedReport:
    path = file_of(key)
    data = (SAMPLES / "inbox" / path).read_bytes()
    if "#" in key:
        return list(read_parsed_lines(data, path))[int(key.partition("#")[2]) - 1]
    [parsed] = [report for report in parse_bytes(data, path) if report.source.path == key]
    return parsed


def require_reader(key: str) -> None:
    """Skip the test of a sample whose reader needs what is not installed here."""
    if TRUTH[key]["layout"] == "doc":
        require_libreoffice()
    if TRUTH[key]["layout"] == "scan":
        pytest.importorskip("rapidocr", reason="the extra ogi[ocr] is not installed")


def test_every_sample_has_a_truth_and_every_truth_a_sample() -> None:
    files = {str(p.relative_to(SAMPLES / "inbox")) for p in (SAMPLES / "inbox").rglob("*") if p.is_file()}
    assert {file_of(key) for key in TRUTH} == files - {"rosters.csv"}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(key, marks=pytest.mark.integration if truth["layout"] in ("doc", "scan") else ())
        for key, truth in TRUTH.items()
        if truth.get("report")
    ],
)
def test_a_sample_reads_as_printed(key: str) -> None:
    require_reader(key)
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
