{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with reports as (
    select * from {{ ref('int_report_touched') }}
),

statements as (
    select * from {{ ref('stg_raw__narrative') }}
    where report_key in (select reports.report_key from reports)
),

-- Statements that agree are one count; where they differ the prose is ambiguous and has no value.
counted as (
    select
        report_key,
        measure,
        label,
        case when count(distinct value) = 1 then min(value) end as value,
        count(*) as statements,
        count(distinct value) > 1 as is_ambiguous,
        min(statement_number) as first_statement
    from statements
    group by report_key, measure, label
)

select * from counted
