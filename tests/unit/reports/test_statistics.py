"""The statistics form of 2014, its neighbours that are no national form, and its layouts."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.project import read_seed
from ogi.reports.model import ParsedReport, Source
from ogi.reports.parse import parse_bytes, parse_document

TITLE = "泉州市鲤城区财政局2016年政府信息公开工作年度报告"
FORM = [
    (row["row_label"].split(" / "), row["unit"], row["cell"])
    for row in read_seed("template_cells")
    if row["template"] == "2014"
]
CELLS = [cell for _, _, cell in FORM]
TOP_GROUPS = [
    "一、主动公开情况",
    "二、回应解读情况",
    "三、依申请公开情况",
    "八、机构建设和保障经费情况",
    "九、政府信息公开会议和培训情况",
]


def lines(values: dict[str, str], separator: str = "\t") -> list[str]:
    """Print the form: each group's own line, then label, unit and value."""
    printed: list[str] = []
    for path, unit, cell in FORM:
        if path[0] in TOP_GROUPS and path[0] not in printed:
            printed.append(path[0])
        if "（二）通过不同渠道" in path[1 if len(path) > 1 else 0] and path[1] not in printed:
            printed.append(path[1])
        printed.append(separator.join([path[-1], unit, values.get(cell, "0")]))
    return [line if separator in line else separator.join([line, "——", ""]) for line in printed]


def numbered() -> dict[str, str]:
    return {cell: str(number) for number, cell in enumerate(CELLS, start=100)}


def parse(table: str) -> ParsedReport:
    [parsed] = parse_bytes(f"{TITLE}\n政府信息公开情况统计表\n{table}".encode(), "report.txt")
    return parsed


def values(parsed: ParsedReport) -> dict[str, str]:
    return {c.cell: f"{c.value}" for c in parsed.cells if c.state == "reported"}


def template(parsed: ParsedReport) -> str | None:
    return parsed.report.template if parsed.report else None


def test_the_national_form_is_read_whole() -> None:
    parsed = parse("指标名称\t单位\t统计数\n" + "\n".join(lines(numbered())))
    assert template(parsed) == "2014"
    assert values(parsed) == numbered()


def test_one_cell_a_line_is_read_whole() -> None:
    flat = [cell for line in lines(numbered()) for cell in line.split("\t") if cell not in ("——", "")]
    assert values(parse("\n".join(flat))) == numbered()


def test_running_text_with_its_separators_is_read_whole() -> None:
    words = " ".join(line.replace("\t", " ").replace("——", "") for line in lines(numbered()))
    parsed = parse("指标名称 单位 统计数 " + words)
    assert values(parsed) == numbered()


def test_two_columns_of_rows_are_read_by_their_labels() -> None:
    rows = [line.split("\t") for line in lines(numbered())]
    half = len(rows) // 2
    left, right = rows[:half], rows[half:]
    pairs = [[*a, *b] for a, b in zip(left + [["", "", ""]] * (len(right) - half), right, strict=True)]
    parsed = grid([["指标名称", "单位", "统计数"] * 2, *pairs])
    assert {c: v for c, v in values(parsed).items() if numbered()[c] != v} == {}


def test_rows_of_one_label_are_told_by_their_group() -> None:
    read = values(parse("\n".join(lines(numbered()))))
    assert read["statistics.reconsideration_other.value"] != read["statistics.litigation_other.value"]


@given(st.permutations(range(4)))
def test_groups_in_another_order_are_read_by_their_labels(order: list[int]) -> None:
    printed = lines(numbered())
    starts = [i for i, line in enumerate(printed) if line.startswith(("四、", "五、", "六、", "七、"))]
    blocks = [printed[a:b] for a, b in zip(starts, [*starts[1:], starts[-1] + 1], strict=True)]
    shuffled = [line for i in order for line in blocks[i]]
    parsed = parse("\n".join([*printed[: starts[0]], *shuffled, *printed[starts[-1] + 1 :]]))
    assert values(parsed) == numbered()


@given(st.integers(0, len(CELLS) - 1))
def test_a_lost_row_is_missing_and_shifts_no_other(index: int) -> None:
    printed = lines(numbered())
    lost = next(i for i, line in enumerate(printed) if line.endswith(f"\t{100 + index}"))
    read = values(parse("\n".join(printed[:lost] + printed[lost + 1 :])))
    assert not {cell: value for cell, value in read.items() if numbered()[cell] != value}
    assert CELLS[index] not in read


def test_blank_and_marked_cells_are_not_zero() -> None:
    given_values = numbered() | {CELLS[0]: "", CELLS[1]: "/"}
    states = {c.cell: c.state for c in parse("\n".join(lines(given_values))).cells}
    assert (states[CELLS[0]], states[CELLS[1]]) == ("blank", "not_applicable")


def test_an_amount_keeps_the_unit_of_its_row() -> None:
    printed = [line.replace("万元", "元") if "专项经费" in line else line for line in lines(numbered())]
    units = {c.cell: c.unit for c in parse("\n".join(printed)).cells}
    assert (units["statistics.budget.value"], units["statistics.fees_charged.value"]) == ("元", "万元")


def test_two_figures_in_a_row_leave_it_illegible() -> None:
    printed = [line + "\t7" if "政务微博公开" in line else line for line in lines(numbered())]
    states = {c.cell: c.state for c in parse("\n".join(printed)).cells}
    assert states["statistics.channel_weibo.value"] == "illegible"


def test_a_nought_is_not_left_out_for_the_figure_beside_it() -> None:
    printed = [line.replace("\t103", "\t0\t7") for line in lines(numbered())]
    parsed = parse("\n".join(printed))
    states = {c.cell: c.state for c in parsed.cells}
    assert states[CELLS[3]] == "illegible"


PROVINCE = [
    ("主动公开信息数", "条", "6", "410"),
    ("其中：1.网站公开", "条", "6", "400"),
    ("2.政府公报公开", "条", "0", "10"),
    ("受理依申请公开信息总数", "条", "1", "9"),
    ("其中：1.当面申请数", "条", "0", "2"),
    ("对申请的答复总数", "条", "1", "9"),
    ("行政复议数", "件", "0", "0"),
]


def cumulative(table: list[tuple[str, str, str, str]]) -> str:
    return "指标名称\t计量单位\t本年度\t历年累计\n" + "\n".join("\t".join(row) for row in table)


def national_with_cumulative() -> str:
    return "指标名称\t单位\t本年度\t历年累计\n" + "\n".join(line + "\t999" for line in lines(numbered()))


def six_rows() -> str:
    return "\n".join(lines(numbered())[1:7])


def test_columns_of_another_span_are_seen_without_a_heading_above_the_table() -> None:
    [parsed] = parse_bytes(f"{TITLE}\n{national_with_cumulative()}".encode(), "report.txt")
    assert template(parsed) is None


@pytest.mark.parametrize("table", [lambda: cumulative(PROVINCE), national_with_cumulative, six_rows])
def test_a_form_that_is_not_the_national_one_gives_no_cell_and_says_so(table: Callable[[], str]) -> None:
    parsed = parse(table())
    assert template(parsed) is None
    assert parsed.cells == []
    assert "template_not_recognised" in {problem.code for problem in parsed.problems}


def test_a_report_without_tables_is_not_said_to_print_one() -> None:
    parsed = parse(
        "一、概述\n二、主动公开情况\n全年主动公开政府信息36条。\n三、依申请公开情况\n收到申请2件。"
    )
    assert [p.message for p in parsed.problems if "统计表不是" in p.message] == []
    assert "template_not_recognised" in {problem.code for problem in parsed.problems}


def grid(rows: list[list[str]]) -> ParsedReport:
    cells = [[GridCell(t, r, c) for c, t in enumerate(row, 1)] for r, row in enumerate(rows, 1)]
    document = Document("html", [Text(TITLE, 1), Text("政府信息公开情况统计表", 2), Grid(1, cells, True)])
    return parse_document(document, Source("x", "0" * 64, "html", 1))


@pytest.mark.parametrize("heading", ["行次", "代码", "栏目号"])
def test_a_column_that_numbers_the_rows_is_no_figure(heading: str) -> None:
    rows = [line.split("\t") for line in lines(numbered())]
    numbered_rows = ["\t".join([a, b, f"{n}", c]) for n, (a, b, c) in enumerate(rows, start=1)]
    parsed = parse(f"统计指标\t单位\t{heading}\t统计数\n" + "\n".join(numbered_rows))
    assert values(parsed) == numbered()


def test_numbers_in_the_lines_before_the_labels_are_no_figures() -> None:
    rows = [line.split("\t") for line in lines(numbered())]
    flat = [cell for n, row in enumerate(rows, start=1) for cell in (f"{n}", *row) if cell not in ("——", "")]
    assert values(parse("\n".join(flat))) == numbered()


def test_of_two_figures_a_line_each_neither_is_taken_for_the_value() -> None:
    rows = [line.split("\t") for line in lines(numbered())]
    flat = [cell for row in rows for cell in (*row[:2], "7" * bool(row[2]), row[2]) if cell not in ("——", "")]
    parsed = parse("\n".join(flat))
    assert {c.state for c in parsed.cells} == {"illegible"}


def columns(heading: list[str], *values: dict[str, str]) -> ParsedReport:
    """Read the form as a grid with these columns of values, under this heading."""
    printed = [["统计指标", "单位", *heading], *([g, "", *("" for _ in values)] for g in TOP_GROUPS[:1])]
    printed += [[path[-1], unit, *(v.get(cell, "") for v in values)] for path, unit, cell in FORM]
    rows = [
        [GridCell(text, number, column) for column, text in enumerate(row, start=1)]
        for number, row in enumerate(printed, start=1)
    ]
    blocks: list[Text | Grid] = [
        Text(TITLE, 1),
        Text("政府信息公开情况统计表", 2),
        Grid(1, rows, is_aligned=True),
    ]
    return parse_document(Document("html", blocks), Source("report.html", "0" * 64, "html", 1))


@pytest.mark.parametrize("heading", [["上年", "本年"], ["2015年", "2016年"], ["2015年度", "2016年度"]])
def test_the_column_of_the_year_before_is_never_the_reports(heading: list[str]) -> None:
    before = {cell: str(number) for number, cell in enumerate(CELLS, start=500)}
    this_year = numbered() | dict.fromkeys(CELLS[40:50], "")
    read = {c.cell: f"{c.value}" for c in columns(heading, before, this_year).cells if c.state == "reported"}
    assert read
    assert read == {cell: value for cell, value in this_year.items() if cell in read}
    assert not set(read) & set(CELLS[40:50])


def test_of_two_bodies_columns_only_noughts_that_agree_are_read() -> None:
    district = numbered() | dict.fromkeys(CELLS[20:30], "0")
    office = dict.fromkeys(CELLS[:30], "0")
    read = {c.cell for c in columns(["全区", "区本级"], district, office).cells if c.state == "reported"}
    assert read == set(CELLS[20:30])


def test_a_label_on_several_lines_stands_above_its_unit_and_figure() -> None:
    values = numbered()
    printed: list[str] = []
    for line in lines(values, " "):
        label, _, rest = line.partition(" ")
        cut = len(label) - 4
        printed.append(f"{label[:cut]}\n{label[cut:]}\n{rest}" if cut > 12 and "——" not in rest else line)
    read = {c.cell: f"{c.value}" for c in parse("\n".join(printed)).cells if c.state == "reported"}
    assert read.items() <= values.items()
    assert len(read) > len(CELLS) - 4
