{{ config(materialized="view") }}

with cells as (
    select * from {{ ref('stg_raw__cell') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where table_name = 'applications'
),

outcomes as (
    select * from {{ ref('outcome_groups') }}
),

subtotals as (
    select * from {{ ref('int_subtotal_cell') }}
),

-- A name is one measure, with one label, in every form that has it: joined by the form as well, each report would be
-- multiplied by the cells of its form before it meets its own.
outcome_cells as (
    select distinct
        template_cells.cell,
        template_cells.column_code,
        template_cells.column_label,
        outcomes.outcome_group,
        outcomes.outcome_group_label,
        outcomes.outcome,
        outcomes.outcome_label
    from template_cells
    inner join outcomes on template_cells.row_code = outcomes.outcome
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,
    outcome_cells.column_code as applicant_kind,
    outcome_cells.column_label as applicant_kind_label,
    outcome_cells.column_code = 'total' as is_total,

    outcome_cells.outcome_group,
    outcome_cells.outcome_group_label,
    outcome_cells.outcome,
    outcome_cells.outcome_label,

    {{ as_count('cells.value') }} as requests,
    cells.state,
    cells.cell
from cells
inner join current_reports on cells.report_key = current_reports.report_key
inner join outcome_cells on cells.cell = outcome_cells.cell
-- Not an anti join: behind that a reader's condition on the agency or the year would come too late (measured)
left join subtotals
    on
        cells.report_key = subtotals.report_key
        and cells.cell = subtotals.cell
where subtotals.cell is null
