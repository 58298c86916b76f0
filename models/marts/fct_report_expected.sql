{{ config(materialized="incremental", pre_hook="{{ forget_touched_agencies() }}") }}

with reports as (
    select * from {{ ref('int_report_of_touched_agency') }}
),

newest as (
    select max(year) as year from {{ ref('int_report_current') }}
),

agencies as (
    select * from {{ ref('dim_agency') }}
),

agency_kinds as (
    select * from {{ ref('agency_kinds') }}
),

-- From an agency's first report to the newest year there is. One without a division (its name could not be placed)
-- has an id of its own a report: it is expected in no other year.
spans as (
    select
        agency_id,
        min(year) as first_year,
        case when bool_and(division_code is null) then max(year) else (select newest.year from newest) end as last_year
    from reports
    group by agency_id
),

expected as (
    select
        agency_id,
        unnest(generate_series(first_year, last_year)) as year
    from spans
)

select
    expected.agency_id,
    cast(expected.year as integer) as year,
    agencies.agency_name,
    agencies.agency_kind,
    agencies.division_code,

    make_date(cast(expected.year as integer) + 1, agency_kinds.deadline_month, agency_kinds.deadline_day) as deadline,
    reports.report_id is not null as received,
    reports.published_on,
    reports.on_time,
    reports.report_id
from expected
inner join agencies
    on
        expected.agency_id = agencies.agency_id
        and make_date(cast(expected.year as integer), 12, 31) >= agencies.valid_from
        and make_date(cast(expected.year as integer), 12, 31) <= coalesce(agencies.valid_to, date '9999-12-31')
left join agency_kinds on agencies.agency_kind = agency_kinds.agency_kind
left join reports
    on
        expected.agency_id = reports.agency_id
        and expected.year = reports.year
