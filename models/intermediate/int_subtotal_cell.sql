{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

-- A row that some agencies print stands in place of the rows of its group, never beside them: where it does, it is a
-- subtotal of theirs.
with cells as (
    select * from {{ ref('int_cell_touched') }}
),

template_cells as (
    select * from {{ ref('int_template_cell') }}
    where table_name = 'applications'
),

outcomes as (
    select * from {{ ref('outcome_groups') }}
),

placed as (
    select
        template_cells.template,
        template_cells.cell,
        template_cells.column_code,
        template_cells.is_optional,
        outcomes.outcome_group
    from template_cells
    inner join outcomes on template_cells.row_code = outcomes.outcome
),

-- Which cells a row is the subtotal of, by the form.
subtotal_of as (
    select
        optional_cell.template,
        optional_cell.cell,
        part.cell as part
    from placed as optional_cell
    inner join placed as part
        on
            optional_cell.template = part.template
            and optional_cell.column_code = part.column_code
            and optional_cell.outcome_group = part.outcome_group
    where optional_cell.is_optional and not part.is_optional
),

printed as (
    select
        cells.report_key,
        cells.cell,
        subtotal_of.part
    from cells
    inner join subtotal_of
        on
            cells.template = subtotal_of.template
            and cells.cell = subtotal_of.cell
)

select distinct
    printed.report_key,
    printed.cell
from printed
inner join cells
    on
        printed.report_key = cells.report_key
        and printed.part = cells.cell
where cells.state <> 'missing'
