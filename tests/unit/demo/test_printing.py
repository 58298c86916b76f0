import random
from itertools import islice

import pytest

from ogi.demo.histories import Facts, all_reports
from ogi.demo.layouts import Layout
from ogi.demo.printing import print_cells


@pytest.fixture(scope="module")
def facts() -> Facts:
    """Return a report of 2021's form with figures in most places."""
    drawn = (f for f in islice(all_reports(1), 2000) if f.template == "2021")
    return max(drawn, key=lambda f: f.figures["applications.new_requests.total"])


def _print(facts: Facts, **departure: object):
    return print_cells(random.Random(1), facts, Layout("test", (), **departure))  # type: ignore[arg-type]


def test_the_form_prints_every_cell(facts: Facts):
    assert {what.state for what in _print(facts).values()} == {"reported"}


def test_thousands_are_printed_with_separators(facts: Facts):
    printed = _print(facts, digits="thousands")
    assert any("," in (what.raw or "") for what in printed.values())


def test_a_mark_is_not_a_figure(facts: Facts):
    marked = [what for what in _print(facts, marks=True).values() if what.state == "not_applicable"]
    assert marked
    assert all(what.value is None and what.raw for what in marked)


def test_blank_totals_leave_their_parts(facts: Facts):
    printed = _print(facts, empty="totals")
    assert printed["applications.granted.total"].state == "blank"
    assert printed["applications.granted.natural_person"].state == "reported"


def test_one_row_of_other_processing_sums_its_three(facts: Facts):
    printed = _print(facts, other_in_one_row=True)
    rows = ("other_overdue_correction", "other_overdue_fee", "other_misc")
    parts = sum(facts.figures[f"applications.{row}.total"] for row in rows)
    assert printed["applications.other_processing.total"].value == parts
    assert printed["applications.other_misc.total"].state == "missing"


def test_a_row_that_lost_cells_may_stay_undecided(facts: Facts):
    printed = _print(facts, empty="dropped")
    undecided = [what for what in printed.values() if what.accept_states]
    assert {what.state for what in undecided} == {"reported", "missing"}


def test_an_amount_in_yuan_is_ten_thousand_times_the_one_in_wan_yuan(facts: Facts):
    for seed in range(20):
        amount = print_cells(random.Random(seed), facts, Layout("test", (), amounts="in_cell"))
        printed = amount["proactive.fees.amount"]
        factor = {"元": 10_000, "万元": 1}[printed.unit or ""]
        assert printed.value is not None
        assert abs(printed.value - facts.figures["proactive.fees.amount"] * factor) < 1


def _undecided_rows(facts: Facts, **departure: object) -> set[str]:
    return {name.split(".")[1] for name, what in _print(facts, **departure).items() if what.accept_states}


def test_figures_that_run_together_may_stay_undecided(facts: Facts):
    assert "granted" in _undecided_rows(facts, dress="run_together")


def test_rows_with_blanks_that_leave_no_trace_may_stay_undecided(facts: Facts):
    rows = _undecided_rows(facts, dress="lines", empty="totals")
    assert "granted" in rows
    assert "new_requests" not in rows


def test_full_rows_under_a_wrong_header_are_decided_by_their_sums(facts: Facts):
    assert _undecided_rows(facts, cut="header_wrong") == set()


def test_rows_under_a_wrong_header_with_blanks_may_stay_undecided(facts: Facts):
    assert "granted" in _undecided_rows(facts, cut="header_wrong", empty="organisations")
