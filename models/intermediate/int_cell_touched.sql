-- A night reads the cells of the reports that it touched from the whole table once; all of them are read in place.
{{ config(materialized=view_of_all_table_of_some()) }}

with cells as (
    select * from {{ ref('stg_raw__cell') }}
),

touched as (
    select * from {{ ref('int_report_touched') }}
)

select
    touched.report_key,
    touched.report_id,
    touched.agency_id,
    touched.year,
    touched.template,
    cells.cell,

    cells.value,
    cells.state,
    cells.unit,
    cells.raw,

    cells.page,
    cells.table_number,
    cells.row_number,
    cells.column_number
from cells
inner join touched on cells.report_key = touched.report_key
