"""Text copied out of a PDF: labels and headers cut where their columns are narrow, a row's figures in one line."""

import pytest
from printed_forms import APPLICANTS, GROUPS, figures_2021, read_values

from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

FIGURES = figures_2021(3)
HEADER = "自然\n人\n法人或其他组织 总计\n商业\n企业\n科研\n机构\n社会\n公益\n组织\n法律\n服务\n机构\n其他"
FIRST = {
    "new_requests": "一、本年新收政府信息\n公开申请数量",
    "carried_over": "二、上年结转政府信息\n公开申请数量",
    "granted": "（一）予以公\n开",
    "partly_granted": "（二）部分公\n开（区分处理\n的，只计这一\n情形，不计其\n他情形）",
}
LAST = {"total_processed": "（七）总计", "carried_forward": "四、结转下年度继续办\n理"}


def row(label: str, code: str) -> str:
    return f"{label}\n" + " ".join(FIGURES[f"applications.{code}.{column}"] for column in APPLICANTS)


def table(first: dict[str, str]) -> str:
    """Print table 三 with the labels of the first rows cut, those of the groups whole."""
    groups = [f"{group}\n" + "\n".join(row(label, code) for label, code in rows) for group, rows in GROUPS]
    head = [row(label, code) for code, label in first.items()]
    return "\n".join([*head, *groups, *(row(label, code) for code, label in LAST.items())])


def parse(header: str, rows: str) -> ParsedReport:
    title = "泉州市鲤城区财政局2023年政府信息公开工作年度报告"
    text = f"{title}\n三、收到和处理政府信息公开申请情况\n申请人情况\n{header}\n{rows}"
    [parsed] = parse_bytes(text.encode(), "report.txt")
    return parsed


def of_table_three() -> dict[str, str]:
    return {cell: value for cell, value in FIGURES.items() if cell.startswith("applications.")}


def test_cut_labels_and_a_cut_header_are_put_together() -> None:
    assert read_values(parse(HEADER, table(FIRST))) == of_table_three()


@pytest.mark.parametrize(
    "header",
    [
        HEADER.replace("社会\n公益\n组织", "社会公益\n组织"),
        HEADER.replace("法律\n服务\n机构", "法律服务\n机构"),
        HEADER.replace("科研\n机构", "科研"),
    ],
)
def test_an_abbreviation_may_be_the_first_line_of_a_label(header: str) -> None:
    assert read_values(parse(header, table(FIRST))) == of_table_three()


def test_a_row_of_the_agencys_own_is_not_read_as_the_end_of_the_label_before() -> None:
    own = FIRST | {"granted": "（一）予以公\n开\n其中：当场答复\n9 9 9 9 9 9 63\n（一）予以公\n开"}
    assert read_values(parse(HEADER, table(own))) == of_table_three()


def test_two_beginnings_that_make_no_label_name_no_row() -> None:
    torn = FIRST | {"granted": "（一）予以公\n布"}
    read = read_values(parse(HEADER, table(torn)))
    assert read == {cell: value for cell, value in of_table_three().items() if ".granted." not in cell}
