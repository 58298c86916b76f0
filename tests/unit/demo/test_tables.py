import random

import pytest

from ogi.demo.content import Slot, Table, matrix, placed
from ogi.demo.cutting import cut_table
from ogi.demo.layouts import FORMATS, Layout, layouts


def _grouped() -> Table:
    """Build two header cells over a group of three rows."""
    rows = [
        [Slot("类别", columns=2), Slot("件数")],
        [Slot("（三）不予公开", rows=3), Slot("甲"), _figure("1")],
    ]
    rows += [[Slot("乙"), _figure("2")], [Slot("丙"), _figure("3")]]
    return Table(rows, header_rows=1)


def _figure(text: str) -> Slot:
    return Slot(text, cell=f"cell.{text}")


def _cut(how: str) -> list[Table]:
    return cut_table(random.Random(1), _grouped(), Layout("cut", (), cut=how))  # type: ignore[arg-type]


def test_a_cell_beside_a_spanning_label_stands_in_its_own_column():
    assert [[column for column, _ in row] for row in placed(_grouped())] == [
        [0, 2],
        [0, 1, 2],
        [1, 2],
        [1, 2],
    ]


def test_a_merged_label_is_printed_once():
    assert [row[0] for row in matrix(_grouped())] == ["类别", "（三）不予公开", "", ""]


def test_a_merged_label_is_repeated_where_the_layout_says_so():
    assert [row[0] for row in matrix(_grouped(), repeat=True)] == ["类别", *["（三）不予公开"] * 3]


@pytest.mark.parametrize("how", ["header_repeated", "group_lost", "label_cut"])
def test_a_cut_table_keeps_every_figure(how: str):
    figures = [slot.text for part in _cut(how) for row in part.rows for slot in row if slot.cell]
    assert figures == ["1", "2", "3"]


def test_the_part_after_a_cut_prints_the_header_again():
    assert [slot.text for slot in _cut("header_repeated")[1].rows[0]] == ["类别", "件数"]


def test_the_part_after_a_cut_loses_the_label_of_its_group():
    assert _cut("group_lost")[1].rows[0][0].text == ""


def test_a_label_cut_in_two_is_whole_when_put_together():
    first, second = _cut("label_cut")
    assert first.rows[1][0].text + second.rows[0][0].text == "（三）不予公开"


@pytest.mark.parametrize("document_format", FORMATS)
@pytest.mark.parametrize("template", [None, "2014", "2019", "2021"])
def test_every_format_shows_every_form(document_format: str, template: str | None):
    assert "official" in [layout.name for layout in layouts(document_format, template)]


def test_a_row_with_a_cell_too_many_goes_on_beyond_the_table():
    table = _grouped()
    table.rows[2].append(_figure("4"))
    assert matrix(table)[2] == ["", "乙", "2", "4"]
