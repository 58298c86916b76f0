{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with findings as (
    select * from {{ ref('fct_finding') }}
),

cells as (
    select * from {{ ref('int_finding_cell') }}
)

select
    findings.finding_id,
    findings.agency_id,
    findings.year,
    cells.cell,

    cells.printed,
    cells.implied,
    cells.state,
    cells.raw,

    cells.page,
    cells.table_number,
    cells.row_number,
    cells.column_number
from findings
inner join cells
    on
        findings.report_id = cells.report_id
        and findings.finding_number = cells.finding_number
