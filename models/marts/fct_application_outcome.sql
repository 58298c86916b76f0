with cells as (
    select * from {{ ref('fct_report_cell') }}
),

template_cells as (
    select * from {{ ref('dim_cell') }}
    where table_name = 'applications'
),

outcomes as (
    select * from {{ ref('outcome_groups') }}
),

placed as (
    select
        cells.*,
        template_cells.column_code as applicant_kind,
        template_cells.column_label as applicant_kind_label,
        template_cells.is_optional,
        outcomes.outcome,
        outcomes.outcome_label,
        outcomes.outcome_group,
        outcomes.outcome_group_label
    from cells
    inner join template_cells
        on
            cells.template = template_cells.template
            and cells.cell = template_cells.cell
    inner join outcomes on template_cells.row_code = outcomes.outcome
),

-- A row that some agencies print stands in place of the rows of its group, never beside them.
subtotals as (
    select distinct
        optional_rows.report_id,
        optional_rows.cell
    from placed as optional_rows
    inner join placed as parts
        on
            optional_rows.report_id = parts.report_id
            and optional_rows.applicant_kind = parts.applicant_kind
            and optional_rows.outcome_group = parts.outcome_group
    where optional_rows.is_optional and not parts.is_optional and parts.state <> 'missing'
)

select
    placed.report_id,
    placed.agency_id,
    placed.year,
    placed.template,
    placed.applicant_kind,
    placed.applicant_kind_label,
    placed.applicant_kind = 'total' as is_total,

    placed.outcome_group,
    placed.outcome_group_label,
    placed.outcome,
    placed.outcome_label,

    {{ as_count('placed.value') }} as requests,
    placed.state,
    placed.cell
from placed
left join subtotals
    on
        placed.report_id = subtotals.report_id
        and placed.cell = subtotals.cell
where subtotals.cell is null
