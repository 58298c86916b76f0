with statements as (
    select * from {{ ref('stg_raw__narrative') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
),

-- Statements that agree are one count; where they differ the prose is ambiguous and has no value.
counted as (
    select
        report_id,
        measure,
        label,
        count(*) as statements,
        count(distinct value) > 1 as is_ambiguous,
        case when count(distinct value) = 1 then min(value) end as value,
        min(statement_number) as first_statement
    from statements
    group by report_id, measure, label
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,

    counted.measure,
    counted.label,

    counted.value,
    statements.unit,
    statements.quote,
    counted.statements,
    counted.is_ambiguous,

    statements.page,
    statements.line_number
from counted
inner join current_reports on counted.report_id = current_reports.report_id
inner join statements
    on
        counted.report_id = statements.report_id
        and counted.first_statement = statements.statement_number
