"""Shares of what the reports do: broken and not assessable verdicts by class, late and missing reports.

They are kept with each release (`audit.source_share`); what is usual is learnt from those of the releases before.
"""

# One row a measure and class: `part` of `whole`
SHARES = """
    select 'broken' as measure, class, sum(broken) as part, sum(assessed) as whole
    from intermediate.int_report_judged group by class
    union all
    select 'not_assessable', class, sum(expected - assessed), sum(expected)
    from intermediate.int_report_judged group by class
    union all
    select 'late', 'report', count(*) filter (where not on_time), count(on_time) from marts.fct_report
    union all
    select 'missing', 'report', count(*) filter (where not received), count(*) from marts.fct_report_expected
"""

# The reader's verdicts, which are there for every version of a report and not for the current ones only
READER_TOTALS = """
    select
        cast(coalesce(sum(reader_verdicts), 0) as bigint) as expected,
        cast(coalesce(sum(reader_assessed), 0) as bigint) as assessed,
        cast(coalesce(sum(reader_broken), 0) as bigint) as broken,
        count(*) filter (where reader_broken > 0) as reports_broken
    from intermediate.int_report_rows
"""

# The highest share of the last thirty releases, and room for what varies: three standard deviations, two points at the least
CEILINGS = """
    select measure, class, least(1, max(share) + greatest(0.02, 3 * stddev_pop(share))) as ceiling
    from (
        select *, dense_rank() over (order by release desc) as age from audit.source_share where share is not null
    )
    where age <= 30
    group by measure, class
"""
