"""When two documents print the same figures, and when they do not."""

from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.versions import FIGURES_HASH
from ogi.reports.model import Cell
from ogi.warehouse.figures_hash import figures_hash

FIVE = Cell("t.r.a", Decimal(5), "reported", "件", "5")


def other(
    cell: str = "t.r.b", state: str = "blank", value: str | None = None, unit: str | None = None
) -> Cell:
    return Cell(cell, None if value is None else Decimal(value), state, unit, "…")


def test_order_printed_zeros_and_the_units_of_blanks_play_no_part():
    printed = Cell("t.r.a", Decimal("5.00"), "reported", "件", "5.00")
    assert figures_hash([FIVE, other()]) == figures_hash([other(unit="件"), printed])


@pytest.mark.parametrize(
    "changed",
    [
        other(state="missing"),
        other(state="reported", value="0"),
        other(cell="t.r.c"),
    ],
)
def test_a_blank_is_neither_missing_nor_nought_nor_another_cell(changed):
    assert figures_hash([FIVE, other()]) != figures_hash([FIVE, changed])


def test_an_amount_in_another_unit_is_another_figure():
    amounts = [other(state="reported", value="5", unit=unit) for unit in ("元", "万元", None)]
    assert len({figures_hash([amount]) for amount in amounts}) == 3


def test_where_no_figure_is_reported_nothing_is_the_same():
    assert figures_hash([other(), other(cell="t.r.c", state="missing")]) is None
    assert figures_hash([]) is None


CELLS = st.lists(
    st.builds(
        lambda cell, value, unit: (cell, value, "blank" if value is None else "reported", unit),
        st.sampled_from(["applications.a.total", "applications.b.total", "reviews.a.total", "z"]),
        st.none() | st.decimals(min_value=-(10**11), max_value=10**11, places=6),
        st.sampled_from([None, "件", "万元"]),
    ),
    unique_by=lambda row: row[0],
)


@given(CELLS)
def test_the_audit_computes_the_same_from_the_loaded_cells(rows):
    with duckdb.connect() as connection:
        connection.execute(
            "create table cells (cell varchar, value decimal(18, 6), state varchar, unit varchar)"
        )
        for row in rows:
            connection.execute("insert into cells values (?, ?, ?, ?)", row)
        ((in_sql,),) = connection.execute(f"select {FIGURES_HASH} from cells").fetchall()
    assert in_sql == figures_hash([Cell(cell, value, state, unit, None) for cell, value, state, unit in rows])
