-- Which verdicts there must be, before anything is computed: none can vanish on the way.
with reports as (
    select * from {{ ref('int_report_touched') }}
),

identities as (
    select * from {{ ref('int_identity') }}
    where class <> 'hierarchy'
),

-- Only a government's report can be a summary.
hierarchy as (
    select * from {{ ref('int_hierarchy_expected') }}
),

terms as (
    select * from {{ ref('int_identity_term') }}
    where variant = ''
),

template_cells as (
    select * from {{ ref('int_template_cell') }}
),

cells as (
    select * from {{ ref('int_cell_touched') }}
),

-- Identities over nothing but an optional row: that row is printed by some agencies only.
optional_terms as (
    select
        terms.template,
        terms.identity_key,
        unnest(list(terms.cell)) as cell
    from terms
    left join template_cells
        on
            terms.template = template_cells.template
            and terms.cell = template_cells.cell
    group by terms.template, terms.identity_key
    having bool_and(coalesce(template_cells.is_optional, false))
),

always as (
    select
        reports.report_key,
        identities.identity_key
    from reports
    inner join identities on reports.template = identities.template
    where identities.identity_key not in (select optional_terms.identity_key from optional_terms)
),

where_printed as (
    select distinct
        cells.report_key,
        optional_terms.identity_key
    from cells
    inner join optional_terms
        on
            cells.template = optional_terms.template
            and cells.cell = optional_terms.cell
)

select * from always
union all
select * from where_printed
union all
select * from hierarchy
