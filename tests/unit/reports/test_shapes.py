"""Each shape of text in `tests/documents/` reads as a person reads it.

`expected.json`: the header's fields; for each row of the form the figures in the form's order of columns, or the state
of a cell without one; the counts of the prose; the codes of the problems. Rows that it does not name are missing.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import DOCUMENTS

from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes
from ogi.reports.templates import templates

SHAPES = sorted([*DOCUMENTS.glob("md-*/document.md"), *DOCUMENTS.glob("text-*/document.txt")])


@pytest.fixture(scope="module", params=SHAPES, ids=lambda path: path.parent.name)
def shape(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def expected(shape: Path) -> dict[str, Any]:
    return json.loads((shape.parent / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parsed(shape: Path) -> ParsedReport:
    [report] = parse_bytes(shape.read_bytes(), shape.name)
    return report


def columns(template: str, row: str) -> list[str]:
    return [cell.cell for cell in templates()[template].cells if cell.cell.rpartition(".")[0] == row]


def without_missing(cells: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in cells.items() if value != "missing"}


def test_every_cell_is_as_printed(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    printed: dict[str, str] = {}
    for row, values in expected["cells"].items():
        names = columns(expected["report"]["template"], row)
        printed.update(zip(names, values, strict=True))
    read = {c.cell: f"{c.value}" if c.state == "reported" else c.state for c in parsed.cells}
    assert without_missing(read) == without_missing(printed)


def test_the_header_is_as_printed(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    if expected["report"] is None:
        assert parsed.report is None
        return
    published = parsed.report.published_on if parsed.report else None
    read = {name: getattr(parsed.report, name) for name in expected["report"]}
    if "published_on" in read:
        read["published_on"] = published and published.isoformat()
    assert read == expected["report"]


def test_the_prose_states_these_counts(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    read = {(count.measure, f"{count.value}") for count in parsed.narrative}
    assert set(expected.get("narrative", {}).items()) <= read


def test_the_problems_are_told(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    known = {"division_not_found"}
    assert {problem.code for problem in parsed.problems} - known == set(expected["problems"])
