"""Web pages to lines and grids: what a browser would show, whatever the markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.documents.html import read_html
from ogi.documents.limits import MAX_ELEMENT_NESTING
from ogi.documents.model import Grid, Text, UnreadableDocument


def lines(markup: str) -> list[str]:
    return [block.text for block in read_html(markup.encode()).blocks if isinstance(block, Text)]


def grids(markup: str) -> list[list[list[str]]]:
    blocks = read_html(markup.encode()).blocks
    return [[[cell.text for cell in row] for row in b.rows] for b in blocks if isinstance(b, Grid)]


def grid(markup: str) -> Grid:
    [only] = [block for block in read_html(markup.encode()).blocks if isinstance(block, Grid)]
    return only


def columns(markup: str) -> list[list[int]]:
    return [[cell.column for cell in row] for row in grid(markup).rows]


# Lines


def test_blocks_and_breaks_end_a_line() -> None:
    assert lines("<h1>甲</h1>乙<p>丙<br>丁</p><ul><li>戊<li>己</ul>") == ["甲", "乙", "丙", "丁", "戊", "己"]


def test_elements_within_a_line_join_without_a_space() -> None:
    assert lines("<p><span>公</span><b>开</b><span>1</span><o:p></o:p><span>0</span>条</p>") == ["公开10条"]


def test_a_heading_is_marked() -> None:
    headings = [b.is_heading for b in read_html("<h2>一、总体情况</h2><p>正文</p>".encode()).blocks]  # type: ignore[union-attr]
    assert headings == [True, False]


def test_a_term_and_its_description_are_one_line() -> None:
    assert lines("<dl><dt>发布日期：</dt><dd>2024-01-05</dd></dl>") == ["发布日期：2024-01-05"]


def test_preformatted_lines_stay_lines() -> None:
    assert lines("<pre>甲\n乙\n</pre><p>丙\n丁</p>") == ["甲", "乙", "丙 丁"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>甲</script>",
        "<style>甲</style>",
        "<!-- 甲 -->",
        "<p hidden>甲</p>",
        "<div style='color:red; DISPLAY: none'><p>甲</p></div>",
        "<span style='display:none;mso-hide:all'>甲</span>",
        "<!--[if gte mso 9]><xml><w:x>甲</w:x></xml><![endif]-->",
        "<select><option>甲</select>",
        "<del>甲</del>",
        "<span style='text-decoration: line-through'>甲</span>",
        "<span style='text-decoration-line:underline line-through;color:red'>甲</span>",
    ],
)
def test_what_a_browser_hides_is_not_read(hidden: str) -> None:
    assert lines(f"{hidden}<p>乙</p>") == ["乙"]


def test_what_is_struck_out_is_no_part_of_a_figure_even_where_hidden_text_is_read() -> None:
    cell = "<td>收费<td><span style='text-decoration:line-through'>7</span>8"
    assert grids(f"<div style='display:none'><table><tr>{cell}</table></div>") == [[["收费", "8"]]]


def test_characters_without_width_are_dropped() -> None:
    assert grids("<table><tr><td>总\u200b计<td>\ufeff1&shy;2</table>") == [[["总计", "12"]]]


def test_a_raised_note_does_not_become_a_digit_of_the_figure() -> None:
    assert grids("<table><tr><td>收费<td>10<sup>1</sup><td>5<sup> </sup></table>") == [
        [["收费", "10（1）", "5"]]
    ]


def test_navigation_is_not_read() -> None:
    menu = "<ul><li><a href=/>首页</a><li><div><a href=/zw>政务公开</a></div><li>发布日期：<a href=x>2024-01-05</a></ul>"
    assert lines(f"<nav>首页</nav>{menu}<p><a href=x>甲</a></p><ul><li><a name=b>乙</a></ul>") == [
        "发布日期：2024-01-05",
        "甲",
        "乙",
    ]


def test_the_value_of_a_field_is_read_and_a_button_is_not() -> None:
    markup = "<table><tr><td>规章<td><input value=7 readonly><td><input type=submit value=9></table>"
    assert grids(markup) == [[["规章", "7", ""]]]


# Hidden articles

HIDDEN = "<div style='display:none'><p>甲</p><table><tr><td>a<td>1</table></div>"


def test_an_article_that_waits_for_a_script_is_read() -> None:
    assert (lines(HIDDEN), grids(HIDDEN)) == (["甲"], [[["a", "1"]]])


def test_what_is_hidden_beside_a_visible_table_is_not_read() -> None:
    assert grids(HIDDEN + "<table><tr><td>b<td>2</table>") == [[["b", "2"]]]


# Grids


def test_a_heading_in_a_cell_is_its_text() -> None:
    [[[cell, _]]] = grids("<table><tr><td><h4>规章</h4><td>1</table>")
    assert (cell, type(cell)) == ("规章", str)


def test_a_cell_keeps_its_line_breaks_and_drops_hard_blanks_around() -> None:
    markup = "<table><tr><td><p>社会</p><p>公益&nbsp;&nbsp;组织&nbsp;</p><td>结果<br>纠正<td>&nbsp;</table>"
    assert grids(markup) == [[["社会\n公益 组织", "结果\n纠正", ""]]]


def test_a_row_span_pushes_the_cells_of_the_next_rows_to_the_right() -> None:
    markup = "<table><tr><td rowspan=3 colspan=2>a<td>b<tr><td>c<td>d<tr><td>e<tr><td>f<td>g</table>"
    assert columns(markup) == [[1, 3], [3, 4], [3], [1, 2]]


def test_a_cell_knows_its_spans() -> None:
    first = grid("<table><tr><td rowspan=2 colspan='3'>a<td>b<tr><td>c<td>d</table>").rows[0][0]
    assert (first.row_span, first.column_span) == (2, 3)


@pytest.mark.parametrize("span", ["0", "9", "65534", "99999999999999999999"])
def test_a_row_span_ends_with_its_row_group(span: str) -> None:
    markup = (
        f"<table><tbody><tr><td rowspan={span}>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e</tbody></table>"
    )
    assert columns(markup) == [[1, 2], [2], [1, 2]]
    assert grid(markup).rows[0][0].row_span == 2


@pytest.mark.parametrize("span", ["", "x", "-2", "0", "1.9"])
def test_a_column_span_that_is_no_number_is_one(span: str) -> None:
    assert columns(f"<table><tr><td colspan='{span}'>a<td>b</table>") == [[1, 2]]


def test_head_and_foot_stand_where_a_browser_puts_them() -> None:
    markup = "<table><tfoot><tr><td>z<td>9</tfoot><tbody><tr><td>b<td>1</tbody><thead><tr><td>a<td>n</table>"
    assert grids(markup) == [[["a", "n"], ["b", "1"], ["z", "9"]]]


def test_a_head_repeated_in_the_middle_stays_there() -> None:
    markup = "<table><thead><tr><td>a<td>n</thead><tbody><tr><td>b<td>1</tbody><thead><tr><td>a<td>n</thead></table>"
    assert [row[0] for row in grids(markup)[0]] == ["a", "b", "a"]


def test_of_overlapping_cells_the_longer_keeps_its_column() -> None:
    markup = "<table><tr><td>a<td rowspan=3>b<tr><td colspan=2 rowspan=2>c<td>d<tr><td>e<td>f</table>"
    assert columns(markup) == [[1, 2], [1, 3], [3, 4]]


def test_a_caption_stands_before_its_table() -> None:
    blocks = read_html("<table><caption>表二</caption><tr><td>a<td>1</table>".encode()).blocks
    assert [type(block) for block in blocks] == [Text, Grid]


def test_empty_cells_and_short_rows_stay_as_they_are() -> None:
    assert grids("<table><tr><td>a<td><td>1<tr><td>b<tr><td>c<td>2</table>") == [
        [["a", "", "1"], ["b"], ["c", "2"]]
    ]


@pytest.mark.parametrize(
    ("last", "aligned"), [("<td>c<td>3<td>4", True), ("<td>c<td>3", True), ("<td>c<td>3<td>4<td>5", False)]
)
def test_columns_are_aligned_only_where_the_full_rows_end_together(last: str, aligned: bool) -> None:
    assert grid(f"<table><tr><td>a<td>1<td>2<tr>{last}</table>").is_aligned is aligned


def test_a_hidden_cell_takes_no_column() -> None:
    assert columns("<table><tr><td>a<td style='display:none'>x<td>b</table>") == [[1, 2]]


# Tables that lay out the page

PROSE = "本机关坚持公开为常态、不公开为例外，依法、及时、准确公开各类政府信息，不断提高工作的规范化水平。" * 4


def test_a_table_around_the_article_is_walked_through() -> None:
    inner = "<table><tr><td>规章<td>1<td>2</table>"
    markup = f"<table><tr><td><a>首页</a><td><h1>年报</h1><p>{PROSE}</p>{inner}<p>完</p></table>"
    assert lines(markup) == ["首页", "年报", PROSE, "完"]
    assert grids(markup) == [[["规章", "1", "2"]]]


def test_a_table_of_one_cell_is_text() -> None:
    assert (lines("<table><tr><td>一、总体情况</table>"), grids("<table><tr><td>甲</table>")) == (
        ["一、总体情况"],
        [],
    )


def test_prose_between_the_rows_of_one_table_divides_it() -> None:
    rows = "<tr><td>{0}<td>1<td>2<tr><td>{0}{0}<td>3<td>4"
    markup = f"<table><tr><td colspan=3>二、主动公开{rows.format('a')}<tr><td colspan=3>{PROSE}{rows.format('b')}</table>"
    assert lines(markup) == [PROSE]
    assert [[row[0] for row in g] for g in grids(markup)] == [["二、主动公开", "a", "aa"], ["b", "bb"]]


def test_titles_without_data_below_them_are_text() -> None:
    markup = f"<table><tr><td colspan=3>年报<tr><td colspan=3>{PROSE}<tr><td>a<td>1<td>2<tr><td colspan=3>注</table>"
    assert (lines(markup), grids(markup)) == (["年报", PROSE, "注"], [[["a", "1", "2"]]])


def test_a_long_remark_beside_figures_stays_in_its_row() -> None:
    assert grids(f"<table><tr><td>a<td>1<td>2<td>{PROSE}</table>") == [[["a", "1", "2", PROSE]]]


def test_a_table_that_only_places_a_figure_is_part_of_its_cell() -> None:
    assert grids("<table><tr><td>a<td><table><tr><td>5</table><td>6</table>") == [[["a", "5", "6"]]]


def test_a_table_inside_a_cell_of_data_follows_the_table() -> None:
    rows = "<tr><td>a<td>b<td>c<td>d"
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    markup = f"<table>{rows}<tr><td>e<td>f<td>g<td>{inner}{rows}</table>"
    assert grids(markup) == [
        [["a", "b", "c", "d"], ["e", "f", "g", ""], ["a", "b", "c", "d"]],
        [["1", "2"], ["3", "4"]],
    ]


@pytest.mark.parametrize("cells", ["<td>发布 日期：<td>2024-01-05", "<td>x<td>发布日期：2024-01-05"])
def test_what_a_site_says_of_its_page_is_text_too(cells: str) -> None:
    assert lines(f"<table><tr>{cells}</table>") == ["发布日期：2024-01-05"]


# What the page says of itself


def test_the_title_and_the_named_meta_elements_are_properties() -> None:
    markup = "<head><title> 年报\n </title><meta name=PubDate content='2024-01-05'><meta name=KeyWords content=''></head>"
    assert read_html(markup.encode()).properties == {"title": "年报", "PubDate": "2024-01-05"}


# Encodings

TEXT = "政府信息公开工作年度报告，〇件"


@pytest.mark.parametrize("declared", ["", "utf-8", "gbk", "iso-8859-1", "big5"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_declared_charset_is_seen_through_where_it_is_wrong(encoding: str, declared: str) -> None:
    page = f"<meta charset={declared}><p>{TEXT}</p>"
    assert [b.text for b in read_html(page.encode(encoding)).blocks] == [TEXT]  # type: ignore[union-attr]


def test_big5_is_read_where_it_is_declared() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>政府資訊公開</p>'
    assert [b.text for b in read_html(page.encode("big5")).blocks] == ["政府資訊公開"]  # type: ignore[union-attr]


def test_a_torn_character_is_reported_and_the_rest_is_read() -> None:
    document = read_html(("<p>公开</p>" * 300).encode() + b"<p>\xe5\x85</p>")
    assert [remark.code for remark in document.remarks] == ["characters_undecodable"]
    assert len(document.blocks) == 301


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_html(bytes(range(256)) * 40)
    assert refused.value.code == "not_text"


# Hostile pages


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 100_000,
        "<ul><li>" * 100_000,
        "<div></p>" * 100_000,
        "<a " + " ".join(f"x{n}" for n in range(100_000)) + ">",
        "<p>" + "".join(f"<font size={n}>" for n in range(MAX_ELEMENT_NESTING - 2)) + "</p><p>x" * 100_000,
        "<p>x</p>" * 1_000_000,
    ],
    ids=["div", "table", "list", "stray", "attributes", "formatting", "tags"],
)
def test_markup_beyond_the_limits_is_refused_by_its_name(markup: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_html(markup.encode())
    assert refused.value.code == "limit_exceeded"


def test_an_absurd_column_span_is_cut_and_reported() -> None:
    document = read_html(b"<table><tr><td colspan=100000000 rowspan=3>a<td>b<tr><td>c</table>")
    assert [remark.code for remark in document.remarks] == ["span_clamped"]


def test_rows_that_all_span_to_the_end_are_cut_and_reported() -> None:
    document = read_html(b"<table>" + b"<tr><td rowspan=65534>1<td>2" * 5_000 + b"</table>")
    assert [remark.code for remark in document.remarks] == ["span_clamped"]


def test_ten_thousand_columns_and_a_long_line_are_read() -> None:
    [cells] = grids("<table><tr>" + "<td>1" * 10_000 + "</table>")[0]
    assert len(cells) == 10_000
    assert len(lines("x" * 20_000_000)[0]) == 20_000_000


def test_deep_nesting_within_the_limit_is_read() -> None:
    depth = MAX_ELEMENT_NESTING // 3
    assert lines("<table><tr><td>" * depth + "甲" + "</table>" * depth) == ["甲"]


# Properties

spans = st.sampled_from(["", " rowspan=2", " colspan=3", " rowspan=0", " rowspan=4 colspan=2"])
tables = st.lists(st.lists(spans, min_size=2, max_size=6), min_size=1, max_size=6)


@given(tables)
def test_each_printed_text_of_a_table_stands_in_one_grid_cell(shape: list[list[str]]) -> None:
    texts = [[f"t{r}.{c}" for c in range(len(row))] for r, row in enumerate(shape)]
    rows = (
        "<tr>" + "".join(f"<td{span}>{text}" for span, text in zip(row, printed, strict=True))
        for row, printed in zip(shape, texts, strict=True)
    )
    read = grids(f"<table>{''.join(rows)}</table>")
    assert [cell for g in read for row in g for cell in row] == [text for row in texts for text in row]


@given(tables)
def test_no_two_cells_begin_in_the_same_place(shape: list[list[str]]) -> None:
    rows = ("<tr>" + "".join(f"<td{span}>x" for span in row) for row in shape)
    starts = [(c.row, c.column) for row in grid(f"<table>{''.join(rows)}</table>").rows for c in row]
    assert len(set(starts)) == len(starts)


PIECES = (
    "<table> </table> <tr> <td> <td/rowspan=0> <th> <tbody> <thead> <caption> </caption> <p> </p> <div> </div> <br>"
    " <svg> </svg> <select> </select> <pre> <sup> </sup> <dd> <template> <math> <b> </b> <h1> </h1> <frameset> x 1"
    " <!-- --> <![if !x]> &nbsp; &#0; <a&#10; <body> <html> <head> <title> <plaintext> <li> <form> <button>"
)
pieces = st.sampled_from(PIECES.split())


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=400), st.lists(pieces, max_size=40).map(lambda p: "".join(p).encode())))
def test_nothing_but_unreadable_document_is_ever_raised(data: bytes) -> None:
    try:
        read_html(data)
    except UnreadableDocument as refused:
        assert refused.message


def test_white_space_in_preformatted_text_parts_cells() -> None:
    [table] = grids("<pre>三、申请情况\n项目\t数量\n甲\t1\n乙\t0\n完。</pre>")
    assert table == [["项目", "数量"], ["甲", "1"], ["乙", "0"]]
    assert lines("<p>前</p><pre>三、申请情况\n甲\t1\n完。</pre>") == ["前", "三、申请情况", "完。"]


@pytest.mark.parametrize("typed", ["甲\t1\n乙\t0", "<table><tr><td>甲<td>1<tr><td>乙<td>0</table>"])
def test_an_article_in_the_box_of_a_form_is_read_where_there_is_no_table(typed: str) -> None:
    assert grids(f"<p>年报</p><textarea>{typed}</textarea>") == [[["甲", "1"], ["乙", "0"]]]


def test_the_box_of_a_form_beside_a_table_is_no_part_of_the_article() -> None:
    assert grids("<table><tr><td>甲<td>1</table><textarea>乙\t9</textarea>") == [[["甲", "1"]]]
