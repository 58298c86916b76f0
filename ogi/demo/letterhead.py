"""What a report says of itself: title, number, signature, dates, the site's fields around it."""

import datetime as dt
import random
from dataclasses import dataclass

from ogi.demo.content import Line
from ogi.demo.histories import Facts
from ogi.demo.layouts import Layout
from ogi.reports.model import ReportHeader

_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{agency}关于{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开年度报告",
    "{agency}{numerals}年政府信息公开工作年度报告",
    "{agency}政府信息公开工作年度报告（{year}年度）",
)
# Where the signature names the agency, some titles do not
_NAMELESS_TITLE = "{year}年政府信息公开工作年度报告"
_BASIS = {
    "2014": "政府信息公开情况统计报送工作的通知》",
    "2019": "关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）",
    "2021": "中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
}
_NUMBERED, _WITH_PERIOD, _TWO_LINES, _IN_NUMERALS, _NAMELESS = 0.3, 0.8, 0.2, 0.2, 0.1
# Signed at the end; dated below the title; not dated at all
_ENDINGS = ("signed", "signed", "signed", "signed", "dated_above", "undated")
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The truth of a report's header, and the lines that say it."""

    header: ReportHeader
    title: str
    above: list[Line]
    below: list[Line]
    site: list[tuple[str, str]]


def draw_letterhead(rng: random.Random, facts: Facts, layout: Layout) -> Letterhead:
    """Draw how a report names its agency, its year and its dates."""
    agency = facts.agency
    ending = rng.choice(_ENDINGS)
    # Where nobody signs, the title says which of the districts of one name it is
    name = agency.full_name if ending == "undated" else rng.choice((agency.name, agency.full_name))
    number = f"{agency.mark}〔{facts.year + 1}〕{rng.randint(1, 99)}号" if rng.random() < _NUMBERED else None
    has_period = rng.random() < _WITH_PERIOD
    is_dated = ending != "undated" or layout.dress == "site"
    wording = rng.choice(_TITLES)
    if ending == "signed" and rng.random() < _NAMELESS:
        name, wording = agency.full_name, _NAMELESS_TITLE
    numerals = str(facts.year).translate(_DIGITS)
    title = wording.format(agency=name, year=facts.year, numerals=numerals)
    header = ReportHeader(
        agency=name,
        agency_full=agency.full_name,
        division_code=agency.division_code,
        year=facts.year,
        template=facts.template,
        document_number=number,
        published_on=facts.published_on if is_dated else None,
        period_start=facts.period[0] if has_period else None,
        period_end=facts.period[1] if has_period else None,
    )
    day = _day(rng, facts.published_on)
    above = [Line(number)] if number else []
    above += _title_lines(rng, title, name)
    if ending == "dated_above":
        above += [Line(agency.full_name), Line(f"（{day}）")]
    above.append(Line(_opening(facts, has_period)))
    below = [Line(agency.full_name, -1), Line(day, -1)] if ending == "signed" else []
    return Letterhead(header, title, above, below, _site(rng, facts))


def _title_lines(rng: random.Random, title: str, agency: str) -> list[Line]:
    """Print the title on one line, or the agency on a line of its own above the rest."""
    if title.startswith(agency) and rng.random() < _TWO_LINES:
        return [Line(agency, level=1), Line(title.removeprefix(agency), level=1)]
    return [Line(title, level=1)]


def _opening(facts: Facts, has_period: bool) -> str:
    basis = f"和《{_BASIS[facts.template]}" if facts.template else ""
    period = f"本报告所列数据的统计期限自{facts.year}年1月1日起至{facts.year}年12月31日止。"
    return f"根据《中华人民共和国政府信息公开条例》{basis}的规定，编制本报告。{period if has_period else ''}"


def _site(rng: random.Random, facts: Facts) -> list[tuple[str, str]]:
    return [
        ("索引号", f"{facts.agency.division_code}/{facts.year + 1}-{rng.randint(1, 99999):05}"),
        ("发布机构", facts.agency.full_name),
        ("发布日期", facts.published_on.isoformat()),
        ("浏览次数", str(rng.randint(10, 9999))),
    ]


def _day(rng: random.Random, day: dt.date) -> str:
    if rng.random() >= _IN_NUMERALS:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{str(day.year).translate(_DIGITS)}年{_numeral(day.month)}月{_numeral(day.day)}日"


def _numeral(number: int) -> str:
    """Write 1 to 31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    first = {0: "", 1: "十"}.get(tens, str(tens).translate(_DIGITS) + "十")
    return first + (str(ones).translate(_DIGITS) if ones else "")
