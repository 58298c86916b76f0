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


def row(cells: dict[str, Cell], name: str, *figures: int | None) -> dict[str, Cell]:
    """Return the cells with a row of table 三 printed as these seven figures; None is a blank cell."""
    columns = ("natural_person", "business", "research", "social_org", "legal_service", "other_org", "total")
    printed = {}
    for column, figure in zip(columns, figures, strict=True):
        cell = cells[f"applications.{name}.{column}"]
        value, state = (None, "blank") if figure is None else (Decimal(figure), "reported")
        printed[cell.cell] = msgspec.structs.replace(cell, value=value, state=state)
    return {**cells, **printed}


def healthy(cells: dict[str, Cell], *figures: int) -> dict[str, Cell]:
    """Return the cells with these many requests received and granted, by applicant, and nothing else in the table."""
    empty = {name: msgspec.structs.replace(c, value=Decimal(0)) for name, c in cells.items()}
    for name in ("new_requests", "granted", "total_processed"):
        empty = row(empty, name, *figures, sum(figures))
    return empty


def explained(wrong: dict[str, Cell]) -> list[tuple[str, dict[str, int | None]]]:
    return [
        (finding.kind, {s.cell.split(".", 1)[1]: s.implied and int(s.implied) for s in finding.suspects})
        for finding in diagnose(evaluate_within("2019", wrong), wrong)
    ]


def test_a_number_split_over_two_cells_is_put_together(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 12, 0, 3, 0, 0, 0), "granted", 1, 2, 3, 0, 0, 0, 15)
    assert explained(wrong) == [("split_number", {"granted.natural_person": 12, "granted.business": 0})]


def test_a_ten_split_into_one_and_nought_needs_one_repair(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 10, 0, 3, 0, 0, 0), "granted", 1, 0, 3, 0, 0, 0, 13)
    assert explained(wrong) == [("split_number", {"granted.natural_person": 10})]


def test_a_row_one_column_off_is_moved_back(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 7, 4, 2, 0, 0, 0), "granted", 0, 7, 4, 2, 0, 0, 13)
    [(kind, repair)] = explained(wrong)
    assert (kind, repair["granted.natural_person"], repair["granted.social_org"]) == ("shifted_row", 7, 0)


def test_a_total_of_nought_over_parts_is_named(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 10, 1, 0, 0, 0, 0), "granted", 10, 1, 0, 0, 0, 0, 0)
    assert explained(wrong) == [("total_zero_over_parts", {"granted.total": 11})]


def test_blank_totals_over_printed_parts_are_one_finding_though_nothing_is_broken(
    cells: dict[str, Cell],
) -> None:
    wrong = row(healthy(cells, 10, 1, 0, 0, 0, 0), "granted", 10, 1, 0, 0, 0, 0, None)
    wrong = row(wrong, "new_requests", 10, 1, 0, 0, 0, 0, None)
    assert explained(wrong) == [("total_omitted", {"new_requests.total": 11, "granted.total": 11})]


def test_a_blank_row_is_no_omitted_total(cells: dict[str, Cell]) -> None:
    assert explained(row(healthy(cells, 1, 0, 0, 0, 0, 0), "granted", *[None] * 7)) == []


def test_requests_in_the_wrong_column_of_an_unknown_row_are_candidates(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 5, 5, 0, 0, 0, 0), "granted", 4, 6, 0, 0, 0, 0, 10)
    [(kind, repair)] = explained(row(wrong, "partly_granted", 0, 0, 0, 0, 0, 0, 0))
    assert (kind, repair["granted.natural_person"]) == ("wrong_applicant_column", 5)
    two_rows = row(healthy(cells, 5, 5, 0, 0, 0, 0), "granted", 3, 2, 0, 0, 0, 0, 5)
    two_rows = row(two_rows, "partly_granted", 1, 4, 0, 0, 0, 0, 5)
    [(kind, candidates)] = explained(two_rows)
    assert kind == "wrong_applicant_column"
    assert set(candidates.values()) == {None}
    assert {"granted.natural_person", "partly_granted.business"} <= candidates.keys()


def test_two_slips_are_two_findings(cells: dict[str, Cell]) -> None:
    wrong = row(healthy(cells, 10, 1, 0, 0, 0, 0), "granted", 10, 1, 0, 0, 0, 0, 12)
    pending = wrong["reviews.reconsideration.pending"]
    total = wrong["reviews.reconsideration.total"]
    wrong |= {
        pending.cell: msgspec.structs.replace(pending, value=Decimal(2)),
        total.cell: msgspec.structs.replace(total, value=Decimal(3)),
    }
    assert [kind for kind, _ in explained(wrong)] == ["misprinted_cell", "undetermined"]
