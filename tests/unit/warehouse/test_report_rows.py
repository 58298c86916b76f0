"""Every figure that the warehouse can hold is kept exactly, with the decimals that it was printed with."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.warehouse.frames import CELL, FIGURE
from ogi.warehouse.report_rows import Table, fits

FIGURES = st.decimals(-(10**12), 10**12, allow_nan=False) | st.decimals(-9, 9, places=6)


def kept(value: Decimal | None) -> object:
    table = Table({"value": FIGURE})
    table.append(value)
    return table.frame()["value"][0]


@given(FIGURES.filter(fits))
def test_a_figure_that_fits_is_kept_exactly(value: Decimal) -> None:
    assert kept(value) == value


@pytest.mark.parametrize(
    "printed", ["-0.00", "0E-999999", "1E+3", "999999999999.999999", "-0.000001", "7.10000000"]
)
def test_a_figure_may_be_written_in_any_way(printed: str) -> None:
    assert fits(Decimal(printed))
    assert kept(Decimal(printed)) == Decimal(printed)


def test_a_blank_stays_a_blank() -> None:
    assert kept(None) is None


@pytest.mark.parametrize("printed", ["NaN", "Infinity", "1000000000000", "0.0000001", "1E+12", "-1E-7"])
def test_what_does_not_fit_is_said_not_to(printed: str) -> None:
    assert not fits(Decimal(printed))


def test_a_table_without_rows_has_its_columns() -> None:
    assert Table(CELL).frame().schema == pl.Schema(CELL)
