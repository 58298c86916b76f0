"""Tables without ruling lines, or with some of them, by what lines up."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.documents.layout_pages import SIZE, centred, columns, grids, page, read, spans, texts, word

from ogi.documents.layout.model import Rule, Word
from ogi.documents.model import Grid

MIDDLES = (250.0, 300.0, 350.0)


def row(label: str, values: Sequence[str], top: float, middles: Sequence[float] = MIDDLES) -> list[Word]:
    held = [word(label, 80, top)] if label else []
    return held + [centred(value, x, top) for value, x in zip(values, middles, strict=True) if value]


def table(*rows: tuple[str, Sequence[str]], start: float = 200, pitch: float = 20) -> list[Word]:
    return [w for i, (label, values) in enumerate(rows) for w in row(label, values, start + pitch * i)]


THREE = table(("1.甲", ["1", "2", "3"]), ("2.乙", ["0", "15", "1024"]), ("3.丙", ["7", "0", "0"]))


def test_rows_and_columns_are_found_without_any_line() -> None:
    assert grids(page(THREE)) == [
        [["1.甲", "1", "2", "3"], ["2.乙", "0", "15", "1024"], ["3.丙", "7", "0", "0"]]
    ]


@pytest.mark.parametrize("edge", ["left", "right"])
def test_figures_set_to_one_edge_line_up(edge: str) -> None:
    held = []
    for i, values in enumerate((["1", "2"], ["1024", "15"], ["0", "998"])):
        held.append(word(f"{i + 1}.项", 80, 200 + 20 * i))
        for x, value in zip((250, 320), values, strict=True):
            made = word(value, x, 200 + 20 * i)
            held.append(made if edge == "left" else word(value, 2 * x - made.right, 200 + 20 * i))
    assert grids(page(held)) == [[["1.项", "1", "2"], ["2.项", "1024", "15"], ["3.项", "0", "998"]]]


def test_a_cell_without_print_leaves_the_others_in_their_columns() -> None:
    held = table(("1.甲", ["1", "2", "3"]), ("2.乙", ["0", "", "4"]), ("3.丙", ["5", "6", "7"]))
    assert columns(page(held))[1] == {1: "2.乙", 2: "0", 3: "", 4: "4"}


def test_a_row_whose_cells_are_all_blank_is_a_row() -> None:
    held = table(("1.甲", ["1", "2", "3"]), ("2.乙", ["", "", ""]), ("3.丙", ["5", "6", "7"]))
    assert grids(page(held))[0][1] == ["2.乙", "", "", ""]


def test_marks_for_not_applicable_are_values() -> None:
    held = table(("1.甲", ["/", "无", "-"]), ("2.乙", ["1", "2", "3"]))
    assert grids(page(held))[0][0] == ["1.甲", "/", "无", "-"]


@pytest.mark.parametrize("shift", [0, 6, 12])
def test_a_label_of_two_lines_is_one_cell_wherever_its_figures_stand(shift: float) -> None:
    held = table(("1.甲", ["1", "2", "3"]), start=160) + table(("9.癸", ["8", "8", "8"]), start=232)
    held += [word("2.一个比较长的标签它要", 80, 180), word("分成两行", 80, 192)]
    held += row("", ["4", "5", "6"], 180 + shift)
    held += table(("3.丙", ["7", "7", "7"]), start=212)
    assert grids(page(held))[0][1] == ["2.一个比较长的标签它要\n分成两行", "4", "5", "6"]


def test_in_a_numbered_list_set_tight_a_line_without_number_continues_the_label() -> None:
    held = table(
        ("1.甲", ["1", "2", "3"]), ("2.一个长的标签", ["", "", ""]), ("分成两行", ["4", "5", "6"]), pitch=12
    )
    held += table(("3.丙", ["7", "7", "7"]), ("4.丁", ["8", "8", "8"]), start=236, pitch=12)
    assert grids(page(held))[0][1] == ["2.一个长的标签\n分成两行", "4", "5", "6"]


def test_heads_stand_over_their_columns_at_each_level() -> None:
    heads = [centred("申请人情况", 300, 140), centred("自然人", 250, 170), centred("组织", 325, 160)]
    heads += [centred("企业", 300, 180), centred("机构", 350, 180)]
    found = columns(page(heads + THREE))
    assert {text for row in found[:-3] for text in row.values()} >= {
        "申请人情况",
        "自然人",
        "组织",
        "企业",
        "机构",
    }
    assert [
        next(c for row in found for c, t in row.items() if t == n) for n in ("自然人", "企业", "机构")
    ] == [2, 3, 4]


def test_the_lines_of_a_head_are_one_text() -> None:
    heads = [
        centred("商业", 250, 160),
        centred("企业", 250, 171),
        centred("其他", 300, 165),
        centred("总计", 350, 165),
    ]
    assert "商业\n企业" in [text for row in columns(page(heads + THREE)) for text in row.values()]


def _grouped(top: float) -> list[Word]:
    rows = [(f"{i}.项目{i}", [str(i), "0", "0"]) for i in (1, 2, 3)] + [
        ("1.另一", ["4", "0", "0"]),
        ("2.其他", ["5", "0", "0"]),
    ]
    held = [
        Word(w.text, w.left + 60, w.top, w.right + 60, w.bottom) if w.left == 80 else w for w in table(*rows)
    ]
    return [*held, word("（三）组", 80, top), word("（四）组", 80, 270)]


@pytest.mark.parametrize("top", [220, 200], ids=["in the middle", "at the top"])
def test_a_label_beside_several_rows_covers_them(top: float) -> None:
    held = _grouped(top) if top == 220 else [*_grouped(top)[:-1], word("（四）组", 80, 260)]
    found = spans(page(held))
    assert (found["（三）组"], found["（四）组"]) == ((3, 1), (2, 1))


def test_a_text_spread_over_its_cell_is_one_text() -> None:
    spread = [word(c, 80 + 30 * i, 260) for i, c in enumerate("其他情形")]
    held = THREE + spread + row("", ["1", "1", "1"], 260)
    assert grids(page(held))[0][-1][0].replace(" ", "") == "其他情形"


def test_two_figures_that_line_up_with_one_column_are_not_made_one() -> None:
    held = table(("1.甲", ["1024", "2", "3"]), ("2.乙", ["1999", "5", "6"])) + row(
        "3.丙", ["", "7", "8"], 240
    )
    held += [word("1", 241, 240), word("2", 253, 240)]
    assert sorted(columns(page(held))[2].values()) == ["1", "2", "3.丙", "7", "8"]


def test_a_table_over_two_pages_is_one_grid() -> None:
    first = [
        word("标题文字说明。", 80, 100),
        *table(("1.甲", ["1", "2", "3"]), ("2.乙", ["4", "5", "6"]), start=700),
    ]
    second = table(("3.丙", ["7", "8", "9"]), ("4.丁", ["1", "1", "1"]), start=80)
    [grid] = grids(page(first), page(second, number=2))
    assert [row[0] for row in grid] == ["1.甲", "2.乙", "3.丙", "4.丁"]


def test_heads_on_one_page_and_figures_on_the_next_are_one_grid() -> None:
    heads = [centred(name, x, 760) for name, x in zip(("维持", "纠正", "总计"), MIDDLES, strict=True)]
    second = table(("", ["7", "8", "15"]), start=80)
    assert columns(page(heads), page(second, number=2)) == [
        {1: "维持", 2: "纠正", 3: "总计"},
        {1: "7", 2: "8", 3: "15"},
    ]


def test_horizontal_rules_part_rows_that_stand_close() -> None:
    held = [
        word("甲组", 80, 200),
        *row("", ["1", "2", "3"], 200),
        word("乙组", 80, 212),
        *row("", ["4", "5", "6"], 212),
    ]
    rules = [Rule(70, y, 400, y) for y in (198, 211, 224)]
    assert grids(page(held, rules)) == [[["甲组", "1", "2", "3"], ["乙组", "4", "5", "6"]]]


def test_a_box_without_inner_lines_is_read_by_what_lines_up() -> None:
    box = [Rule(70, 190, 400, 190), Rule(70, 260, 400, 260), Rule(70, 190, 70, 260), Rule(400, 190, 400, 260)]
    assert grids(page(THREE, box))[0][0] == ["1.甲", "1", "2", "3"]


def test_upright_lines_alone_are_read_by_what_lines_up() -> None:
    rules = [Rule(x, 190, x, 260) for x in (70, 225, 275, 325, 400)] + [
        Rule(70, y, 400, y) for y in (190, 260)
    ]
    assert grids(page(THREE, rules))[0][2] == ["3.丙", "7", "0", "0"]


def test_prose_with_figures_is_no_table() -> None:
    prose = [
        word("全年主动公开政府信息", 80, 200),
        word("5500", 184, 200),
        word("条，办理申请", 208, 200),
        word("31", 272, 200),
        word("件。", 286, 200),
    ]
    assert grids(page(prose)) == []


def test_a_heading_between_two_tables_parts_them() -> None:
    held = [
        *THREE,
        word("四、政府信息公开行政复议、行政诉讼情况如下所示", 80, 270),
        *table(("1.甲", ["1", "1", "1"]), ("2.乙", ["1", "1", "1"]), start=300),
    ]
    assert len(grids(page(held))) == 2
    assert texts(page(held)) == ["四、政府信息公开行政复议、行政诉讼情况如下所示"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["甲", "1.乙", "（三）丙", ""]),
            st.lists(st.sampled_from(["", "0", "7", "15", "1024", "/"]), min_size=3, max_size=3),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(11, 30),
)
@settings(max_examples=100, deadline=None)
def test_every_figure_of_a_table_is_printed_once(rows: list[tuple[str, list[str]]], pitch: int) -> None:
    held = [w for i, (label, values) in enumerate(rows) for w in row(label, values, 100 + pitch * i)]
    printed: list[str] = []
    for block in read(page(held)).blocks:
        cells = [c.text for r in block.rows for c in r] if isinstance(block, Grid) else [block.text]
        printed += "\n".join(cells).split()
    wanted = sorted("".join(w.text for w in held))
    assert sorted("".join(printed)) == wanted


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["7", "甲乙", "（一）丙", "0", "/"]), st.integers(0, 55), st.integers(0, 40)
        ),
        min_size=1,
        max_size=40,
        unique_by=lambda t: (t[1] // 4, t[2]),
    )
)
@settings(max_examples=100, deadline=None)
def test_whatever_stands_on_a_page_is_printed_once(placed: list[tuple[str, int, int]]) -> None:
    held = [word(text, 20 + SIZE * x, 20 + 18 * y) for text, x, y in placed]
    printed = ""
    for block in read(page(held)).blocks:
        printed += "".join(c.text for r in block.rows for c in r) if isinstance(block, Grid) else block.text
    assert len(printed.replace(" ", "").replace("\n", "")) >= sum(len(w.text) for w in held) - 2 * len(
        "（一）丙"
    )


def test_columns_that_only_heads_name_are_blank_columns() -> None:
    names = ["自然人", "企业", "科研", "公益", "法律", "其他", "总计"]
    middles = [200.0 + 50 * i for i in range(len(names))]
    heads = [centred(name, x, 180) for name, x in zip(names, middles, strict=True)]
    blank = [""] * 5
    held = [
        w
        for i, (label, first, last) in enumerate((("1.甲", "5", "5"), ("2.乙", "0", "0"), ("3.丙", "1", "1")))
        for w in row(label, [first, *blank, last], 200 + 20 * i, middles)
    ]
    [shown] = grids(page(heads + held))
    assert shown[-3:] == [
        ["1.甲", "5", *blank, "5"],
        ["2.乙", "0", *blank, "0"],
        ["3.丙", "1", *blank, "1"],
    ]


def test_a_head_beside_its_figures_opens_no_column() -> None:
    heads = [word(name, x + 15, 180) for name, x in zip(["甲类", "乙类", "丙类"], MIDDLES, strict=True)]
    assert grids(page(heads + THREE))[0][-1] == ["3.丙", "7", "0", "0"]
