"""What a document says of itself."""

import datetime as dt

import pytest

from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.documents.read import read_document
from ogi.reports.dates import find_dates
from ogi.reports.metadata import Metadata, read_metadata
from ogi.reports.parse import parse_bytes


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
        ("越秀区教育局2021年度政府信息公开工作总结报告", "越秀区教育局", 2021),
        ("越秀区教育局政府信息公开2021年度报告", "越秀区教育局", 2021),
        ("《越秀区教育局2021年政府信息公开工作年度报告》", "越秀区教育局", 2021),
        ("附件2：越秀区教育局2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局\n2021年政府信息公开\n工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局\n政府信息公开工作年度报告\n（2021年度）", "越秀区教育局", 2021),
        ("政府信息公开工作年度报告\n（2021年度）\n越秀区教育局", "越秀区教育局", 2021),
        ("越秀区教育局2021年政务公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局2021年政府信息公开和政务公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局2021年政府信息主动公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局2021政府信息公开工作年度报告.pdf", "越秀区教育局", 2021),
        ("越秀区教育局政府信息公开年报2021", "越秀区教育局", 2021),
        ("关于越秀区教育局2021年政府信息公开工作年度报告的公示", "越秀区教育局", 2021),
        ("关于公布越秀区教育局2021年政府信息公开工作年度报告的公告", "越秀区教育局", 2021),
        ("关于印发《越秀区教育局2021年政府信息公开工作年度报告》的通知", "越秀区教育局", 2021),
        ("【年报】越秀区教育局2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("2021年政府信息公开工作年度报告\n（越秀区教育局）", "越秀区教育局", 2021),
        ("2021年政府信息公开工作年度报告（越秀区教育局）", "越秀区教育局", 2021),
        ("2021年度·越秀区教育局政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局——2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局“2021年政府信息公开工作年度报告”", "越秀区教育局", 2021),
        ("越秀区教育局2021年政府信息公开工作年度报告正文", "越秀区教育局", 2021),
        ("越秀区教育局2021年政府信息公开工作年度报告。", "越秀区教育局", 2021),
        ("[年报]越秀区教育局2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("越秀区教育局2021年度《政府信息公开工作年度报告》", "越秀区教育局", 2021),
        ("越秀区教育局：2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("（越秀区教育局）2021年政府信息公开工作年度报告", "越秀区教育局", 2021),
        ("关于越秀区教育局2021年政府信息公开工作年度报告的更正公告", "越秀区教育局", 2021),
        ("越秀区教育局关于报送2021年政府信息公开工作年度报告的函", "越秀区教育局", 2021),
    ],
)
def test_the_title_names_agency_and_year(title: str, agency: str, year: int) -> None:
    read = metadata(title)
    assert (read.agency, read.year) == (agency, year)


@pytest.mark.parametrize(
    "line",
    [
        "关于做好2023年政府信息公开工作年度报告编制工作的通知",
        "关于印发2023年政府信息公开工作年度报告格式的通知",
        "越秀区教育局2023年政务公开工作报告",
        "越秀区教育局2021年、2022年政府信息公开工作年度报告",
    ],
)
def test_a_line_that_only_speaks_of_reports_is_no_title_of_one(line: str) -> None:
    assert metadata(line).title is None


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


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("发布时间：2024-1-1 15:02 浏览：312次", dt.date(2024, 1, 1)),
        ("发布时间：2024-01-18 9:05", dt.date(2024, 1, 18)),
        ("2024-1-1 15:02", dt.date(2024, 1, 1)),
        ("成文日期：2024年1月10日　发布日期：2024年1月18日", dt.date(2024, 1, 18)),
        ("信息来源：县水利局　日期：2024-01-18　字号：大 中 小", dt.date(2024, 1, 18)),
        ("成文日期：2024年1月10日", dt.date(2024, 1, 10)),
    ],
)
def test_the_day_of_publication_is_read_apart_from_hours_and_other_days(line: str, day: dt.date) -> None:
    assert metadata(f"越秀区教育局2023年政府信息公开工作年度报告\n{line}").published_on == day


def test_the_number_of_the_state_councils_office_is_never_a_reports_own() -> None:
    cited = "国办公开办函〔2021〕30号\n甲市乙局2022年政府信息公开工作年度报告"
    assert metadata(cited).document_number is None


@pytest.mark.parametrize(
    "signed",
    [
        "甲市乙局 2023年1月12日",
        "甲市乙局二〇二三年一月十二日",
        "（甲市乙局）\n2023年1月12日",
        "甲市乙局\n二0二三年一月十二日",
    ],
)
def test_name_and_date_of_a_signature_may_stand_in_one_line_or_in_brackets(signed: str) -> None:
    read = metadata("2022年政府信息公开工作年度报告\n正文。\n" + signed)
    assert (read.agency, read.published_on) == ("甲市乙局", dt.date(2023, 1, 12))


def test_a_site_may_print_the_date_without_a_label_before_the_source() -> None:
    text = "甲市乙局2022年政府信息公开工作年度报告\n2023-02-08 16:34 来源：甲市乙局 浏览次数：12\n正文。"
    assert metadata(text).published_on == dt.date(2023, 2, 8)


def test_an_accounts_page_has_its_date_between_name_and_place() -> None:
    text = "甲市乙局2022年政府信息公开工作年度报告\n甲市乙局 2023-02-08 16:34 河南\n正文。"
    assert metadata(text).published_on == dt.date(2023, 2, 8)


def test_what_a_site_prints_behind_the_publisher_is_no_part_of_its_name() -> None:
    text = "2022年政府信息公开工作年度报告\n来源：甲县财政局 字号：[大 中 小] 浏览量：12\n正文。"
    assert metadata(text).agency == "甲县财政局"


def test_a_bureau_that_calls_itself_ours_is_not_named_so() -> None:
    text = "现将我局2022年政府信息公开工作年度报告公布如下。\n正文。\n甲市乙局\n2023年1月12日"
    assert metadata(text).agency == "甲市乙局"


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
        "二0二一年一月五日",
    ],
)
def test_dates_are_read_however_an_office_writes_them(printed: str) -> None:
    assert find_dates(printed) == [dt.date(2021, 1, 5)]


def test_an_impossible_date_is_no_date() -> None:
    assert find_dates("2021年2月30日") == []


@pytest.mark.parametrize(
    ("lines", "agency"),
    [
        ("泉州市鲤城区住房和城乡建设局2020年度政府信息公开工作年度报\n告", "泉州市鲤城区住房和城乡建设局"),
        ("泉州市鲤城区住房和城乡建\n设局2020年度政府信息公开工作年度报告", "泉州市鲤城区住房和城乡建设局"),
        ("鲤城区财政局\n2020年政府信息公开工作年度报告", "鲤城区财政局"),
    ],
)
def test_a_title_on_two_lines_is_read_as_one(lines: str, agency: str) -> None:
    read = metadata(lines + "\n正文。")
    assert (read.agency, read.year) == (agency, 2020)


def test_a_note_behind_the_date_of_signature_is_no_part_of_it() -> None:
    text = "甲市乙局2022年政府信息公开工作年度报告\n正文。\n甲市乙局\n2023年1月12日（此件主动公开）"
    assert metadata(text).published_on == dt.date(2023, 1, 12)


def site(rows: list[list[str]], *texts: str) -> Metadata:
    cells = [[GridCell(t, r, c) for c, t in enumerate(row, 1)] for r, row in enumerate(rows, 1)]
    blocks = [Grid(1, cells, True), *(Text(text, line) for line, text in enumerate(texts, 1))]
    return read_metadata(Document("html", blocks))


def test_a_sites_table_gives_publisher_number_and_date() -> None:
    read = site(
        [
            ["索引号", "FJ01-2023-4", "发布机构", "平潭县财政局"],
            ["文号", "岚财〔2023〕4号", "发布日期", "2023-02-03"],
        ],
        "平潭县财政局2022年政府信息公开工作年度报告",
    )
    assert (read.agency_full, read.document_number, read.published_on) == (
        "平潭县财政局",
        "岚财〔2023〕4号",
        dt.date(2023, 2, 3),
    )


def test_a_bare_name_belongs_to_the_district_of_its_site() -> None:
    texts = [Text("区统计局2023年政府信息公开工作年度报告", 1)]
    properties = {"SiteName": "泉州市鲤城区人民政府"}
    assert read_metadata(Document("html", texts, properties)).division_code == "350502"
    assert read_metadata(Document("html", texts)).division_code is None


def test_the_sites_name_of_the_page_stands_in_for_a_title_that_the_text_lacks() -> None:
    properties = {
        "ArticleTitle": "鲤城区财政局2024年度政府信息公开工作年度报告",
        "PubDate": "2025-01-20 10:00",
    }
    read = read_metadata(Document("html", [Text("一、总体情况", 1)], properties))
    assert (read.agency, read.year, read.published_on) == ("鲤城区财政局", 2024, dt.date(2025, 1, 20))


def test_links_to_other_years_do_not_change_the_year() -> None:
    text = (
        "鲤城区财政局2020年政府信息公开工作年度报告\n鲤城区财政局2019年政府信息公开工作年度报告\n"
        "鲤城区财政局2021年政府信息公开工作年度报告\n一、总体情况\n正文。"
    )
    assert metadata(text).year == 2021


def test_an_agency_that_only_the_prose_names_is_the_one_that_acts() -> None:
    text = "一、总体情况\n2020年，江南街道办事处认真落实条例，参照鲤城区教育局的做法公开信息。"
    assert (metadata(text).agency, metadata(text).year) == ("江南街道办事处", 2020)


def test_a_place_is_completed_by_the_body_that_the_text_prints() -> None:
    text = "平潭综合实验区2021年政府信息公开工作年度报告\n请与平潭综合实验区管委会办公室联系。"
    read = metadata(text)
    assert (read.agency, read.agency_full) == ("平潭综合实验区", "平潭综合实验区管委会")


def test_one_misread_character_in_a_divisions_name_is_mended_and_told() -> None:
    read = metadata("沐阳县人民政府2025年政府信息公开工作年度报告")
    assert (read.agency, read.agency_full, read.division_code) == (
        "沐阳县人民政府",
        "沭阳县人民政府",
        "321322",
    )
    assert read.corrected_from == "沐阳县人民政府"


def test_two_reports_in_one_document_are_two_reports() -> None:
    one = "鲤城区财政局2019年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息7条。\n"
    other = "鲤城区财政局2020年政府信息公开工作年度报告\n一、总体情况\n主动公开政府信息9条。\n"
    reports = parse_bytes((one + other).encode(), "x")
    assert [(r.report and r.report.year, [f"{n.value}" for n in r.narrative]) for r in reports] == [
        (2019, ["7"]),
        (2020, ["9"]),
    ]


def test_a_list_of_other_years_reports_makes_no_further_report() -> None:
    one = "鲤城区财政局2019年政府信息公开工作年度报告\n一、总体情况\n正文。\n相关链接\n"
    links = "鲤城区财政局2018年政府信息公开工作年度报告\n鲤城区财政局2017年政府信息公开工作年度报告\n"
    assert len(parse_bytes((one + links).encode(), "x")) == 1
