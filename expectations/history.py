"""Tonight's build beside the last release: nothing that was there is lost, and the checks still see as much.

Without a last release none of these can fail.
"""

from expectations.model import Definition, Suite

# A better reading may move a report to another year or form, rarely: at most 2 % of what was read again, or one
_READ_AGAIN = """
    select count(*) as reports from raw.report join raw.document using (source_sha256), last_release
    where raw.document.batch_id > last_release.batch_id and raw.document.landed_at <= last_release.landed_at
"""
_MOVED_BY_READING_AGAIN = """
    case when read_again.reports > 0
    then greatest(1, floor(0.02 * least(read_again.reports, last.reports))) else 0 end
"""
# An alias that is found out makes two agencies one; a registry that broke makes many so
_MADE_ONE = "greatest(2, floor(0.1 * last.reports))"


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="history",
        title_zh="与上一版比较",
        title_en="Beside the last release",
        definitions=(_REPORTS, _CURRENT, _ROWS, _ASSESSED, _REPEATED),
    )


_REPORTS = Definition(
    name="reports_not_fewer",
    owner="intake",
    meaning_zh="各年度各表式的报告数不少于上一版（重新读取时最多少其百分之二，至少容许一份）",
    meaning_en="No year and form has fewer reports than in the last release (reading again may move 2 % of it or one)",
    rows_sql=f"""
        with read_again as ({_READ_AGAIN})
        select last.year, last.template, last.reports as reports_of_last_release,
            coalesce(now.reports, 0) as reports
        from last_report as last cross join read_again
        left join (
            select year, template, count(*) as reports from raw.report group by all
        ) as now on last.year = now.year and last.template is not distinct from now.template
        where coalesce(now.reports, 0) < last.reports - {_MOVED_BY_READING_AGAIN}
    """,
)

_CURRENT = Definition(
    name="agencies_not_fewer",
    owner="seeds",
    meaning_zh="各年度有报告的机关数较上一版减少不超过一成（至少容许两个）",
    meaning_en="In no year did the agencies with a report become fewer by more than a tenth (or two)",
    rows_sql=f"""
        select last.year, last.reports as agencies_of_last_release, coalesce(now.reports, 0) as agencies
        from last_current as last
        left join (select year, count(*) as reports from marts.fct_report group by all) as now using (year)
        where coalesce(now.reports, 0) < last.reports - {_MADE_ONE}
    """,
)

# What the suites look at, as far as it is stored: a check that sees nothing fails. Findings, problems and rosters may go
TABLES_SEEN = (
    "raw.document",
    "raw.cell",
    "raw.identity",
    "raw.narrative",
    "intermediate.int_report_version",
    "intermediate.int_identity_verdict",
    "intermediate.int_narrative_count",
    "marts.dim_agency",
    "marts.dim_division",
    "marts.fct_report",
    "marts.fct_report_expected",
    "marts.fct_application_flow",
    "marts.fct_proactive_disclosure",
    "marts.fct_procurement",
    "marts.mart_agency_year",
    "marts.mart_district_year",
)
_COUNTS = " union all ".join(
    f"select '{table}' as table_name, count(*) as rows from {table}" for table in TABLES_SEEN
)

_ROWS = Definition(
    name="rows_not_fewer",
    owner="models",
    meaning_zh="核验所看的各表，行数不少于上一版的九成（不足20份报告时一半）",
    meaning_en="The tables that the suites look at have at least nine tenths of the rows of the last release (half of"
    " them where there were less than 20 reports)",
    rows_sql=f"""
        select last.table_name, last.rows as rows_of_last_release, coalesce(now.rows, 0) as rows_now
        from last_rows as last
        left join ({_COUNTS}) as now using (table_name)
        where coalesce(now.rows, 0)
            < last.rows * (select case when sum(reports) < 20 then 0.5 else 0.9 end from last_report)
    """,
)

# Over the documents that the last release had: what a night's sources leave blank is not the pipeline's fault
# Of less than twenty reports each weighs so much that only a collapse says anything
_ASSESSED = Definition(
    name="assessed_share_not_fallen",
    owner="reading",
    meaning_zh="上一版已有的文件中，可核验的勾稽关系所占比例下降不超过5个百分点（不足20份报告时50个百分点）",
    meaning_en="Of the last release's documents the assessable share of identities did not fall by more than 5"
    " points (50 where there are less than 20 reports)",
    rows_sql="""
        with later as (
            -- What landed later came later, too: the others need not be looked up
            select report_key from raw.report semi join new using (report_key)
            where source_sha256 in (
                select source_sha256 from raw.document where landed_at > (select landed_at from last_release)
            )
        ),
        of_later as (
            select count(*) as expected, count(*) filter (where status <> 'not_assessable') as assessed
            from raw.identity semi join later using (report_key)
        )
        select reports, expected, assessed, assessed / nullif(expected, 0) as assessed_share,
            last_release.assessed_share as assessed_share_of_last_release
        from (
            select (select count(*) from raw.report anti join later using (report_key)) as reports,
                reader_totals.expected - of_later.expected as expected,
                reader_totals.assessed - of_later.assessed as assessed
            from reader_totals, of_later
        ), last_release
        where coalesce(assessed / nullif(expected, 0), 0)
            < last_release.assessed_share - case when reports < 20 then 0.5 else 0.05 end
    """,
)

# The build is right then, and the last release is not: it is published, and somebody must know
_REPEATED = Definition(
    name="full_refresh_repeats",
    severity="warning",
    owner="models",
    meaning_zh="没有新内容的全部重建与逐夜累积的上一版逐表相同",
    meaning_en="A full refresh of nothing new gives, table by table, what the nights before it added up to",
    rows_sql="""
        select table_name, last.rows as rows_of_last_release, now.rows as rows_now
        from last_content as last left join content as now using (table_name)
        where now.rows is distinct from last.rows or now.content is distinct from last.content
    """,
)
