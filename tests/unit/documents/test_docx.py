"""DOCX as Word shows it: order, merges, list numbers, tracked changes, boxes; and what must be refused."""

import pytest
from docx_files import docx, p, tbl, tc, tr

from ogi.documents.docx import read_docx
from ogi.documents.limits import MAX_ELEMENT_NESTING
from ogi.documents.model import Document, Grid, Text, UnreadableDocument

CONTINUE = "<w:vMerge/>"
RESTART = '<w:vMerge w:val="restart"/>'


def span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Text)]


def grids(document: Document) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.rows] for b in document.blocks if isinstance(b, Grid)]


def places(document: Document) -> list[tuple[str, int, int, int, int]]:
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for row in grid.rows for c in row]


def outline(document: Document) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, Text) else [[cell.text for cell in row] for row in block.rows]
        for block in document.blocks
    ]


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    document = read_docx(docx(p("一") + tbl(tr("a", "b")) + p("") + p("二")))
    assert outline(document) == ["一", [["a", "b"]], "二"]
    assert [block.line for block in document.blocks if isinstance(block, Text)] == [1, 5]


def test_merges_down_and_across_keep_every_column_number() -> None:
    body = tbl(
        tr(tc("三、结果", RESTART), tc("（一）", RESTART + span(2)), "1.甲", "5"),
        tr(tc("", CONTINUE), tc("", CONTINUE + span(2)), "2.乙", "6"),
        tr(tc("", CONTINUE), tc("（二）", span(3)), "7"),
    )
    assert places(read_docx(docx(body))) == [
        ("三、结果", 1, 1, 3, 1),
        ("（一）", 1, 2, 2, 2),
        ("1.甲", 1, 4, 1, 1),
        ("5", 1, 5, 1, 1),
        ("2.乙", 2, 4, 1, 1),
        ("6", 2, 5, 1, 1),
        ("（二）", 3, 2, 1, 3),
        ("7", 3, 5, 1, 1),
    ]


def test_two_merges_below_each_other_are_two_cells() -> None:
    body = tbl(tr(tc("a", RESTART), "1"), tr(tc("", CONTINUE), "2"), tr(tc("b", RESTART), "3"))
    assert [place for place in places(read_docx(docx(body))) if place[2] == 1] == [
        ("a", 1, 1, 2, 1),
        ("b", 3, 1, 1, 1),
    ]


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("a", CONTINUE), "1"), tr("b", "2"), tr(tc("", CONTINUE), "3"))
    assert [place[:3] for place in places(read_docx(docx(body)))] == [
        ("a", 1, 1),
        ("1", 1, 2),
        ("b", 2, 1),
        ("2", 2, 2),
        ("", 3, 1),
        ("3", 3, 2),
    ]


def test_columns_left_out_before_the_first_cell_are_counted() -> None:
    body = tbl(tr("a", "b", "c"), tr("2", "3", properties='<w:gridBefore w:val="1"/>'))
    assert [place[2] for place in places(read_docx(docx(body)))] == [1, 2, 3, 2, 3]


def test_the_old_merge_across_is_one_cell() -> None:
    body = tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "b"))
    assert places(read_docx(docx(body))) == [("a", 1, 1, 1, 2), ("b", 1, 3, 1, 1)]


def test_lines_and_paragraphs_of_a_cell_are_its_lines() -> None:
    cell = tc("<w:p><w:r><w:t>本年</w:t><w:br/><w:t>新收</w:t></w:r></w:p>" + p("数量") + p(""))
    assert grids(read_docx(docx(tbl(tr(cell, "1"))))) == [[["本年\n新收\n数量", "1"]]]


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    body = (
        "<w:p><w:r><w:t>收到</w:t></w:r><w:del><w:r><w:delText>9</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>件</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo></w:p>"
    )
    rows = tbl(
        tr("a", "1"), tr("b", "2", properties="<w:del/>"), tr("c", tc("x", "<w:cellDel/>"), "3"), tr("d", "4")
    )
    assert outline(read_docx(docx(body + rows))) == ["收到12件移来", [["a", "1"], ["c", "3"], ["d", "4"]]]


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    body = p("本机关", "<w:rPr><w:del/></w:rPr>") + p("收到12件。")
    assert texts(read_docx(docx(body))) == ["本机关收到12件。"]


def test_hidden_text_is_not_read() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/></w:rPr>"
        "<w:t>1</w:t></w:r><w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>8</w:t></w:r></w:p>"
    )
    assert texts(read_docx(docx(body, styles=styles))) == ["1"]


def test_struck_out_text_is_not_read() -> None:
    struck = "<w:r><w:rPr><w:strike/></w:rPr><w:t>9</w:t></w:r>"
    assert texts(read_docx(docx(f"<w:p>{struck}<w:r><w:t>15</w:t></w:r></w:p>"))) == ["15"]


def test_the_raised_number_of_a_note_is_no_digit_of_the_figure() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    assert texts(read_docx(docx(f"<w:p><w:r><w:t>15</w:t></w:r>{raised}</w:p>"))) == ["15（1）"]


def test_content_controls_links_fields_and_readings_are_read_through() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
        + tbl("<w:sdt><w:sdtContent>" + tr("a", "1") + "</w:sdtContent></w:sdt>", tr("b", "2"))
        + "<w:p><w:hyperlink><w:r><w:t>网</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:fldSimple><w:r><w:t>3</w:t></w:r></w:fldSimple><w:r><w:ruby><w:rt><w:r><w:t>yi</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>一</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert outline(read_docx(docx(body))) == [[["a", "1"], ["b", "2"]], "网3一"]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('二、主动公开')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_docx(docx(body + p("后")))) == ["前", "二、主动公开", "后"]


def test_a_layout_table_is_read_through_to_the_tables_in_it() -> None:
    inner = tbl(tr("规章", "1"), tr("文件", "2"))
    body = tbl(tr(tc(p("二、主动公开") + inner + p("注"))), tr("三、申请", "x"), tr(tc(p("尾"))))
    assert outline(read_docx(docx(body))) == [
        "二、主动公开",
        [["规章", "1"], ["文件", "2"]],
        "注",
        [["三、申请", "x"]],
        "尾",
    ]


def test_a_frame_around_a_paragraph_is_no_table() -> None:
    assert outline(read_docx(docx(tbl(tr(tc(p("标题") + p("正文"))))))) == ["标题", "正文"]


def test_headings_are_known_by_their_outline_level_or_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="1"/></w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"/>'
    )
    body = (
        p("一", '<w:pStyle w:val="B"/>')
        + p("正文")
        + p("二", '<w:outlineLvl w:val="1"/>')
        + p("三", '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    )
    document = read_docx(docx(body, styles=styles))
    assert [b.is_heading for b in document.blocks if isinstance(b, Text)] == [True, False, True, False]


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/>{more}<w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbered(identifier: int, at: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{identifier}"/></w:numPr>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def test_numbers_that_word_computes_stand_before_the_text() -> None:
    body = (
        p("总体情况", numbered(1))
        + p("主动公开", numbered(1))
        + tbl(tr(tc(p("予以公开", numbered(1, 1))), "3"), tr(tc(p("不予公开", numbered(1, 1))), "4"))
        + p("点", numbered(2))
        + p("申请", numbered(1))
        + p("新收", numbered(1, 1))
        + p("细目", numbered(1, 2))
    )
    assert outline(read_docx(docx(body, numbering=NUMBERING))) == [
        "一、总体情况",
        "二、主动公开",
        [["（一）予以公开", "3"], ["（二）不予公开", "4"]],
        "点",
        "三、申请",
        "（一）新收",
        "3.1.1细目",
    ]


def test_a_list_may_start_anew_and_go_on_with_another_name() -> None:
    body = p("a", numbered(1)) + p("b", numbered(3)) + p("c", numbered(3)) + p("d", numbered(1))
    assert texts(read_docx(docx(body, numbering=NUMBERING))) == ["一、a", "五、b", "六、c", "七、d"]


def test_a_style_gives_its_paragraphs_numbers_unless_they_refuse() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("a", '<w:pStyle w:val="L"/>') + p("b", '<w:pStyle w:val="L"/>' + numbered(0))
    assert texts(read_docx(docx(body, styles=styles, numbering=NUMBERING))) == ["一、a", "b"]


def test_a_list_that_is_defined_nowhere_has_no_numbers() -> None:
    assert texts(read_docx(docx(p("a", numbered(9))))) == ["a"]


def test_the_strict_dialect_of_word_reads_the_same() -> None:
    body = tbl(tr("a", "1"))
    assert read_docx(docx(body, namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")) == read_docx(
        docx(body)
    )


def test_what_is_nested_as_deep_as_the_limit_allows_is_read() -> None:
    around = (MAX_ELEMENT_NESTING - 6) // 2
    body = "<w:sdt><w:sdtContent>" * around + p("深") + "</w:sdtContent></w:sdt>" * around
    assert texts(read_docx(docx(body))) == ["深"]


def test_a_symbol_is_something_printed() -> None:
    body = tbl(tr("a", tc('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>')))
    assert grids(read_docx(docx(body))) == [[["a", "\uf0fc"]]]


def test_pictures_without_any_table_are_remarked() -> None:
    body = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    assert [remark.code for remark in read_docx(docx(body)).remarks] == ["tables_may_be_pictures"]
    assert read_docx(docx(body + tbl(tr("a", "1")))).remarks == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx("", prolog='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "document_type_refused"),
        (docx("<w:p>"), "file_damaged"),
        (docx("").replace(b"word/document.xml", b"word/nocument.xml"), "file_damaged"),
        (docx(tbl(tr(tc("a", span(100_000_000)), "b"))), "limit_exceeded"),
        (docx("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60), "limit_exceeded"),
        (docx("<w:sdt><w:sdtContent>" * 5_000 + "</w:sdtContent></w:sdt>" * 5_000), "limit_exceeded"),
        (docx(p("规章" * 4_000_000)), "limit_exceeded"),
    ],
)
def test_what_cannot_be_read_safely_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_docx(data)
    assert refused.value.code == code
