-- What the diagnosis explains within a report, what breaks between reports or between prose and table, and documents
-- that contradict each other.
with within_report as (
    select * from {{ ref('stg_raw__finding') }}
),

verdicts as (
    select * from {{ ref('int_identity_verdict') }}
    where status = 'broken'
),

identities as (
    select * from {{ ref('int_identity') }}
),

conflicts as (
    select * from {{ ref('int_document_conflict') }}
),

reports as (
    select * from {{ ref('int_report_touched') }}
),

-- Read twice, and few
broken as materialized (
    select
        reports.report_key,
        identities.identity_id,
        identities.class,
        verdicts.left_value,
        verdicts.left_value - verdicts.residual as right_value,
        verdicts.residual,
        identities.statement_zh,
        identities.statement_en
    from verdicts
    inner join reports on verdicts.report_key = reports.report_key
    inner join identities on verdicts.identity_key = identities.identity_key
),

between as (
    select
        report_key,
        -- After those within the report, in an order that stays
        1000 + row_number() over (partition by report_key order by identity_id) as finding_number,
        'undetermined' as kind,
        'source' as side,
        [identity_id] as identity_ids,
        statement_zh || '：左边 ' || format('{:.15g}', left_value) || '，右边 ' || format('{:.15g}', right_value)
        || '。' as statement_zh,
        statement_en || ': left ' || format('{:.15g}', left_value) || ', right ' || format('{:.15g}', right_value)
        || '.' as statement_en
    from broken
    where class not in ('within', 'hierarchy')
),

-- One a summary, however many of its cells differ: one agency too many or too few moves them all.
summaries as (
    select
        report_key,
        2000 as finding_number,
        'undetermined' as kind,
        'source' as side,
        list(identity_id order by identity_id) as identity_ids,
        '政府汇总与名册所列各机关之和有 ' || count(*) || ' 项不一致，相差最大的是'
        || arg_max(
            statement_zh || '：左边 ' || format('{:.15g}', left_value) || '，右边 ' || format('{:.15g}', right_value),
            (abs(residual), identity_id)
        )
        || '。请核对汇总，并核对名册是否完整。' as statement_zh,
        'The summary differs from the sum over the agencies of the roster in ' || count(*) || ' cells, most of all in '
        || arg_max(
            statement_en || ': left ' || format('{:.15g}', left_value) || ', right ' || format('{:.15g}', right_value),
            (abs(residual), identity_id)
        )
        || '. See whether the roster is complete.' as statement_en
    from broken
    where class = 'hierarchy'
    group by report_key
),

between_documents as (
    select
        report_key,
        -- After all the others
        1000000 as finding_number,
        'undetermined' as kind,
        'source' as side,
        cast([] as varchar[]) as identity_ids,
        statement_zh,
        statement_en
    from conflicts
),

findings as (
    select * from within_report
    union all by name
    select * from between
    union all by name
    select * from summaries
    union all by name
    select * from between_documents
)

select
    findings.report_key,
    reports.report_id,
    cast(findings.finding_number as integer) as finding_number,
    reports.agency_id,
    reports.year,
    findings.kind,
    findings.side,
    findings.identity_ids,
    findings.statement_zh,
    findings.statement_en
from findings
inner join reports on findings.report_key = reports.report_key
