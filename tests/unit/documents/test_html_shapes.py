"""Each shape of web page in `tests/documents/html-*` reads as printed: cell by cell, with nothing left over."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import DOCUMENTS

from ogi.documents.html import read_html
from ogi.reports.model import ParsedReport, Source, to_json
from ogi.reports.parse import parse_document

SHAPES = sorted(DOCUMENTS.glob("html-*"))


@pytest.fixture(scope="module", params=SHAPES, ids=lambda path: path.name)
def shape(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def parsed(shape: Path) -> ParsedReport:
    data = (shape / "document.html").read_bytes()
    return parse_document(read_html(data), Source("document.html", "0" * 64, "html", len(data)))


@pytest.fixture(scope="module")
def expected(shape: Path) -> dict[str, Any]:
    return json.loads((shape / "expected.json").read_text(encoding="utf-8"), parse_float=Decimal)


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
