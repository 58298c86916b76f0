"""Every printed number of a recognised table ends in a cell or in a problem."""

from hypothesis import given, settings
from hypothesis import strategies as st
from printed_forms import (
    KINDS,
    Printed,
    Printing,
    figures_2021,
    grid,
    read_values,
    report,
    table_four,
    table_three,
    table_two,
)

from ogi.project import read_seed
from ogi.reports.model import ParsedReport, Place
from ogi.reports.parse import parse_bytes

FORM_ROWS = [
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（一）予以公开",
    "（七）总计",
    "自拟的一行",
    "",
]
HEADER = (
    "甲市乙局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    "\t申请人情况\n\t自然人\t法人或其他组织\t\t\t\t\t总计\n\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\n"
    "\t1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0\n"
)

values = st.lists(st.sampled_from(["0", "1", "27", "", "/", "**"]), min_size=0, max_size=9)
rows = st.lists(st.tuples(st.sampled_from(FORM_ROWS), values), min_size=1, max_size=6)


@given(rows)
def test_printed_figures_are_claimed_or_reported(table: list[tuple[str, list[str]]]) -> None:
    lines = ["\t".join([label, *row]) for label, row in table]
    [parsed] = parse_bytes((HEADER + "\n".join(lines)).encode(), "x")
    printed = sum(value.isdigit() for _, row in table for value in row) + 7
    assert len(claimed(parsed)) + len(unclaimed(parsed)) >= printed
    assert not claimed(parsed) & unclaimed(parsed)


def claimed(parsed: ParsedReport) -> set[Place]:
    return {cell.where for cell in parsed.cells if cell.state == "reported"}


def unclaimed(parsed: ParsedReport) -> set[Place]:
    return {problem.where for problem in parsed.problems if problem.code == "figure_unclaimed"}


SPOILS = ("drop a cell", "double a cell", "empty a cell", "add a figure", "drop a row", "swap two rows")
spoils = st.lists(st.tuples(st.sampled_from(SPOILS), st.integers(0, 99), st.integers(0, 99)), max_size=6)
TABLE_HEADINGS = {
    "two": "二、主动公开政府信息情况",
    "three": "三、收到和处理政府信息公开申请情况",
    "four": "四、政府信息公开行政复议、行政诉讼情况",
    "transposed": "四、政府信息公开行政复议、行政诉讼情况",
}


def transposed(figures: dict[str, str]) -> Printing:
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    results = ("upheld", "corrected", "other", "pending", "total")
    rows = [[Printed(t) for t in ("", "行政复议", "未经复议直接起诉", "复议后起诉")]]
    for label, result in zip(labels, results, strict=True):
        rows.append([Printed(label), *(Printed(figures[f"reviews.{kind}.{result}"]) for kind in KINDS)])
    return rows


def spoil(printing: Printing, how: str, row: int, cell: int) -> None:
    """Damage a table as converters do; the figure 777 stands in no form."""
    cells = printing[row % len(printing)]
    at = cell % max(1, len(cells))
    if how == "drop a cell" and cells:
        del cells[at]
    elif how == "double a cell" and cells:
        cells.insert(at, cells[at])
    elif how == "empty a cell" and cells:
        cells[at] = Printed("", cells[at].rows, cells[at].columns)
    elif how == "add a figure":
        cells.insert(at, Printed("777"))
    elif how == "drop a row" and len(printing) > 1:
        del printing[row % len(printing)]
    elif how == "swap two rows":
        other = cell % len(printing)
        printing[row % len(printing)], printing[other] = printing[other], cells


@given(st.sampled_from(list(TABLE_HEADINGS)), st.integers(0, 50), spoils, st.booleans())
def test_figures_of_a_damaged_grid_are_claimed_or_reported(
    name: str, seed: int, damage: list[tuple[str, int, int]], is_aligned: bool
) -> None:
    figures = figures_2021(seed)
    tables = {
        "two": table_two(figures),
        "three": table_three(figures),
        "four": table_four(figures),
        "transposed": transposed(figures),
    }
    for how, row, cell in damage:
        spoil(tables[name], how, row, cell)
    # Table 三 of its own form tells the template, whatever is left of the other
    three = [] if name == "three" else ["三、收到和处理政府信息公开申请情况", grid(table_three(figures), 8)]
    damaged = grid(tables[name], 1, is_aligned=is_aligned)
    parsed = report(*three, TABLE_HEADINGS[name], damaged)
    if parsed.report is None or parsed.report.template is None:
        return
    printed = {
        Place(page=None, table=1, row=c.row, column=c.column)
        for row in damaged.rows
        for c in row
        if c.text.replace(".", "").isdigit()
    }
    taken = {place for place in claimed(parsed) if place.table == 1}
    split = {cell.raw for cell in parsed.cells if cell.raw and " " in cell.raw}
    assert split or printed == taken | {p for p in unclaimed(parsed) if p.table == 1}
    assert not taken & unclaimed(parsed)


@settings(max_examples=400)
@given(
    st.sampled_from(list(TABLE_HEADINGS)),
    st.integers(0, 50),
    st.sampled_from(SPOILS),
    st.integers(0, 99),
    st.integers(0, 99),
    st.booleans(),
)
def test_one_fault_in_a_table_gives_no_wrong_figure(
    name: str, seed: int, how: str, row: int, cell: int, is_aligned: bool
) -> None:
    figures = figures_2021(seed)
    tables = {
        "two": table_two(figures),
        "three": table_three(figures),
        "four": table_four(figures),
        "transposed": transposed(figures),
    }
    spoil(tables[name], how, row, cell)
    three = [] if name == "three" else ["三、收到和处理政府信息公开申请情况", grid(table_three(figures), 8)]
    parsed = report(*three, TABLE_HEADINGS[name], grid(tables[name], 1, is_aligned=is_aligned))
    assert {c: v for c, v in read_values(parsed).items() if figures.get(c) != v} == {}


STATISTICS = [
    row["row_label"].split(" / ")[-1] for row in read_seed("template_cells") if row["template"] == "2014"
]
statistics_rows = st.lists(
    st.tuples(
        st.sampled_from([*STATISTICS, "自拟的一行"]),
        st.lists(st.sampled_from(["0", "27", "", "/"]), max_size=3),
    ),
    max_size=12,
)


@given(statistics_rows)
def test_figures_of_the_form_of_2014_are_claimed_or_reported(table: list[tuple[str, list[str]]]) -> None:
    form = [f"{label}\t件\t5" for label in STATISTICS]
    lines = form + ["\t".join([label, "件", *row]) for label, row in table]
    [parsed] = parse_bytes(
        ("甲市乙局2016年政府信息公开工作年度报告\n政府信息公开情况统计表\n" + "\n".join(lines)).encode(), "x"
    )
    assert parsed.report is not None
    printed = len(form) + sum(value.isdigit() for _, row in table for value in row)
    if parsed.report.template is not None:
        assert len(claimed(parsed)) + len(unclaimed(parsed)) == printed
    assert not claimed(parsed) & unclaimed(parsed)
