with cells as (
    select * from {{ ref('fct_report_cell') }}
),

narrative as (
    select * from {{ ref('int_narrative_count') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
),

terms as (
    select * from {{ ref('int_identity_term') }}
    -- Those are over the reports of several agencies: int_hierarchy_evaluated.
    where not starts_with(identity_id, 'hierarchy.')
),

figures as (
    select
        report_id,
        agency_id,
        year,
        template,
        cell,
        value,
        state
    from cells

    union all

    select
        report_id,
        agency_id,
        year,
        template,
        'narrative.' || measure as cell,
        value,
        case when is_ambiguous then 'ambiguous' else 'reported' end as state
    from narrative
    where label is null
),

own_figures as (
    select
        figures.report_id,
        terms.identity_id,
        terms.variant,
        terms.side,
        terms.cell,
        terms.coefficient,
        terms.year_offset,
        figures.value,
        figures.state
    from figures
    inner join terms
        on
            figures.template = terms.template
            and figures.cell = terms.cell
    where terms.year_offset = 0
),

-- Apart from the report's own, for the form that counts is the form of the report that is judged.
figures_of_other_years as (
    select
        current_reports.report_id,
        terms.identity_id,
        terms.variant,
        terms.side,
        terms.cell,
        terms.coefficient,
        terms.year_offset,
        figures.value,
        figures.state
    from figures
    inner join terms on figures.cell = terms.cell
    inner join current_reports
        on
            figures.agency_id = current_reports.agency_id
            and figures.year = current_reports.year + terms.year_offset
            and terms.template = current_reports.template
    where terms.year_offset <> 0
)

select * from own_figures
union all
select * from figures_of_other_years
