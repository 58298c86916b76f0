"""Tables with spans, varied as offices and converters vary them: every figure in its cell, or in none."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed_forms import (
    APPLICANTS,
    KINDS,
    RESULTS,
    Printed,
    Printing,
    codes,
    figures_2021,
    grid,
    read_values,
    report,
    states,
    table_four,
    table_three,
    table_two,
    whole_report,
)

from ogi.reports.model import ParsedReport

FIGURES = figures_2021(1)
HEADING_THREE = "三、收到和处理政府信息公开申请情况"
HEADING_FOUR = "四、政府信息公开行政复议、行政诉讼情况"


def of(prefix: str) -> dict[str, str]:
    return {cell: value for cell, value in FIGURES.items() if cell.startswith(prefix)}


def with_three(three: Printing) -> ParsedReport:
    return whole_report(table_two(FIGURES), three, table_four(FIGURES))


def wrong(parsed: ParsedReport) -> dict[str, str]:
    """Return the figures read that are not those printed."""
    return {cell: value for cell, value in read_values(parsed).items() if FIGURES.get(cell, "0") != value}


def row_of(three: Printing, label: str) -> int:
    return next(i for i, row in enumerate(three) if any(label in cell.text for cell in row))


@given(st.integers(0, 10**6))
def test_the_form_as_the_notice_prints_it_is_read_whole(seed: int) -> None:
    figures = figures_2021(seed)
    parsed = whole_report(table_two(figures), table_three(figures), table_four(figures))
    assert read_values(parsed) == figures
    assert {identity.status for identity in parsed.identities} == {"holds"}


@given(st.permutations(["business", "research", "social_org", "legal_service", "other_org"]), st.booleans())
def test_columns_in_another_order_are_read_by_their_labels(inner: list[str], total_first: bool) -> None:
    columns = ["total", "natural_person", *inner] if total_first else ["natural_person", *inner, "total"]
    assert read_values(with_three(table_three(FIGURES, columns))) == FIGURES


@given(st.integers(3, 29))
def test_a_lost_row_is_missing_and_shifts_no_other(row: int) -> None:
    three = table_three(FIGURES)
    lost = three.pop(min(row, len(three) - 1))
    parsed = with_three(three)
    assert not wrong(parsed)
    assert sum(state == "missing" for state in states(parsed).values()) == len(APPLICANTS)
    assert lost


def ragged(three: Printing) -> Printing:
    """Lose one empty cell: the row is one number short."""
    row = three[row_of(three, "2.重复申请")]
    del row[3]
    return three


def group_lost(three: Printing) -> Printing:
    three[row_of(three, "不予处理")].pop(0)
    return three


def label_doubled(three: Printing) -> Printing:
    row = three[row_of(three, "一、本年新收")]
    row[:1] = [Printed("一、本年新收政府信息公开申请数量")] * 3
    return three


def label_doubled_beyond_its_columns(three: Printing) -> Printing:
    row = three[row_of(three, "（七）总计")]
    row[:1] = [Printed("（七）总计")] * 3
    return three


def header_narrower_than_its_rows(three: Printing) -> Printing:
    three[0][0] = replace(three[0][0], columns=1)
    return three


def header_repeated(three: Printing) -> Printing:
    at = row_of(three, "（五）不予处理")
    return three[:at] + table_three(FIGURES)[:3] + three[at:]


def extra_row(three: Printing) -> Printing:
    at = row_of(three, "（七）总计")
    extra = [Printed("6.其他不予处理情形"), *(Printed("9") for _ in APPLICANTS)]
    return [*three[:at], extra, *three[at:]]


def cut_label(three: Printing) -> Printing:
    """Cut the group （四）无法提供 and the label below it, as a page end does."""
    at = row_of(three, "（四）无法提供")
    row = three[at]
    upper = [Printed("（四）无"), Printed("1.本机关不掌握相"), *(Printed("") for _ in APPLICANTS)]
    lower = [Printed("法提供", rows=row[0].rows), Printed("关政府信息"), *row[2:]]
    return [*three[:at], upper, lower, *three[at + 1 :]]


def cut_label_over_its_figures(three: Printing) -> Printing:
    at = row_of(three, "3.补正后申请内容仍不明确")
    upper = [Printed("3.补正后申请内容"), *three[at][1:]]
    lower = [Printed("仍不明确"), *(Printed("") for _ in APPLICANTS)]
    return [*three[:at], upper, lower, *three[at + 1 :]]


def note_in_cell(three: Printing) -> Printing:
    row = three[row_of(three, "（一）予以公开")]
    row[2] = Printed(f"{row[2].text}（其中当场答复1件）")
    return three


def ordinal_column(three: Printing) -> Printing:
    numbered = [[Printed("序号" if i == 0 else str(i)), *row] for i, row in enumerate(three)]
    numbered[0][0] = Printed("序号", rows=3)
    return [numbered[0], *three[1:3], *numbered[3:]]


def blank_column_between(three: Printing) -> Printing:
    """Give the label of some rows a cell less and an empty cell more."""
    row = three[row_of(three, "四、结转下年度")]
    row[:1] = [Printed("四、结转下年度继续办理", columns=2), Printed("")]
    return three


def column_beside_the_form(heading: str, printed: str) -> Callable[[Printing], Printing]:
    """Add a column whose heading begins in the row of 申请人情况."""

    def add(three: Printing) -> Printing:
        first, *rest = three
        rows = [[*row, Printed(printed)] for row in rest[2:]]
        return [[*first, Printed(heading, rows=3)], *rest[:2], *rows]

    return add


VARIANTS: list[Callable[[Printing], Printing]] = [
    group_lost,
    label_doubled,
    label_doubled_beyond_its_columns,
    header_narrower_than_its_rows,
    header_repeated,
    cut_label,
    cut_label_over_its_figures,
    note_in_cell,
    ordinal_column,
    blank_column_between,
    column_beside_the_form("备注", ""),
    column_beside_the_form("占比", "12.5%"),
]


@pytest.mark.parametrize("vary", VARIANTS)
def test_a_variant_of_table_three_is_read_whole(vary: Callable[[Printing], Printing]) -> None:
    parsed = with_three(vary(table_three(FIGURES)))
    assert read_values(parsed) == FIGURES
    assert "figure_unclaimed" not in codes(parsed)


@pytest.mark.parametrize("vary", [ragged, extra_row])
def test_a_variant_that_leaves_doubt_gives_no_wrong_figure(vary: Callable[[Printing], Printing]) -> None:
    parsed = with_three(vary(table_three(FIGURES)))
    assert not wrong(parsed)
    assert "figure_unclaimed" in codes(parsed)


def test_a_column_of_figures_beside_the_form_takes_no_cell() -> None:
    parsed = with_three(column_beside_the_form("上年总计", "3")(table_three(FIGURES)))
    assert read_values(parsed) == FIGURES
    assert "figure_unclaimed" in codes(parsed)


def test_a_note_that_spans_a_row_too_few_moves_no_column() -> None:
    three = table_three(FIGURES)
    three[0][0] = replace(three[0][0], rows=2)
    assert read_values(with_three(three)) == FIGURES


def test_a_row_of_the_agencys_own_called_others_is_not_the_forms() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "（二）部分公开")
    own = [Printed("其他", columns=2), *(Printed("9") for _ in APPLICANTS)]
    parsed = with_three([*three[:at], own, *three[at:]])
    assert read_values(parsed) == FIGURES
    assert "figure_unclaimed" in codes(parsed)


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_figures_under_a_header_that_lost_a_label_are_not_moved_to_the_next(lost: int) -> None:
    two = table_two(FIGURES)
    two[1][lost] = Printed("")
    two[2] = [Printed("规章"), Printed("5"), Printed("7"), Printed("")]
    two[3] = [Printed("行政规范性文件"), Printed(""), Printed("7"), Printed("3")]
    parsed = whole_report(two, table_three(FIGURES), table_four(FIGURES))
    read = {cell: value for cell, value in read_values(parsed).items() if "regulations" in cell}
    assert (
        read.items()
        <= {
            "proactive.regulations.issued": "5",
            "proactive.regulations.repealed": "7",
        }.items()
    )


def test_a_blank_beside_a_column_of_ones_own_moves_no_figure_where_columns_are_not_aligned() -> None:
    figures = FIGURES | {f"applications.granted.{column}": "4" for column in APPLICANTS}
    figures |= {"applications.granted.total": "20"}
    three = column_beside_the_form("去年同期", "3")(table_three(figures))
    granted = row_of(three, "（一）予以公开")
    three[granted][4] = Printed("")
    rows = [[cell for cell in row for cell in (cell, *([Printed("")] * (cell.columns - 1)))] for row in three]
    flat = [[replace(cell, rows=1, columns=1) for cell in row] for row in rows]
    parsed = report(
        "二、主动公开政府信息情况",
        grid(table_two(FIGURES), 1),
        HEADING_THREE,
        grid(flat, 2, is_aligned=False),
    )
    read = {c: v for c, v in read_values(parsed).items() if c.startswith("applications.granted.")}
    assert not read


def test_a_row_short_of_a_cell_beside_such_a_column_gives_no_wrong_figure() -> None:
    three = column_beside_the_form("上年总计", "3")(table_three(FIGURES))
    del three[row_of(three, "（一）予以公开")][4]
    assert not wrong(with_three(three))


def test_abbreviated_applicants_and_results_are_read() -> None:
    short = {
        "商业企业": "企业",
        "科研机构": "科研",
        "法律服务机构": "法律服务",
        "结果\n维持": "维持",
        "结果\n纠正": "纠正",
        "其他\n结果": "其他",
        "尚未\n审结": "未审结",
        "总\n计": "总数",
    }

    def shortened(printing: Printing) -> Printing:
        return [[replace(cell, text=short.get(cell.text, cell.text)) for cell in row] for row in printing]

    three, four = shortened(table_three(FIGURES)), shortened(table_four(FIGURES))
    assert read_values(whole_report(table_two(FIGURES), three, four)) == FIGURES


def test_suits_in_a_table_apart_from_reconsideration_are_read() -> None:
    def values(*kinds: str) -> list[Printed]:
        return [Printed(FIGURES[f"reviews.{kind}.{result}"]) for kind in kinds for result in RESULTS]

    results = [Printed(result) for result in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    kinds = [Printed("未经复议直接起诉", columns=5), Printed("复议后起诉", columns=5)]
    parsed = report(
        "二、主动公开政府信息情况",
        grid(table_two(FIGURES), 1),
        HEADING_FOUR,
        grid([[Printed("行政复议", columns=5)], results, values(KINDS[0])], 2),
        grid([[Printed("行政诉讼", columns=10)], kinds, results * 2, values(*KINDS[1:])], 3),
    )
    assert {c: v for c, v in read_values(parsed).items() if c.startswith("reviews.")} == of("reviews.")


def test_a_row_of_the_agencys_own_takes_no_cell() -> None:
    parsed = with_three(extra_row(table_three(FIGURES)))
    assert read_values(parsed) == FIGURES


def test_a_row_one_number_short_is_illegible_with_what_it_prints() -> None:
    parsed = with_three(ragged(table_three(FIGURES)))
    short = [cell for cell in parsed.cells if ".unprocessed_repeat." in cell.cell]
    assert {cell.state for cell in short} == {"illegible"}
    assert {(cell.raw or "").count("|") for cell in short} == {5}


def test_other_processing_as_one_row_leaves_its_parts_missing() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "（六）其他处理")
    one = [Printed("（六）其他处理", columns=2), *(Printed("0") for _ in APPLICANTS)]
    parsed = with_three([*three[:at], one, *three[at + 3 :]])
    assert set(states(parsed, "applications.other_processing.").values()) == {"reported"}
    assert set(states(parsed, "applications.other_misc.").values()) == {"missing"}
    assert not {c: v for c, v in wrong(parsed).items() if "other_processing" not in c}


def test_each_table_of_one_row_under_generic_headers_needs_the_applicants_and_the_sum() -> None:
    three = table_three(FIGURES)
    generic = [Printed(t) for t in ("类别", "数据1", "数据2", "数据3", "数据4", "数据5", "数据6", "总计")]
    tables = [
        grid([generic, [next(c for c in reversed(row) if not c.text.isdigit()), *row[-7:]]], number)
        for number, row in enumerate(three[3:], start=3)
    ]
    unnamed = report(HEADING_THREE, *tables)
    assert read_values(unnamed) == {}
    header = grid(
        [
            [
                Printed(t)
                for t in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
            ]
        ],
        2,
    )
    named = report(HEADING_THREE, header, *tables)
    assert read_values(named) == of("applications.")
    assert "reading_chosen_by_identity" in codes(named)


def test_reviews_with_results_as_rows_are_read_by_both_labels() -> None:
    rows = [
        [Printed("", rows=2), Printed("行政复议", rows=2), Printed("行政诉讼", columns=2)],
        [Printed("未经复议直接起诉"), Printed("复议后起诉")],
    ]
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    for label, result in zip(labels, RESULTS, strict=True):
        rows.append([Printed(label), *(Printed(FIGURES[f"reviews.{kind}.{result}"]) for kind in KINDS)])
    parsed = whole_report(table_two(FIGURES), table_three(FIGURES), rows)
    assert read_values(parsed) == FIGURES


def test_reviews_with_kinds_as_rows_are_read_by_both_labels() -> None:
    labels = ("结果纠正", "结果维持", "其他结果", "尚未审结", "总计")
    order = ("corrected", "upheld", "other", "pending", "total")
    rows = [[Printed("", columns=2), *(Printed(label) for label in labels)]]
    names = [
        [Printed("行政复议", columns=2)],
        [Printed("行政诉讼", rows=2), Printed("未经复议直接起诉")],
        [Printed("复议后起诉")],
    ]
    for name, kind in zip(names, KINDS, strict=True):
        rows.append([*name, *(Printed(FIGURES[f"reviews.{kind}.{result}"]) for result in order)])
    parsed = whole_report(table_two(FIGURES), table_three(FIGURES), rows)
    assert read_values(parsed) == FIGURES


def test_reviews_one_figure_short_give_no_wrong_figure() -> None:
    four = table_four(FIGURES)
    del four[3][4]
    parsed = whole_report(table_two(FIGURES), table_three(FIGURES), four)
    assert not wrong(parsed)


def test_table_two_as_four_tables_is_read_whole() -> None:
    two = table_two(FIGURES)
    blocks = [two[1:4], two[5:7], two[8:11], two[12:14]]
    parsed = report(
        "二、主动公开政府信息情况",
        *(grid(block, number) for number, block in enumerate(blocks, start=1)),
        HEADING_THREE,
        grid(table_three(FIGURES), 8),
        HEADING_FOUR,
        grid(table_four(FIGURES), 9),
    )
    assert read_values(parsed) == FIGURES


def test_a_fee_in_yuan_is_read_in_yuan() -> None:
    two = table_two(FIGURES)
    two[13][1] = Printed("251000元", columns=3)
    parsed = whole_report(two, table_three(FIGURES), table_four(FIGURES))
    [fee] = [cell for cell in parsed.cells if cell.cell == "proactive.fees.amount"]
    assert (f"{fee.value}", fee.unit) == ("251000", "元")


def test_two_digits_of_one_figure_in_neighbouring_cells_are_joined_where_only_that_adds_up() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "1.信访举报投诉类申请")
    row = three[at]
    values = ["1", "0", "0", "0", "0", "0", "0", "10"]
    three[at] = [*row[:2], *(Printed(value) for value in values)]
    parsed = with_three(three)
    cells = {cell.cell.split(".")[2]: cell for cell in parsed.cells if ".unprocessed_petition." in cell.cell}
    assert [f"{cells[c].value}" for c in APPLICANTS] == ["10", "0", "0", "0", "0", "0", "10"]
    assert cells["natural_person"].raw == "1 0"
    assert "reading_chosen_by_identity" in codes(parsed)


@pytest.mark.parametrize(
    "values", [["1", "0", "5", "0", "0", "0", "0", "9"], ["0", "1", "1", "0", "0", "1", "1", "2"]]
)
def test_eight_figures_that_no_one_reading_explains_are_illegible(values: list[str]) -> None:
    three = table_three(FIGURES)
    at = row_of(three, "1.信访举报投诉类申请")
    three[at] = [*three[at][:2], *(Printed(value) for value in values)]
    assert set(states(with_three(three), "applications.unprocessed_petition.").values()) == {"illegible"}


def test_a_digit_displaced_into_the_label_is_taken_only_where_the_sum_proves_it() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "2.重复申请")
    three[at] = [Printed("2.重复申请1"), *(Printed(v) for v in ["2", "0", "0", "0", "0", "0", "12"])]
    read = read_values(with_three(three))
    assert read["applications.unprocessed_repeat.natural_person"] == "12"
    three[at] = [Printed("2.重复申请1"), *(Printed(v) for v in ["2", "0", "0", "0", "0", "0", "7"])]
    assert set(states(with_three(three), "applications.unprocessed_repeat.").values()) == {"illegible"}


def test_a_kind_and_a_result_in_one_head_are_both_read() -> None:
    four = table_four(FIGURES)
    merged = Printed("行政复议\n" + four[1][0].text, rows=2)
    four = [[Printed("", columns=5), *four[0][1:]], [merged, *four[1][1:]], *four[2:]]
    parsed = whole_report(table_two(FIGURES), table_three(FIGURES), four)
    assert {k: v for k, v in read_values(parsed).items() if k.startswith("reviews.")} == of("reviews.")


def test_a_label_in_two_cells_is_one_label() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "7.属于行政执法案卷")
    label, *figures = three[at]
    three[at] = [Printed("7.属于行"), Printed("政执法案卷"), *figures]
    three = [[replace(c, columns=2) if c is label else c for c in r] for r in three]
    parsed = with_three(three)
    name = "applications.refused_enforcement_file.natural_person"
    assert read_values(parsed)[name] == FIGURES[name]
    assert wrong(parsed) == {}


def test_one_mark_over_all_columns_is_said_of_each() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "二、上年结转")
    three[at] = [*three[at][:-7], Printed("/", columns=7)]
    row = states(with_three(three), "applications.carried_over.")
    assert row == {f"applications.carried_over.{c}": "not_applicable" for c in APPLICANTS}


def test_one_figure_over_all_columns_is_nobodys() -> None:
    three = table_three(FIGURES)
    at = row_of(three, "二、上年结转")
    three[at] = [*three[at][:-7], Printed("0", columns=7)]
    parsed = with_three(three)
    assert set(states(parsed, "applications.carried_over.").values()) == {"illegible"}
    assert "figure_unclaimed" in codes(parsed)


def test_a_row_that_counts_the_columns_takes_no_labels_away() -> None:
    three = table_three(FIGURES)
    counting = [Printed("序号", columns=3), *(Printed(str(i)) for i in range(1, 8))]
    parsed = with_three([*three[:3], counting, *three[3:]])
    assert read_values(parsed) == FIGURES


def test_a_table_that_goes_on_without_its_header_is_read_where_its_rows_reach_from_first_to_last() -> None:
    blank = {cell: "" for cell in FIGURES if cell.split(".")[-1] in APPLICANTS[1:-1]}
    three = table_three({**FIGURES, **blank})
    at = row_of(three, "（四）无法提供")
    # As Markdown prints it: what a label spans are empty cells
    apart = [[p for c in row for p in (Printed(c.text), *[Printed("")] * (c.columns - 1))] for row in three]
    rest = [[*[Printed("")] * (10 - len(row)), *row] for row in apart[at:]]
    parsed = report(HEADING_THREE, grid(three[:at], 1), grid(rest, 2))
    name = "applications.total_processed"
    assert read_values(parsed)[f"{name}.total"] == FIGURES[f"{name}.total"]
    assert states(parsed, f"{name}.")[f"{name}.business"] == "blank"
