"""Facts and a layout to a document's content, with the truth of what it says."""

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
from ogi.demo.letterhead import draw_letterhead
from ogi.demo.printing import print_cells
from ogi.demo.prose import draw_prose, problems_paragraph
from ogi.demo.slips import slip
from ogi.demo.truth import Printed, TruthReport, truth_of
from ogi.reports.model import NarrativeCount, Source

MARK = "【合成样例：数字为虚构，仅供演示，不是真实报告】"
_HEADINGS = {
    "form": (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
    ),
    "renamed": (
        "二、行政机关主动公开政府信息情况",
        "三、行政机关收到和处理政府信息公开申请情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    "misprinted": (
        "二、主动公开政府信息公开情况",
        "三、收到和处理政府信息公申请情况",
        "四、政府信息公开行政行法复议、行政诉讼情况",
    ),
}


def compose(rng: random.Random, facts: Facts, layout: Layout, source: Source) -> tuple[Content, TruthReport]:
    """Write a report's content, and the truth of it (whose source is completed once the bytes are known)."""
    head = draw_letterhead(rng, facts, layout)
    printed = print_cells(rng, facts, layout)
    body, narrative = _body(rng, facts, layout, printed)
    blocks = [Line(MARK), *head.above, *body, *head.below, Line(MARK)]
    truth = truth_of(facts, printed, head.header, narrative, source, layout.name)
    return Content(head.title, blocks, head.site), truth


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
    parts = [_tables(rng, layout, part) for part in (proactive_part, applications, reviews)]
    headings = _HEADINGS.get(layout.headings, (None, None, None))
    tables = [_section(heading, *part) for heading, part in zip(headings, parts, strict=True)]
    return [
        *_section("一、总体情况", *map(Line, proactive + requests)),
        *(block for section in tables for block in section),
        *_section("五、存在的主要问题及改进情况", problems),
        *_section("六、其他需要报告的事项", Line("无其他需要报告的事项。")),
    ], narrative


def _section(heading: str | None, *blocks: Block) -> list[Block]:
    return [Line(heading, level=2), *blocks] if heading else list(blocks)


def _tables(rng: random.Random, layout: Layout, tables: list[Table]) -> list[Table]:
    for table in tables:
        rewrite_labels(rng, table, layout)
    return tables
