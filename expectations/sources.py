"""What the published reports are found to do. These are findings: they are published, and warn.

One of them stops a release: where the share of broken identities leaps, the reader broke, not the agencies.
"""

from expectations.model import Definition, Suite


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="sources",
        title_zh="对报告本身的发现",
        title_en="Findings about the reports",
        definitions=(
            _BROKEN,
            _ACROSS_YEARS,
            _SUMMARY,
            _NOT_ASSESSABLE,
            _LATE,
            _MISSING,
            _UNIT,
            _UNUSUAL,
            _LEAP,
        ),
    )


def _broken(identity_class: str) -> str:
    return f"""
        select agency_id, year, identity_id, left_value, right_value, residual, statement_zh
        from verdicts join (select template, identity_id, statement_zh from marts.dim_identity) using (template, identity_id)
        where status = 'broken' and class = '{identity_class}'
    """


_BROKEN = Definition(
    name="identity_broken",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="细看的报告满足表内勾稽关系",
    meaning_en="The reports that are looked at satisfy the identities within them",
    rows_sql=_broken("within"),
)

_ACROSS_YEARS = Definition(
    name="years_disagree",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="细看的报告与上一年度的报告衔接",
    meaning_en="The reports that are looked at continue those of the year before",
    rows_sql=_broken("across_years"),
)

_SUMMARY = Definition(
    name="summary_disagrees",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="细看的政府汇总等于名册所列各机关之和",
    meaning_en="A government's summary that is looked at is the sum over the agencies of its roster",
    rows_sql=_broken("hierarchy"),
)

_NOT_ASSESSABLE = Definition(
    name="report_not_assessable",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="采用全国表式的报告至少有一条勾稽关系可以核验",
    meaning_en="Every report in a national form has figures enough to assess an identity",
    rows_sql="""
        select agency_id, year, template, source_path, identities_expected from marts.fct_report
        where template is not null and identities_assessed = 0
    """,
)

_LATE = Definition(
    name="report_late",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="报告在法定期限内公布",
    meaning_en="The reports were published in time",
    rows_sql="select agency_id, year, published_on, deadline from marts.fct_report where not on_time",
)

_MISSING = Definition(
    name="report_missing",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="应报的每一年度都有报告",
    meaning_en="There is a report for every year in which one was expected",
    rows_sql="""
        select agency_id, agency_name, year, deadline from marts.fct_report_expected where not received
    """,
)

_UNIT = Definition(
    name="amount_without_unit",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="细看的报告的金额注明元或万元",
    meaning_en="Every amount of the reports that are looked at says in which unit it is, 元 or 万元",
    rows_sql="""
        select agency_id, year, cell, page, value, unit, raw
        from intermediate.int_amount_without_unit
        join (select report_key, report_id from examined) using (report_key)
        join reports using (report_id)
    """,
)

_UNUSUAL = Definition(
    name="share_unusual",
    kind="sources",
    severity="warning",
    owner="agencies",
    meaning_zh="不成立、无法核验（按类别）、迟发、缺报的比例不高于历次发布的通常水平",
    meaning_en="The shares of broken and not assessable identities by class, of late and missing reports, are not above"
    " what earlier releases make usual",
    rows_sql="""
        select measure, class, part, whole, round(part / whole, 6) as share, ceiling
        from shares join last_ceiling using (measure, class)
        where whole > 0 and part / whole > ceiling
    """,
)

# Ten reports: fewer may well err in one night. Five points: in published reports a broken identity is rare
_LEAP = Definition(
    name="broken_share_leaps",
    kind="sources",
    owner="reading",
    meaning_zh="不成立的勾稽关系所占比例未较上一版骤增（全部或新读取的报告中，涉及10份以上且超出5个百分点）",
    meaning_en="The share of broken identities, of all reports or of those newly read, did not leap against the"
    " last release (by more than 5 points, in ten reports or more)",
    rows_sql="""
        with read_now as (
            select report_key, status from raw.identity semi join new using (report_key)
        ),
        counted as (
            select 'all reports' as part, assessed, broken, reports_broken from reader_totals
            union all
            select 'newly read reports', count(*) filter (where status <> 'not_assessable'),
                count(*) filter (where status = 'broken'),
                (select count(distinct report_key) from read_now where status = 'broken')
            from read_now
        )
        select part, assessed, broken, reports_broken, broken / nullif(assessed, 0) as broken_share,
            last_release.broken_share as broken_share_of_last_release
        from counted, last_release
        where reports_broken >= 10 and broken / nullif(assessed, 0) > last_release.broken_share + 0.05
    """,
)
