{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with reports as (
    select * from {{ ref('int_report_touched') }}
),

statements as (
    select * from {{ ref('stg_raw__narrative') }}
    where report_id in (select reports.report_id from reports)
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
    reports.report_key,
    counted.measure,
    counted.label,
    counted.value,
    counted.statements,
    counted.is_ambiguous,
    counted.first_statement
from counted
inner join reports on counted.report_id = reports.report_id
