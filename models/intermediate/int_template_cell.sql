with template_cells as (
    select * from {{ ref('template_cells') }}
),

comparable_measures as (
    select * from {{ ref('comparable_measures') }}
)

select
    template_cells.template,
    template_cells.cell,

    template_cells.table as table_name,
    template_cells.section,
    template_cells.row_code,
    template_cells.row_label,
    template_cells.column_code,
    template_cells.column_label,
    template_cells.row_label || ' / ' || template_cells.column_label as label,

    template_cells.unit,
    template_cells.kind,
    coalesce(template_cells.optional = 'yes', false) as is_optional,
    -- One name is one measure in every form; the seed adds the names that differ.
    coalesce(comparable_measures.comparable_measure, template_cells.cell) as comparable_measure
from template_cells
left join comparable_measures
    on
        template_cells.template = comparable_measures.template
        and template_cells.cell = comparable_measures.cell
