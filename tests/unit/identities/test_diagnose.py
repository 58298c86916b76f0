"""A changed digit is found: the identities it breaks, the cell and its repair."""

from decimal import Decimal

import msgspec
import pytest

from ogi.identities.diagnose import diagnose
from ogi.identities.evaluate import evaluate_within
from ogi.identities.model import identities
from ogi.reports.check import check_report
from ogi.reports.model import Cell
from ogi.reports.parse import parse_bytes


@pytest.fixture(scope="module")
def cells(request: pytest.FixtureRequest) -> dict[str, Cell]:
    data: bytes = request.getfixturevalue("street_2020")
    return {cell.cell: cell for cell in parse_bytes(data, "x")[0].cells}


def changed(cells: dict[str, Cell], **by: int) -> dict[str, Cell]:
    """Return the cells of table 三 with these added to; names with __ for the dot."""
    copy = dict(cells)
    for name, amount in by.items():
        cell = copy["applications." + name.replace("__", ".")]
        assert cell.value is not None
        copy[cell.cell] = msgspec.structs.replace(cell, value=cell.value + amount)
    return copy


def test_any_one_cell_of_table_three_is_named_with_its_repair(cells: dict[str, Cell]) -> None:
    table_three = [name for name in cells if name.startswith("applications.")]
    for name in table_three:
        wrong = changed(cells, **{name.removeprefix("applications.").replace(".", "__"): 4})
        verdicts = evaluate_within("2019", wrong)
        touching = {
            i.id for i in identities("2019").values() if i.identity_class == "within" and name in _cells(i)
        }
        assert {v.identity.id for v in verdicts if v.status == "broken"} == touching
        [finding] = diagnose(verdicts, wrong)
        [suspect] = finding.suspects
        assert (suspect.cell, suspect.implied) == (name, cells[name].value)


def _cells(identity: object) -> set[str]:
    return {term.cell for terms in identity.variants.values() for term in terms}  # type: ignore[attr-defined]


def test_a_request_in_the_wrong_column_is_told_from_a_misprint(cells: dict[str, Cell]) -> None:
    wrong = changed(cells, unavailable_not_held__natural_person=-1, unavailable_not_held__business=1)
    [finding] = diagnose(evaluate_within("2019", wrong), wrong)
    assert finding.kind == "wrong_applicant_column"
    assert {(s.cell, s.printed, s.implied) for s in finding.suspects} == {
        ("applications.unavailable_not_held.business", Decimal(1), Decimal(0)),
        ("applications.unavailable_not_held.natural_person", Decimal(0), Decimal(1)),
    }


def test_where_several_cells_could_be_wrong_none_is_named(cells: dict[str, Cell]) -> None:
    total = cells["reviews.reconsideration.total"]
    wrong = {**cells, total.cell: msgspec.structs.replace(total, value=Decimal(2))}
    [finding] = diagnose(evaluate_within("2019", wrong), wrong)
    assert finding.kind == "undetermined"
    assert all(suspect.implied is None for suspect in finding.suspects)


def test_a_printed_total_is_kept_beside_the_computed_one(street_2020: bytes) -> None:
    text = street_2020.decode().replace("(七)总计\t\t1\t0\t0\t0\t0\t0\t1", "(七)总计\t\t9\t0\t0\t0\t0\t0\t1")
    checked = check_report(parse_bytes(text.encode(), "x.txt")[0])
    assert checked.cells["applications.total_processed.natural_person"].value == 9
    assert {(b.id, b.left, b.right, b.residual) for b in checked.result.broken} == {
        ("applications.flow.natural_person", 1, 9, -8),
        ("applications.outcomes.natural_person", 1, 9, -8),
        ("applications.applicants.total_processed", 9, 1, 8),
    }
