"""One printed cell to a figure, or to the reason why it is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.reports.figures import fits_kind, read_figure


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("0", "0", None),
        ("1,234", "1234", None),
        ("１２", "12", None),
        ("+19", "19", None),
        ("-3", "-3", None),
        ("－3", "-3", None),
        ("15903365.56 元", "15903365.56", "元"),
        ("160.5964万元", "160.5964", "万元"),
        ("22（其中修订16件）", "22", None),
        ("96171.60", "96171.60", None),
        ("4 件", "4", "件"),
        ("０件", "0", "件"),
        ("〇", "0", None),
        ("0。", "0", None),
        ("零", "0", None),
        ("3①", "3", None),
        ("10¹", "10", None),
        ("7件②", "7", "件"),
        ("5*", "5", None),
        ("5 ※", "5", None),
        ("6[1]", "6", None),
        ("6注1", "6", None),
        ("1 234", "1234", None),
        ("1 2 0", "120", None),
        ("1234\n5", "12345", None),
        ("12\n34\n5", "12345", None),
        ("0（①）", "0", None),
        ("共5件", "5", "件"),
        ("￥36.82万元", "36.82", "万元"),
        ("人民币36.82万元", "36.82", "万元"),
        ("12件次", "12", "件次"),
        ("增5", "5", None),
        ("减少2项", "-2", "项"),
        ("减0", "0", None),
    ],
)
def test_a_printed_number_is_reported(printed: str, value: str, unit: str | None) -> None:
    figure = read_figure(printed)
    assert (figure.state, str(figure.value), figure.unit) == ("reported", value, unit)


@pytest.mark.parametrize("printed", ["", " ", "\u3000", "\xa0", "\n"])
def test_nothing_printed_is_blank_and_not_zero(printed: str) -> None:
    assert (read_figure(printed).state, read_figure(printed).value) == ("blank", None)


@pytest.mark.parametrize(
    "printed",
    ["/", "／", "-", "－", "—", "--", "——", "----", "//", "无", "暂无", "未发生", "不涉及", "不适用"],
)
def test_marks_for_not_applicable_are_not_zero(printed: str) -> None:
    assert (read_figure(printed).state, read_figure(printed).value) == ("not_applicable", None)


@pytest.mark.parametrize(
    "printed",
    [
        "**",
        "O",
        "1o",
        "1,23",
        "12 34件5",
        "1.2.3",
        "约3",
        "①",
        "¹",
        "3①4",
        "12 3",
        "0 0",
        "1.2万",
        "0\n5",
        "5\n30",
        "共约5件",
        "增减5",
        "减-5",
        "12\n7\n230",
    ],
)
def test_what_is_no_number_is_illegible(printed: str) -> None:
    assert (read_figure(printed).state, read_figure(printed).value) == ("illegible", None)


@given(st.decimals(min_value=0, max_value=10**12, places=6))
def test_every_amount_is_read_exactly(amount: Decimal) -> None:
    assert read_figure(f"{amount:f}").value == amount


@pytest.mark.parametrize(
    ("printed", "kind", "fits"),
    [
        ("3", "count", True),
        ("3.5", "count", False),
        ("-3", "count", False),
        ("-3", "signed_count", True),
        ("3.5", "money", True),
        ("增3", "signed_count", True),
        ("增3", "count", False),
        ("增3", "money", False),
    ],
)
def test_a_count_is_a_whole_number_and_no_change(printed: str, kind: str, fits: bool) -> None:
    assert fits_kind(read_figure(printed), kind) is fits
