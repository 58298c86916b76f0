"""Facts and a layout to a document's content, with the truth of what it says."""

import datetime as dt
import random

from ogi.demo.content import Block, Content, Line, Table
from ogi.demo.cutting import cut_table
from ogi.demo.forms.applications import applications_table
from ogi.demo.forms.proactive import proactive_tables
from ogi.demo.forms.provincial import provincial_table
from ogi.demo.forms.reviews import reviews_table
from ogi.demo.forms.statistics import statistics_table
from ogi.demo.histories import Facts
from ogi.demo.labels import rewrite_labels
from ogi.demo.layouts import Layout
from ogi.demo.printing import print_cells
from ogi.demo.prose import draw_prose, problems_paragraph
from ogi.demo.slips import slip
from ogi.demo.truth import Printed, TruthReport, truth_of
from ogi.reports.model import NarrativeCount, ReportHeader, Source

MARK = "【合成样例：数字为虚构，仅供演示，不是真实报告】"
_BASIS = {
    "2014": "国务院办公厅关于加强和规范政府信息公开情况统计报送工作的通知",
    "2019": "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": "中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
}
_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}关于{year}年政府信息公开工作年度报告",
)
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def compose(rng: random.Random, facts: Facts, layout: Layout, source: Source) -> tuple[Content, TruthReport]:
    """Write a report's content, and the truth of it (whose source is completed once the bytes are known)."""
    agency = rng.choice((facts.agency.name, facts.agency.full_name))
    number = f"{facts.agency.mark}〔{facts.year + 1}〕{rng.randint(1, 99)}号" if rng.random() < 0.3 else None  # noqa: PLR2004
    has_period = rng.random() < 0.8  # noqa: PLR2004 - four in five
    header = ReportHeader(
        agency=agency,
        agency_full=facts.agency.full_name,
        division_code=facts.agency.division_code,
        year=facts.year,
        template=facts.template,
        document_number=number,
        published_on=facts.published_on,
        period_start=facts.period[0] if has_period else None,
        period_end=facts.period[1] if has_period else None,
    )
    printed = print_cells(rng, facts, layout)
    body, narrative = _body(rng, facts, layout, printed)
    title = rng.choice(_TITLES).format(agency=agency, year=facts.year)
    blocks: list[Block] = [Line(MARK), *_title_lines(rng, title, agency)]
    if number:
        blocks.insert(1, Line(number))
    blocks += [Line(_opening(facts, has_period)), *body]
    blocks += [Line(facts.agency.full_name, -1), Line(_day(rng, facts.published_on), -1), Line(MARK)]
    site = [
        ("索引号", f"{facts.agency.division_code}/{facts.year + 1}-{rng.randint(1, 99999):05}"),
        ("发布机构", facts.agency.full_name),
        ("发布日期", facts.published_on.isoformat()),
        ("浏览次数", str(rng.randint(10, 9999))),
    ]
    truth = truth_of(facts, printed, header, narrative, source, layout.name)
    return Content(title, blocks, site), truth


def _title_lines(rng: random.Random, title: str, agency: str) -> list[Line]:
    """Print the title on one line, or the agency on a line of its own above the rest."""
    if title.startswith(agency) and rng.random() < 0.2:  # noqa: PLR2004 - one in five
        return [Line(agency, level=1), Line(title.removeprefix(agency), level=1)]
    return [Line(title, level=1)]


def _opening(facts: Facts, has_period: bool) -> str:
    basis = (
        f"《中华人民共和国政府信息公开条例》和《{_BASIS[facts.template]}"
        if facts.template
        else "《政府信息公开条例》"
    )
    basis += "》" if facts.template == "2014" else ""
    period = (
        f"本报告所列数据的统计期限自{facts.year}年1月1日起至{facts.year}年12月31日止。" if has_period else ""
    )
    return f"根据{basis}的规定，编制本报告。{period}"


def _day(rng: random.Random, day: dt.date) -> str:
    if rng.random() < 0.8:  # noqa: PLR2004 - four in five
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{str(day.year).translate(_DIGITS)}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    """Write 1 to 31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    first = {0: "", 1: "十"}.get(tens, str(tens).translate(_DIGITS) + "十")
    return first + (str(ones).translate(_DIGITS) if ones else "")


def _body(
    rng: random.Random, facts: Facts, layout: Layout, printed: dict[str, Printed]
) -> tuple[list[Block], list[NarrativeCount]]:
    """Return the sections in order, and the counts that their prose states."""
    proactive, requests, narrative = draw_prose(rng, facts.prose)
    problems = Line(problems_paragraph(rng))
    if facts.template is None:
        return [
            *_section("一、概述", Line("本单位按照统一部署，规范开展政府信息公开工作。")),
            *_section("二、主动公开政府信息情况", *map(Line, proactive)),
            *_section("三、依申请公开政府信息情况", *map(Line, requests)),
            *_section("四、存在的主要问题和改进措施", problems),
            *(_section("附表：政府信息公开情况统计表", provincial_table(rng)) if facts.has_own_table else []),
        ], narrative
    if facts.template == "2014":
        return [
            *_section("一、工作情况", *map(Line, proactive + requests)),
            *_section("二、存在的主要问题和改进措施", problems),
            *_section("附件：政府信息公开情况统计表", *_tables(rng, layout, [statistics_table(printed)])),
        ], narrative
    form = facts.template
    filled = slip(rng, applications_table(form, printed, layout), printed, layout)
    applications = cut_table(rng, filled, layout)
    proactive_part = proactive_tables(rng, form, printed, layout)
    reviews = [reviews_table(form, printed, layout)]
    return [
        *_section("一、总体情况", *map(Line, proactive + requests)),
        *_section("二、主动公开政府信息情况", *_tables(rng, layout, proactive_part)),
        *_section("三、收到和处理政府信息公开申请情况", *_tables(rng, layout, applications)),
        *_section("四、政府信息公开行政复议、行政诉讼情况", *_tables(rng, layout, reviews)),
        *_section("五、存在的主要问题及改进情况", problems),
        *_section("六、其他需要报告的事项", Line("无其他需要报告的事项。")),
    ], narrative


def _section(heading: str, *blocks: Block) -> list[Block]:
    return [Line(heading, level=2), *blocks]


def _tables(rng: random.Random, layout: Layout, tables: list[Table]) -> list[Table]:
    for table in tables:
        rewrite_labels(rng, table, layout)
    return tables
