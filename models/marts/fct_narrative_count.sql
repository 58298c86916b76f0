{{ config(materialized="view") }}

with counts as (
    select * from {{ ref('int_narrative_count') }}
),

statements as (
    select * from {{ ref('stg_raw__narrative') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,

    counts.measure,
    counts.label,

    counts.value,
    statements.unit,
    statements.quote,
    counts.statements,
    counts.is_ambiguous,

    statements.page,
    statements.line_number
from counts
inner join current_reports on counts.report_key = current_reports.report_key
inner join statements
    on
        counts.report_key = statements.report_key
        and counts.first_statement = statements.statement_number
