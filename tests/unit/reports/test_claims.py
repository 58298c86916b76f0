"""Every printed number of a recognised table ends in a cell or in a problem."""

from hypothesis import given
from hypothesis import strategies as st

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
