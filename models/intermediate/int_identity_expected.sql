{{ config(materialized="table") }}

-- Which verdicts there must be, before anything is computed: none can vanish on the way.
with current_reports as (
    select * from {{ ref('int_report_current') }}
),

identities as (
    select * from {{ ref('identities') }}
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
    select * from {{ ref('stg_raw__cell') }}
),

-- Identities over nothing but an optional row: that row is printed by some agencies only.
optional_identities as (
    select
        terms.template,
        terms.identity_id
    from terms
    left join template_cells
        on
            terms.template = template_cells.template
            and terms.cell = template_cells.cell
    group by terms.template, terms.identity_id
    having bool_and(coalesce(template_cells.is_optional, false))
),

optional_terms as (
    select
        terms.template,
        terms.identity_id,
        terms.cell
    from terms
    inner join optional_identities
        on
            terms.template = optional_identities.template
            and terms.identity_id = optional_identities.identity_id
),

optional_printed as (
    select distinct
        current_reports.report_id,
        optional_terms.identity_id
    from optional_terms
    inner join cells on optional_terms.cell = cells.cell
    inner join current_reports
        on
            cells.report_id = current_reports.report_id
            and optional_terms.template = current_reports.template
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,
    identities.identity_id,
    identities.relation
from current_reports
inner join identities on current_reports.template = identities.template
left join optional_identities
    on
        identities.template = optional_identities.template
        and identities.identity_id = optional_identities.identity_id
left join optional_printed
    on
        current_reports.report_id = optional_printed.report_id
        and identities.identity_id = optional_printed.identity_id
where optional_identities.identity_id is null or optional_printed.identity_id is not null

union all by name

select * from hierarchy
