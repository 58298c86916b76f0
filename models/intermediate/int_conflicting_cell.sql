-- Where another document claims as much as the current one to be the report, the cells in which they differ.
{{ config(materialized="table") }}

with touched as (
    select * from {{ ref('stg_raw__touched_report') }}
),

-- Of the years that the run touched it touched every report.
versions as (
    select * from {{ ref('int_report_version') }}
    where report_key in (select touched.report_key from touched)
),

current_reports as (
    select * from {{ ref('int_report_touched') }}
),

cells as not materialized (
    select * from {{ ref('stg_raw__cell') }}
),

cells_of_current as (
    select * from {{ ref('int_cell_touched') }}
),

pairs as (
    select
        chosen.report_key,
        other.report_key as other_report_key
    from current_reports as chosen
    inner join versions as other
        on
            chosen.agency_id = other.agency_id
            and chosen.year = other.year
            and chosen.report_id <> other.report_id
    where
        other.is_as_current_as_any
        and chosen.figures_hash is not null
        and other.figures_hash is not null
),

chosen_cells as (
    select
        pairs.*,
        cells_of_current.cell,
        cells_of_current.value,
        cells_of_current.state,
        cells_of_current.unit
    from pairs
    inner join cells_of_current on pairs.report_key = cells_of_current.report_key
),

other_cells as (
    select
        pairs.*,
        cells.cell,
        cells.value,
        cells.state,
        cells.unit
    from pairs
    inner join cells on pairs.other_report_key = cells.report_key
)

select
    coalesce(chosen_cells.report_key, other_cells.report_key) as report_key,
    coalesce(chosen_cells.other_report_key, other_cells.other_report_key) as other_report_key,
    coalesce(chosen_cells.cell, other_cells.cell) as cell
from chosen_cells
full outer join other_cells
    on
        chosen_cells.report_key = other_cells.report_key
        and chosen_cells.other_report_key = other_cells.other_report_key
        and chosen_cells.cell = other_cells.cell
where
    chosen_cells.value is distinct from other_cells.value
    or chosen_cells.state is distinct from other_cells.state
    or (chosen_cells.value is not null and chosen_cells.unit is distinct from other_cells.unit)
