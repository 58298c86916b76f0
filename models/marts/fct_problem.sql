{{ config(materialized="view") }}

with problems as (
    select * from {{ ref('stg_raw__problem') }}
),

documents as (
    select * from {{ ref('stg_raw__document') }}
),

reports as (
    select * from {{ ref('int_report_source') }}
)

select
    problems.source_sha256,
    problems.report_id,
    problems.problem_number,
    reports.agency_id,
    reports.year,
    reports.is_current,

    problems.code,
    problems.severity,
    problems.message,

    documents.source_path,
    documents.outcome,
    problems.page,
    problems.table_number,
    problems.row_number,
    problems.column_number,
    problems.line_number
from problems
left join documents on problems.source_sha256 = documents.source_sha256
left join reports on problems.report_id = reports.report_id
