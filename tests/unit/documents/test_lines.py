"""Plain text and Markdown to blocks and grids."""

import pytest

from ogi.documents.markdown import read_markdown
from ogi.documents.model import Document, Grid, Text, UnreadableDocument
from ogi.documents.read import read_document


def grids(text: str) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.rows] for b in read(text).blocks if isinstance(b, Grid)]


def read(text: str) -> Document:
    return read_document(text.encode())


def test_blank_lines_and_page_numbers_do_not_end_a_table_of_text() -> None:
    assert grids("a\t1\n\n- 4 -\n\nb\t2\n") == [[["a", "1"], ["b", "2"]]]


def test_a_paragraph_ends_a_table_of_text() -> None:
    assert grids("a\t1\n正文。\nb\t2") == [[["a", "1"]], [["b", "2"]]]


def test_the_separator_row_of_markdown_is_no_row() -> None:
    assert grids("| 项 | 数 |\n|---|:-:|\n| a | 1 |\n") == [[["项", "数"], ["a", "1"]]]


def test_the_markup_of_a_cell_is_no_part_of_its_text() -> None:
    text = "| **1,024** | `0` | $12$ | 1\\.国家秘密 | a\\|b | \\- | *** | 2*3 |\n|---|---|---|---|---|---|---|---|\n"
    assert grids(text) == [[["1,024", "0", "12", "1.国家秘密", "a|b", "-", "***", "2*3"]]]


def test_tables_wrapped_in_pages_of_their_own_are_of_one_markdown() -> None:
    table = "<html><body><table><tr><td>规章</td><td>0</td></tr></table></body></html>"
    document = read(f"# 标题\n\n{table}\n\n# 三、申请\n\n{table}\n")
    assert document.format == "markdown"
    assert [b.text for b in document.blocks if isinstance(b, Text)] == ["标题", "三、申请"]


def test_cells_that_end_with_a_bar_are_read_one_a_line() -> None:
    text = "规章 |\n/ |\n|\n0 |\n|||\n行政许可 |\n5 |\n"
    assert grids(text) == [[["规章"], ["/"], [""], ["0"], ["行政许可"], ["5"]]]


def test_rows_and_columns_count_from_one_and_lines_are_kept() -> None:
    document = read("标题\n\n# 一、总体情况\na\tb\n")
    assert [b.line for b in document.blocks if isinstance(b, Text)] == [1, 3]
    [grid] = [b for b in document.blocks if isinstance(b, Grid)]
    assert [(c.row, c.column, c.page) for c in grid.rows[0]] == [(1, 1, None), (1, 2, None)]


def test_a_form_feed_starts_a_page() -> None:
    document = read("第一页\n\f第二页\na\tb")
    assert [b.page for b in document.blocks if isinstance(b, Text)] == [1, 2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_an_office_uses_reads_the_same(encoding: str) -> None:
    assert read_document("总计\t1\n镕\t2".encode(encoding)) == read("总计\t1\n镕\t2")


def test_a_renamed_program_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_document(b"\x7fELF\x02\x01\x01\x00" + bytes(200))
    assert refused.value.code == "not_text"


def test_an_html_table_within_markdown_is_a_grid_in_its_place():
    markdown = "# 报告\n\n一、甲\n\n<table><tr><td rowspan=2>乙</td><td>1</td></tr>\n<tr><td>2</td></tr></table>\n\n二、丙\n"
    document = read_markdown(markdown)
    first, second, grid, last = document.blocks
    assert [(block.text, block.line) for block in (first, second, last)] == [
        ("报告", 1),
        ("一、甲", 3),
        ("二、丙", 8),
    ]
    assert [[(cell.text, cell.column) for cell in row] for row in grid.rows] == [
        [("乙", 1), ("1", 2)],
        [("2", 2)],
    ]
