"""The identities as data: each one can break, and nothing but reported figures can make it hold."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.identities.evaluate import evaluate, evaluate_within, reported
from ogi.identities.model import Identity, identities
from ogi.reports.templates import templates


@dataclass(frozen=True)
class Operand:
    state: str
    value: Decimal | None


def zeros(template: str, *, with_optional: bool = False) -> dict[str, Operand]:
    return {
        c.cell: Operand("reported", Decimal(0))
        for c in templates()[template].cells
        if with_optional or not c.is_optional
    }


@pytest.mark.parametrize(("template", "count"), [("2014", 10), ("2019", 40), ("2021", 42)])
def test_a_report_of_zeros_satisfies_every_identity(template: str, count: int) -> None:
    verdicts = evaluate_within(template, zeros(template))
    assert len(verdicts) == count
    assert {v.status for v in verdicts} == {"holds"}


@pytest.mark.parametrize("template", ["2014", "2019", "2021"])
def test_every_identity_breaks_when_one_of_its_cells_is_wrong(template: str) -> None:
    for identity in identities(template).values():
        if identity.identity_class != "within":
            continue
        left = next(t for t in identity.variants[""] if t.side == "left")
        cells = zeros(template, with_optional=True) | {left.cell: Operand("reported", Decimal(5))}
        if "other_processing_as_one_row" in identity.variants:
            cells.pop("applications.other_processing." + identity.id.rsplit(".", 1)[1])
        verdict = evaluate(identity, cells, reported(cells))
        assert (identity.id, verdict.status, verdict.residual) == (identity.id, "broken", 5)


@pytest.mark.parametrize("state", ["blank", "not_applicable", "illegible", "missing"])
def test_an_operand_without_a_number_makes_an_identity_not_assessable(state: str) -> None:
    cells = zeros("2021") | {"applications.new_requests.total": Operand(state, None)}
    statuses = {v.identity.id: v.status for v in evaluate_within("2021", cells)}
    assert statuses["applications.flow.total"] == "not_assessable"
    assert statuses["applications.applicants.new_requests"] == "not_assessable"
    assert sum(status == "not_assessable" for status in statuses.values()) == 2


def test_other_processing_as_one_row_stands_in_place_of_its_sub_rows() -> None:
    cells = zeros("2021", with_optional=True)
    for name in list(cells):
        if name.split(".")[1].startswith("other_") and not name.startswith("applications.other_processing."):
            cells[name] = Operand("missing", None)
    cells["applications.other_processing.total"] = Operand("reported", Decimal(2))
    cells["applications.total_processed.total"] = Operand("reported", Decimal(2))
    statuses = {v.identity.id: v.status for v in evaluate_within("2021", cells)}
    assert statuses["applications.outcomes.total"] == "holds"
    assert statuses["applications.applicants.other_processing"] == "broken"
    assert statuses["applications.applicants.other_misc"] == "not_assessable"


def test_an_inequality_holds_below_and_breaks_above() -> None:
    identity = identities("2014")["statistics.normative_at_most_disclosed"]

    def status(part: int, whole: int) -> str:
        cells = {
            "statistics.disclosed_normative_documents.value": Operand("reported", Decimal(part)),
            "statistics.disclosed_total.value": Operand("reported", Decimal(whole)),
        }
        return evaluate(identity, cells, reported(cells)).status

    assert [status(1, 2), status(2, 2), status(3, 2)] == ["holds", "holds", "broken"]


WITHIN = [
    identity
    for form in ("2014", "2019", "2021")
    for identity in identities(form).values()
    if identity.identity_class == "within"
]


@given(st.sampled_from(WITHIN), st.data())
def test_each_side_is_the_sum_of_its_terms(identity: Identity, data: st.DataObject) -> None:
    terms = data.draw(st.sampled_from(list(identity.variants.values())))
    figures = {t.cell: Decimal(data.draw(st.integers(-(10**12), 10**12))) for t in terms}
    cells = {name: Operand("reported", value) for name, value in figures.items()}
    verdict = evaluate(identity, cells, reported(cells))
    assert verdict.left == sum(t.coefficient * figures[t.cell] for t in terms if t.side == "left")
    assert verdict.right == -sum(t.coefficient * figures[t.cell] for t in terms if t.side == "right")
    assert verdict.residual == verdict.left - verdict.right
