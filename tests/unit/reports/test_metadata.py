"""What a document says of itself."""

import datetime as dt

import pytest

from ogi.documents.read import read_document
from ogi.reports.dates import find_dates
from ogi.reports.metadata import Metadata, read_metadata


def metadata(text: str) -> Metadata:
    return read_metadata(read_document(text.encode()))


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("江南街道办事处 2020 年政府信息公开工作 年度报告", "江南街道办事处", 2020),
        ("2022年度螅镇政府信息公开工作年度报告", "螅镇", 2022),
        ("宿城区住房和城乡建设局政府信息公开工作年度报告（2023年度）", "宿城区住房和城乡建设局", 2023),
        ("平潭县财政局二〇〇九年度政府信息公开年度报告", "平潭县财政局", 2009),
        ("宿迁市人民政府\n2023年政府信息公开工作年度报告", "宿迁市人民政府", 2023),
        ("越秀区教育局2021年政府信息公开工作年度报告（更正版）", "越秀区教育局", 2021),
    ],
)
def test_the_title_names_agency_and_year(title: str, agency: str, year: int) -> None:
    read = metadata(title)
    assert (read.agency, read.year) == (agency, year)


def test_a_notice_about_reports_has_no_title_of_a_report() -> None:
    assert metadata("关于做好2023年政府信息公开工作年度报告编制工作的通知").title is None


def test_the_number_of_a_cited_notice_is_not_the_documents_own() -> None:
    cited = "甲市乙局2022年政府信息公开工作年度报告\n根据国办公开办函〔2021〕30号的要求编制。"
    assert metadata(cited).document_number is None
    assert metadata("乙局〔2023〕4号\n" + cited).document_number == "乙局〔2023〕4号"


def test_the_sites_date_of_publication_goes_before_the_date_of_signature() -> None:
    text = (
        "甲市乙局2022年政府信息公开工作年度报告\n发布时间：2023-02-08 16:34\n正文。\n甲市乙局\n2023年1月12日"
    )
    assert metadata(text).published_on == dt.date(2023, 2, 8)
    assert metadata(text.replace("发布时间：2023-02-08 16:34\n", "")).published_on == dt.date(2023, 1, 12)


def test_what_is_not_printed_is_none() -> None:
    read = metadata("甲市乙局2022年政府信息公开工作年度报告\n正文。")
    assert (read.published_on, read.period_start, read.document_number, read.division_code) == (
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    "printed",
    [
        "2021年1月5日",
        "2021-01-05",
        "2021.1.5",
        "二〇二一年一月五日",
        "二○二一年一月五日",
        "二O二一年一月五日",
    ],
)
def test_dates_are_read_however_an_office_writes_them(printed: str) -> None:
    assert find_dates(printed) == [dt.date(2021, 1, 5)]


def test_an_impossible_date_is_no_date() -> None:
    assert find_dates("2021年2月30日") == []
