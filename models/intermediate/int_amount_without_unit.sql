-- Amounts of money without their unit, of which nobody can say how much they are. Kept, for they are few, and to find
-- them every cell there is has to be looked at.
{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with cells as (
    select * from {{ ref('int_cell_touched') }}
),

amounts as (
    select distinct cell
    from {{ ref('int_template_cell') }}
    where kind = 'money'
)

select
    cells.report_key,
    cells.cell,
    cells.value,
    cells.unit,
    cells.raw,
    cells.page
from cells
inner join amounts on cells.cell = amounts.cell
where cells.value is not null and coalesce(cells.unit, '') not in ('元', '万元')
