{{ config(materialized="view") }}

with statements as (
    select * from {{ ref('stg_raw__narrative') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    statements.statement_number,

    statements.measure,
    statements.label,
    statements.value,
    statements.unit,
    statements.quote,

    statements.page,
    statements.line_number
from statements
inner join current_reports on statements.report_key = current_reports.report_key
