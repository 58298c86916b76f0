{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

{%- set counts = [
    'made', 'newly_disclosed', 'total_disclosed',
    'issued', 'repealed', 'in_force',
    'prior_year_items', 'change', 'decisions', 'items',
] -%}

with cells as (
    select * from {{ ref('int_cell_touched') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where table_name = 'proactive'
),

pivoted as (
    select
        cells.report_id,
        cells.agency_id,
        cells.year,
        cells.template,
        template_cells.row_code as information_kind,
        template_cells.row_label as information_kind_label,
        {% for count in counts %}
            {{ as_count(pivoted('template_cells.column_code', count, 'cells.value')) }} as {{ count }},
        {% endfor %}
        {{ pivoted('template_cells.column_code', 'amount', 'cells.value') }} as amount,
        {{ pivoted('template_cells.column_code', 'amount', 'cells.unit') }} as unit
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
