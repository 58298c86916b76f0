{{ config(materialized="view") }}

with cells as (
    select * from {{ ref('fct_report_cell') }}
),

-- A name is one measure, with one label, in every form that has it.
review_cells as (
    select distinct
        cell,
        row_code,
        row_label,
        column_code,
        column_label
    from {{ ref('dim_cell') }}
    where table_name = 'reviews'
)

select
    cells.report_id,
    cells.agency_id,
    cells.year,
    cells.template,
    review_cells.row_code as channel,
    review_cells.row_label as channel_label,
    review_cells.column_code as result,
    review_cells.column_label as result_label,
    review_cells.column_code = 'total' as is_total,

    {{ as_count('cells.value') }} as cases,
    cells.state,
    cells.cell
from cells
inner join review_cells on cells.cell = review_cells.cell
