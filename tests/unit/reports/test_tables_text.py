"""A report as its tables, as a terminal shows it."""

import pytest
from printed_forms import figures_2021, table_four, table_three, table_two, whole_report

from ogi.reports.columns_text import aligned, shortened, width
from ogi.reports.tables_text import tables_text

FIGURES = figures_2021(3)


def shown() -> list[str]:
    parsed = whole_report(table_two(FIGURES), table_three(FIGURES), table_four(FIGURES))
    return tables_text(parsed).splitlines()


@pytest.mark.parametrize(("text", "places"), [("规章", 4), ("a规", 3), ("（一）", 6), ("", 0)])
def test_a_chinese_character_takes_two_places(text: str, places: int) -> None:
    assert width(text) == places


def test_a_text_is_cut_to_its_places() -> None:
    assert (shortened("行政许可", 6), shortened("行政许可", 8)) == ("行政…", "行政许可")


def test_figures_stand_below_each_other_whatever_the_label() -> None:
    lines = aligned([["", "总计"], ["行政许可", "7"], ["ab", "4005"]], 20)
    assert {width(line) for line in lines} == {14}


def test_each_row_of_the_form_is_a_line_with_its_figures() -> None:
    [row] = [line.split() for line in shown() if "（七）总计" in line]
    assert row[1:] == [
        FIGURES[f"applications.total_processed.{column}"]
        for column in (
            "natural_person",
            "business",
            "research",
            "social_org",
            "legal_service",
            "other_org",
            "total",
        )
    ]


def test_groups_stand_above_their_rows() -> None:
    labels = [line.strip() for line in shown()]
    assert labels.index("（三）不予公开") + 1 == next(
        i for i, line in enumerate(labels) if line.startswith("1.属于国家秘密")
    )


def test_a_report_without_odd_cells_has_no_legend() -> None:
    assert not [line for line in shown() if "标记" in line]


def test_what_is_illegible_is_listed_with_what_is_printed() -> None:
    figures = FIGURES | {"applications.granted.business": "**"}
    parsed = whole_report(table_two(figures), table_three(figures), table_four(figures))
    assert any("予以公开" in line and "“**”" in line for line in tables_text(parsed).splitlines())
