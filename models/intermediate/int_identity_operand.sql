-- Read twice, but never kept: so many rows cost less to join again than to put aside.
with cells as not materialized (
    select * from {{ ref('int_cell_touched') }}
),

reports as (
    select * from {{ ref('int_report_touched') }}
),

reports_of_agencies as (
    select * from {{ ref('int_report_of_touched_agency') }}
),

all_cells as (
    select * from {{ ref('stg_raw__cell') }}
),

narrative as (
    select * from {{ ref('int_narrative_count') }}
    where label is null
),

own_terms as (
    select * from {{ ref('int_identity_term') }}
    -- Those of class hierarchy are over the reports of several agencies: int_hierarchy_evaluated.
    where year_offset = 0 and not starts_with(identity_id, 'hierarchy.')
),

terms_of_other_years as (
    select * from {{ ref('int_identity_term') }}
    where year_offset <> 0
),

own_figures as (
    select
        cells.report_key,
        own_terms.form_key,
        own_terms.has_variants,
        own_terms.side,
        own_terms.coefficient,
        cells.value,
        cells.state
    from cells
    inner join own_terms
        on
            cells.template = own_terms.template
            and cells.cell = own_terms.cell
),

figures_of_the_prose as (
    select
        narrative.report_key,
        own_terms.form_key,
        own_terms.has_variants,
        own_terms.side,
        own_terms.coefficient,
        narrative.value,
        case when narrative.is_ambiguous then 'ambiguous' else 'reported' end as state
    from narrative
    inner join reports on narrative.report_key = reports.report_key
    inner join own_terms
        on
            reports.template = own_terms.template
            and 'narrative.' || narrative.measure = own_terms.cell
),

year_offsets as (
    select distinct
        template,
        year_offset
    from terms_of_other_years
),

-- The form that counts is that of the report that is judged.
judged as (
    select
        reports.report_key,
        reports.agency_id,
        reports.template,
        year_offsets.year_offset,
        reports.year + year_offsets.year_offset as neighbour_year
    from reports
    inner join year_offsets on reports.template = year_offsets.template
),

-- Which report, touched or not, has the figures of another year for which.
neighbours as (
    select
        judged.report_key,
        judged.template,
        judged.year_offset,
        reports_of_agencies.report_key as neighbour_key
    from reports_of_agencies
    inner join judged
        on
            reports_of_agencies.agency_id = judged.agency_id
            and reports_of_agencies.year = judged.neighbour_year
),

-- Few cells enter other years' identities: they are picked out before they are joined.
wanted_elsewhere as (
    select * from all_cells
    where
        cell in (select terms_of_other_years.cell from terms_of_other_years)
        and report_key in (select neighbours.neighbour_key from neighbours)
),

figures_of_other_years as (
    select
        neighbours.report_key,
        terms_of_other_years.form_key,
        terms_of_other_years.has_variants,
        terms_of_other_years.side,
        terms_of_other_years.coefficient,
        wanted_elsewhere.value,
        wanted_elsewhere.state
    from wanted_elsewhere
    inner join neighbours on wanted_elsewhere.report_key = neighbours.neighbour_key
    inner join terms_of_other_years
        on
            neighbours.template = terms_of_other_years.template
            and neighbours.year_offset = terms_of_other_years.year_offset
            and wanted_elsewhere.cell = terms_of_other_years.cell
)

select * from own_figures
union all
select * from figures_of_the_prose
union all
select * from figures_of_other_years
