{{ config(materialized="view") }}

with cells as (
    select * from {{ ref('stg_raw__cell') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
)

select
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,
    cells.cell,

    cells.value,
    cells.state,
    cells.unit,
    cells.raw,

    cells.page,
    cells.table_number,
    cells.row_number,
    cells.column_number,

    current_reports.report_id,
    current_reports.source_sha256
from cells
inner join current_reports on cells.report_key = current_reports.report_key
