"""The tables of the page, as HTML that a screen reader can walk through, and as CSV."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from html import escape

from dashboards.indicators import INDICATORS, Unit, printed
from dashboards.release import BEIJING, District, DistrictYear, Figure, LateReport, Release

STYLE = """
<style>
[data-testid="stMainBlockContainer"] {max-width: 82rem; margin: 0 auto; padding-top: 2.5rem}
[data-testid="stHeading"] h2 span span {font-weight: 400; color: #566173 !important}
.ogi-release {display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 0; padding: .8rem 1.1rem;
  background: #f3f5f8; border-left: 4px solid #1f4e79}
.ogi-release dt {font-size: .8rem; color: #566173}
.ogi-release dd {margin: 0; font-weight: 600; font-variant-numeric: tabular-nums}
.ogi-table {border-collapse: collapse; width: 100%; font-size: .95rem; font-variant-numeric: tabular-nums}
.ogi-table caption {text-align: left; color: #566173; padding: 0 0 .6rem}
.ogi-table th, .ogi-table td {padding: .6rem .5rem; border: 0; border-bottom: 1px solid #dfe4ea; text-align: right;
  vertical-align: top}
.ogi-table thead th {border-bottom: 2px solid #1f4e79; font-weight: 600; white-space: nowrap; background: #fff;
  position: sticky; top: 0}
.ogi-table th:first-child, .ogi-table.words th, .ogi-table.words td {text-align: left}
.ogi-table tbody th {font-weight: 600; white-space: nowrap}
.ogi-table small {display: block; font-size: .78rem; font-weight: 400; color: #566173; line-height: 1.4}
.ogi-table thead th small {white-space: normal}
.ogi-table thead th i {font-style: normal; font-weight: 400; font-size: .8rem; color: #566173}
.ogi-table:not(.words) th:first-child {position: sticky; left: 0; background: #fff}
.ogi-table.words td {white-space: nowrap}
.ogi-table.words td small {display: inline; margin-left: .5em}
.ogi-table td.none {text-align: center}
.ogi-scroll {overflow: auto}
.ogi-scroll.tall {max-height: 32rem; border: 1px solid #dfe4ea}
</style>
"""

_BASES = {
    "agencies": ("各机关加总", "agencies"),
    "government_summary": ("政府汇总", "government"),
}


def comparison_html(
    year: int, districts: Sequence[District], rows: dict[tuple[str, int], DistrictYear]
) -> str:
    """Render one row a district and one column an indicator; under each figure what it rests on."""
    heads = "".join(_head(indicator.zh, indicator.en, indicator.unit.value) for indicator in INDICATORS)
    body = "".join(_district_row(district, rows.get((district.code, year))) for district in districts)
    return (
        '<div class="ogi-scroll" lang="zh-CN" tabindex="0" role="region" aria-label="指标对比表 Comparison of indicators">'
        f'<table class="ogi-table"><caption>{year} 年度。“—”表示没有数值，不是0；n＝所依据的报告份数。 '
        "<small>“—” is no figure, never a zero; n is the number of reports that a figure rests on.</small></caption>"
        f"<thead><tr>{_head('地区', 'Place')}{_head('收到／应报', 'Received, basis')}{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def late_summary(late: Sequence[LateReport], undated: int, as_of: date) -> str:
    """Count in words the reports that did not come, are not due yet, came late, or print no date (`undated`)."""
    late_count = sum(report.published_on is not None for report in late)
    not_due = sum(report.published_on is None and report.deadline >= as_of for report in late)
    missing = len(late) - late_count - not_due
    return (
        f"未收到 **{missing}** 份，尚未到期 **{not_due}** 份，逾期 **{late_count}** 份；"
        f"另有 **{undated}** 份未印发布日期，是否按时不得而知。  \n"
        f":small[{missing} not received, {not_due} not due yet, {late_count} late; "
        f"{undated} more print no date, so nobody knows whether they were in time.]"
    )


def release_html(release: Release, reports: int, today: date) -> str:
    """Say which release is shown, when it was built, how old it is on the day `today` and how many reports it holds."""
    built_at = release.built_at.astimezone(BEIJING)
    days = (today - built_at.date()).days
    age = "今天 today" if days == 0 else f"{days} 天前 {days} day{'s' if days > 1 else ''} ago"
    facts = (
        ("数据版本 Release", release.release_id),
        ("生成时间（北京时间） Built, Beijing time", f"{built_at:%Y-%m-%d %H:%M}（{age}）"),
        ("收录报告 Reports", f"{reports:,} 份"),
    )
    parts = "".join(f"<div><dt>{escape(term)}</dt><dd>{escape(fact)}</dd></div>" for term, fact in facts)
    return f'<dl class="ogi-release" lang="zh-CN">{parts}</dl>'


def late_html(late: Sequence[LateReport], kinds: dict[str, tuple[str, str]], as_of: date) -> str:
    """Render one row a report that did not come or came late, with its state in words.

    Args:
        late: the reports.
        kinds: the names of the kinds of agency in Chinese and English, by code.
        as_of: the day the release was built, in China: what was not due then is not called missing.
    """
    heads = "".join(
        (
            _head("地区", "Place"),
            _head("机关", "Agency"),
            _head("类别", "Kind"),
            _head("期限", "Deadline"),
            _head("发布日期", "Published"),
            _head("情况", "State"),
        )
    )
    body = "".join(
        f'<tr><td>{escape(report.district.name)}</td><th scope="row">{escape(report.agency_name)}</th>'
        f"<td>{_two(*kinds.get(report.agency_kind, (report.agency_kind, '')))}</td>"
        f"<td>{report.deadline}</td><td>{report.published_on or '—'}</td>"
        f"<td>{_two(*state_of(report, as_of))}</td></tr>"
        for report in late
    )
    return (
        '<div class="ogi-scroll tall" lang="zh-CN" tabindex="0" role="region" aria-label="未收到和逾期的报告 Missing and late reports">'
        f'<table class="ogi-table words"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def state_of(report: LateReport, as_of: date) -> tuple[str, str]:
    """Say in Chinese and English what is wrong with a report: not received, not due yet, or late by how many days."""
    if report.published_on:
        days = (report.published_on - report.deadline).days
        return f"▲ 逾期 {days} 天", f"{days} days late"
    if report.deadline >= as_of:
        return "○ 尚未到期", "not due yet"
    return "✕ 未收到", "not received"


def comparison_csv(
    year: int, districts: Sequence[District], rows: dict[tuple[str, int], DistrictYear]
) -> bytes:
    """Write the compared figures unrounded, one line a district and indicator, as CSV that Excel reads as UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        (
            "区划代码 district_code",
            "地区 place",
            "年度 year",
            "口径 basis",
            "收到报告 reports_received",
            "应报 reports_expected",
            "指标 indicator",
            "指标列名 column",
            "单位 unit",
            "数值 value",
            "分子 numerator",
            "分母 denominator",
            "报告份数 n",
            "无数值的原因 reason",
        )
    )
    for district in districts:
        row = rows.get((district.code, year))
        for indicator in INDICATORS:
            figure = row.figures[indicator.column] if row else None
            writer.writerow(
                (
                    district.code,
                    district.label,
                    year,
                    row.basis if row else None,
                    row.reports_received if row else 0,
                    row.reports_expected if row else 0,
                    f"{indicator.zh} {indicator.en}",
                    indicator.column,
                    _CSV_UNITS.get(indicator.unit, indicator.unit.value),
                    figure.value if figure else None,
                    figure.numerator if figure else None,
                    figure.denominator if figure else None,
                    figure.n if figure else 0,
                    " ".join(figure.reason or ()) if figure else "当年无应报报告 no report expected",
                )
            )
    return text.getvalue().encode("utf-8-sig")


# Unrounded and as the mart has them: a share of 1, and 元.
_CSV_UNITS = {Unit.SHARE: "1", Unit.MONEY: "元"}


def _district_row(district: District, row: DistrictYear | None) -> str:
    name = f'<th scope="row">{escape(district.name)}<small>{escape(district.place)}</small></th>'
    if row is None:
        return f"<tr>{name}<td>—</td>{_all_figures('当年无应报报告 no report expected this year')}</tr>"
    received = f"{row.reports_received:,}／{row.reports_expected:,}"
    if row.reports_received == 0:
        return f"<tr>{name}<td>{received}</td>{_all_figures('未收到报告 no report received')}</tr>"
    basis_zh, basis_en = _BASES.get(row.basis or "", ("", ""))
    figures = "".join(f"<td>{_figure(row.figures[indicator.column])}</td>" for indicator in INDICATORS)
    return f"<tr>{name}<td>{received}<small>{basis_zh}<br>{basis_en}</small></td>{figures}</tr>"


def _all_figures(reason: str) -> str:
    return f'<td colspan="{len(INDICATORS)}" class="none">—<small>{reason}</small></td>'


def _figure(figure: Figure) -> str:
    if figure.reason:
        return f"—<small>{figure.reason[0]}<br>{figure.reason[1]}</small>"
    out_of = f"共 {figure.denominator:,} 条<br>" if figure.indicator.unit is Unit.IDENTITIES else ""
    if figure.numerator is not None:
        out_of = f"{figure.numerator:,}／{figure.denominator:,}<br>"
    return f"{printed(figure.value, figure.indicator.unit)}<small>{out_of}n＝{figure.n:,}</small>"


def _head(zh: str, en: str, unit: str = "") -> str:
    return f'<th scope="col">{escape(zh)} <i>{unit}</i><small>{escape(en)}</small></th>'


def _two(zh: str, en: str) -> str:
    return f"{escape(zh)}<small>{escape(en)}</small>"
