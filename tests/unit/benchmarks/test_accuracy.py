import datetime as dt
import random
from decimal import Decimal

import msgspec
import pytest

from benchmarks.accuracy.compare import Score, compare, is_right, is_wrong_number
from benchmarks.accuracy.page import bars
from ogi.demo.corpus import make_document
from ogi.demo.histories import all_reports
from ogi.demo.layouts import layouts
from ogi.demo.truth import TruthCell, TruthReport
from ogi.reports.model import Cell, ParsedReport, State

CELL = "applications.new_requests.total"


def _truth(
    value: int | None, state: State = "reported", unit: str | None = "件", **more: object
) -> TruthCell:
    return TruthCell(CELL, None if value is None else Decimal(value), state, unit, str(value), **more)  # type: ignore[arg-type]


def _read(value: int | None, state: State = "reported", unit: str | None = "件") -> Cell:
    return Cell(CELL, None if value is None else Decimal(value), state, unit, str(value))


@pytest.mark.parametrize(
    ("truth", "read", "right", "wrong"),
    [
        (_truth(3), _read(3), True, False),
        (_truth(3), _read(4), False, True),
        (_truth(3), _read(None, "missing"), False, False),
        (_truth(3), None, False, False),
        (_truth(None, "blank"), _read(0), False, True),
        (_truth(None, "blank"), _read(None, "blank"), True, False),
        (_truth(None, "blank"), _read(None, "missing"), False, False),
        (_truth(None, "missing"), None, True, False),
        (_truth(3, accept_states=("illegible",)), _read(None, "illegible"), True, False),
        (_truth(3, accept_states=("illegible",)), _read(4), False, True),
        (_truth(2, unit="万元"), _read(20_000, unit="元"), True, False),
        (_truth(2, unit="万元"), _read(2, unit="元"), False, True),
        (_truth(2, unit=None), _read(2, unit="元"), False, True),
    ],
)
def test_a_cell_is_judged_by_value_state_and_unit(
    truth: TruthCell, read: Cell | None, right: bool, wrong: bool
):
    assert (is_right(truth, read), is_wrong_number(truth, read)) == (right, wrong)


@pytest.fixture(scope="module")
def truth() -> TruthReport:
    facts = next(f for f in all_reports(1) if f.template == "2021" and f.fault == "misprinted_cell")
    layout = next(layout for layout in layouts("text", "2021") if layout.name == "official")
    return make_document(random.Random(1), facts, layout, "text", 0).truth


def _as_read(truth: TruthReport, **changed: object) -> ParsedReport:
    read = msgspec.convert(msgspec.to_builtins(truth, builtin_types=(Decimal, dt.date)), ParsedReport)
    return msgspec.structs.replace(read, **changed)


def test_a_perfect_reading_has_no_difference(truth: TruthReport):
    score = compare(truth, _as_read(truth))
    assert score.differences == []
    assert (score.cells_right, score.fields_right, score.broken_found) == (
        score.cells,
        score.fields,
        score.broken,
    )


def test_a_broken_identity_that_was_not_found_counts(truth: TruthReport):
    score = compare(truth, _as_read(truth, identities=[]))
    assert score.broken_found == 0 < score.broken


def test_an_optional_cell_that_is_not_printed_is_a_wrong_number(truth: TruthReport):
    read = _as_read(truth)
    extra = Cell("applications.other_processing.total", Decimal(0), "reported", "件", "0")
    assert compare(truth, msgspec.structs.replace(read, cells=[*read.cells, extra])).wrong_numbers == 1


def test_a_reading_without_a_report_has_nothing_right(truth: TruthReport):
    score = compare(truth, _as_read(truth, report=None, cells=[], narrative=[], identities=[]))
    assert (score.unread, score.cells_right, score.fields_right) == (1, 0, 0)


def test_one_wrong_number_misses_the_bar():
    score = Score(documents=1, cells=100_000, cells_right=99_999, wrong_numbers=1, fields=1, fields_right=1)
    missed = [bar.name for bar in bars({("html", "official"): score}) if not bar.is_met]
    assert missed == ["digital: wrong numbers 0"]


def test_a_scan_may_misread_one_cell_in_two_thousand():
    score = Score(documents=1, cells=2000, cells_right=1999, wrong_numbers=1)
    assert all(bar.is_met for bar in bars({("png", "official"): score}))


def test_a_document_that_is_no_report_is_right_when_nothing_is_read(truth: TruthReport):
    nothing = msgspec.structs.replace(truth, report=None, cells=[])
    assert compare(nothing, _as_read(truth, report=None, cells=[])).fields_right == 1
    score = compare(nothing, _as_read(truth))
    assert (score.fields_right, score.wrong_numbers) == (0, len(truth.cells))
