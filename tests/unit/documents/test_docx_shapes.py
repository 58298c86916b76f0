"""Each shape of DOCX and DOC in `tests/documents/doc*` reads as printed: cell by cell, with nothing left over."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import DOCUMENTS
from libreoffice import require_libreoffice

from ogi.reports.model import ParsedReport, to_json
from ogi.reports.parse import parse_bytes

FILES = sorted(DOCUMENTS.glob("doc*-*/document.doc*"))


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.parent.name)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    if path.suffix == ".doc":
        require_libreoffice()
    return path


@pytest.fixture(scope="module")
def parsed(file: Path) -> ParsedReport:
    [report] = parse_bytes(file.read_bytes(), "document")
    return report


@pytest.fixture(scope="module")
def expected(file: Path) -> dict[str, Any]:
    return json.loads((file.parent / "expected.json").read_text(encoding="utf-8"), parse_float=Decimal)


def test_every_cell_is_read_as_printed(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    read = [
        {"cell": c.cell, "value": c.value, "state": c.state, "unit": c.unit, "raw": c.raw}
        for c in parsed.cells
    ]
    assert read == expected["cells"]


def test_the_header_is_read(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    read = json.loads(to_json(parsed))["report"]
    assert {name: read[name] for name in expected["report"]} == expected["report"]


def test_no_figure_is_left_over_and_no_identity_broken(
    parsed: ParsedReport, expected: dict[str, Any]
) -> None:
    unclaimed = [p.where for p in parsed.problems if p.code == "figure_unclaimed"]
    broken = [i.id for i in parsed.identities if i.status == "broken"]
    assert (unclaimed, broken) == (expected["unclaimed"], expected["broken"])
