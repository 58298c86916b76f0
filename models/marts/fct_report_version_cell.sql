{{ config(materialized="view") }}

with cells as (
    select * from {{ ref('stg_raw__cell') }}
),

versions as (
    select * from {{ ref('int_report_version') }}
)

select
    versions.agency_id,
    versions.year,
    versions.version,
    versions.is_current,
    versions.template,
    cells.cell,

    cells.value,
    cells.state,
    cells.unit,
    cells.raw,

    cells.page,
    cells.table_number,
    cells.row_number,
    cells.column_number,

    versions.report_id,
    versions.source_sha256
from cells
inner join versions on cells.report_key = versions.report_key
