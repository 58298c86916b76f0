{{ config(materialized="view") }}

with cells as (
    select * from {{ ref('fct_report_cell') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where table_name = 'reviews'
)

select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.template,
    template_cells.row_code as channel,
    template_cells.row_label as channel_label,
    template_cells.column_code as result,
    template_cells.column_label as result_label,
    template_cells.column_code = 'total' as is_total,

    {{ as_count('cells.value') }} as cases,
    cells.state,
    cells.cell
from cells
inner join template_cells
    on
        cells.template = template_cells.template
        and cells.cell = template_cells.cell
