"""The PDF documents of tests/documents: every cell that they print, by its name."""

import json
from pathlib import Path

import pytest

from ogi.documents.pdf import read_pdf
from ogi.reports.model import Source
from ogi.reports.parse import parse_document

SHAPES = sorted((Path(__file__).parents[2] / "documents").glob("pdf-*"))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_cell_of_the_document_is_read(shape: Path) -> None:
    expected = json.loads((shape / "expected.json").read_text(encoding="utf-8"))
    data = (shape / "document.pdf").read_bytes()
    parsed = parse_document(read_pdf(data), Source("document.pdf", "0" * 64, "pdf", len(data)))
    read = {cell.cell: (cell.value, cell.state) for cell in parsed.cells}
    printed = {cell["cell"]: (cell["value"], cell["state"]) for cell in expected["cells"]}
    assert {name: (v if v is None else float(v), s) for name, (v, s) in read.items()} == printed


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_the_documents_agency_and_year_are_read(shape: Path) -> None:
    expected = json.loads((shape / "expected.json").read_text(encoding="utf-8"))["report"]
    data = (shape / "document.pdf").read_bytes()
    header = parse_document(read_pdf(data), Source("document.pdf", "0" * 64, "pdf", len(data))).report
    assert header is not None
    assert {name: getattr(header, name) for name in expected} == expected
