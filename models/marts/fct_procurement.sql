{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with cells as (
    select * from {{ ref('int_cell_touched') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where
        table_name = 'proactive'
        and row_code = 'procurement'
),

pivoted as (
    select
        cells.report_id,
        cells.agency_id,
        cells.year,
        cells.template,
        {{ as_count(pivoted('template_cells.column_code', 'items', 'cells.value')) }} as items,
        coalesce({{ pivoted('template_cells.column_code', 'items', 'cells.state') }}, 'missing') as items_state,
        {{ pivoted('template_cells.column_code', 'amount', 'cells.value') }} as amount,
        {{ pivoted('template_cells.column_code', 'amount', 'cells.unit') }} as unit,
        coalesce({{ pivoted('template_cells.column_code', 'amount', 'cells.state') }}, 'missing') as amount_state
    from cells
    inner join template_cells
        on
            cells.template = template_cells.template
            and cells.cell = template_cells.cell
    group by all
)

select
    *,
    {{ amount_in_yuan('amount', 'unit') }} as amount_yuan
from pivoted
