{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with cells as (
    select * from {{ ref('int_cell_touched') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where
        table_name = 'applications'
        and row_code in ('new_requests', 'carried_over', 'total_processed', 'carried_forward')
)

select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.template,
    template_cells.column_code as applicant_kind,
    template_cells.column_label as applicant_kind_label,
    template_cells.column_code = 'total' as is_total,

    {{ as_count(pivoted('template_cells.row_code', 'new_requests', 'cells.value')) }} as new_requests,
    {{ as_count(pivoted('template_cells.row_code', 'carried_over', 'cells.value')) }} as carried_over,
    {{ as_count(pivoted('template_cells.row_code', 'total_processed', 'cells.value')) }} as total_processed,
    {{ as_count(pivoted('template_cells.row_code', 'carried_forward', 'cells.value')) }} as carried_forward
from cells
inner join template_cells
    on
        cells.template = template_cells.template
        and cells.cell = template_cells.cell
group by all
