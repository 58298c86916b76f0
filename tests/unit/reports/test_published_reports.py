"""Published reports against what they print, where a copy of them lies beside the project."""

import json
from decimal import Decimal
from typing import Any

import pytest
from conftest import REPOSITORY

from ogi.reports.model import Cell, ParsedReport
from ogi.reports.parse import parse_bytes

PUBLISHED = REPOSITORY.parent / "shared" / "documents"
TRUTHS = sorted((PUBLISHED / "truth").glob("*.json"))
# What the truth calls by another name than the measures do
PROSE = {
    "requests_received_incl_carried_over": "requests_received",
    "requests_processed": "total_processed",
    "information_fee_yuan": "information_fees",
}
NOT_A_MEASURE = {"natural_person", "legal_person", "review_and_litigation"}

pytestmark = pytest.mark.skipif(not TRUTHS, reason="no copy of published reports here")


@pytest.fixture(scope="module", params=TRUTHS, ids=lambda path: path.stem)
def truth(request: pytest.FixtureRequest) -> dict[str, Any]:
    return json.loads(request.param.read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def parsed(truth: dict[str, Any]) -> ParsedReport:
    [report] = parse_bytes((PUBLISHED / truth["name"]).read_bytes(), truth["name"])
    return report


def agrees(cell: Cell | None, printed: dict[str, Any]) -> bool:
    """Tell whether a cell is as printed, in the other unit, or in a state that is as good."""
    if cell is None or cell.state in printed.get("accept_states", []):
        return cell is not None
    amounts = [(printed["value"], printed.get("unit", cell.unit))]
    amounts += [(other["value"], other["unit"]) for other in printed.get("also", [])]
    units = printed.get("accept_units", [])
    is_amount = any(cell.value == value and cell.unit in (unit, *units) for value, unit in amounts)
    return cell.state == printed["state"] and is_amount


def test_every_cell_is_as_printed(parsed: ParsedReport, truth: dict[str, Any]) -> None:
    cells = {cell.cell: cell for cell in parsed.cells}
    assert {name for name, printed in truth["cells"].items() if not agrees(cells.get(name), printed)} == set()


def test_the_header_is_as_printed(parsed: ParsedReport, truth: dict[str, Any]) -> None:
    assert parsed.report is not None
    published = parsed.report.published_on
    read = {name: getattr(parsed.report, name) for name in truth["report"]}
    assert read | {"published_on": published and published.isoformat()} == truth["report"]


def test_the_identities_hold_as_far_as_they_can_be_assessed(
    parsed: ParsedReport, truth: dict[str, Any]
) -> None:
    statuses = [identity.status for identity in parsed.identities]
    assert "broken" not in statuses
    if truth.get("expect") != "no_guess":
        assert statuses.count("holds") == truth["identities"]["holds"]


def test_the_counts_of_the_prose_are_as_printed(parsed: ParsedReport, truth: dict[str, Any]) -> None:
    read = {(count.measure, count.value) for count in parsed.narrative}
    stated = {
        (PROSE.get(name, name), Decimal(value))
        for name, value in truth.get("narrative", {}).items()
        if name not in NOT_A_MEASURE
    }
    assert stated <= read
