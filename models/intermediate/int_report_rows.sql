-- How many rows each report has in the tables of millions, counted when they come: what a night did not touch need not
-- be counted again, for all that there is must be the sum of these. A number stands for one reading of a report, so its
-- rows stay as many as they were.
{{ config(materialized="incremental", pre_hook="{{ forget_left_reports() }}") }}

with touched as (
    select * from {{ ref('stg_raw__touched_report') }}
),

reports as (
    select
        report_key,
        report_id
    from {{ ref('stg_raw__report') }}
    where
        report_key in (select touched.report_key from touched)
        {% if is_incremental() %}
            -- Numbers only rise: those that came are higher than all that were counted
            and report_key > (select coalesce(max(counted.report_key), 0) from {{ this }} as counted)
        {% endif %}
),

cells as (
    select * from {{ ref('stg_raw__cell') }}
),

statements as (
    select * from {{ ref('stg_raw__narrative') }}
),

reader_verdicts as (
    select * from {{ ref('stg_raw__identity') }}
),

outcomes as (
    select * from {{ ref('outcome_groups') }}
),

-- A name is one measure in every form that has it.
kinds as (
    select
        template_cells.cell,
        bool_or(template_cells.table_name = 'applications' and outcomes.outcome is not null) as is_outcome,
        bool_or(template_cells.table_name = 'reviews') as is_review
    from {{ ref('int_template_cell') }} as template_cells
    left join outcomes on template_cells.row_code = outcomes.outcome
    group by template_cells.cell
),

cells_of_reports as (
    select
        cells.report_key,
        count(*) as cells,
        count(*) filter (where kinds.is_outcome) as outcomes,
        count(*) filter (where kinds.is_review) as reviews
    from cells
    left join kinds on cells.cell = kinds.cell
    semi join reports on cells.report_key = reports.report_key
    group by cells.report_key
),

verdicts_of_reports as (
    select
        reader_verdicts.report_key,
        count(*) as reader_verdicts,
        count(*) filter (where reader_verdicts.status <> 'not_assessable') as reader_assessed,
        count(*) filter (where reader_verdicts.status = 'broken') as reader_broken
    from reader_verdicts
    semi join reports on reader_verdicts.report_key = reports.report_key
    group by reader_verdicts.report_key
),

statements_of_reports as (
    select
        statements.report_key,
        count(*) as statements
    from statements
    semi join reports on statements.report_key = reports.report_key
    group by statements.report_key
)

select
    reports.report_key,
    cast(ends_with(reports.report_id, '#1') as bigint) as documents,
    coalesce(cells_of_reports.cells, 0) as cells,
    coalesce(cells_of_reports.outcomes, 0) as outcomes,
    coalesce(cells_of_reports.reviews, 0) as reviews,
    coalesce(verdicts_of_reports.reader_verdicts, 0) as reader_verdicts,
    coalesce(verdicts_of_reports.reader_assessed, 0) as reader_assessed,
    coalesce(verdicts_of_reports.reader_broken, 0) as reader_broken,
    coalesce(statements_of_reports.statements, 0) as statements
from reports
left join cells_of_reports on reports.report_key = cells_of_reports.report_key
left join verdicts_of_reports on reports.report_key = verdicts_of_reports.report_key
left join statements_of_reports on reports.report_key = statements_of_reports.report_key
