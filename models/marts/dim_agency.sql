{{ config(materialized="incremental", pre_hook="{{ forget_touched_agencies() }}") }}

with reports as (
    select * from {{ ref('int_report_of_touched_agency') }}
),

compared as (
    select
        agency_id,
        agency_name,
        agency_kind,
        division_code,
        make_date(year, 1, 1) as valid_from,
        lag(agency_name) over agency_years as previous_name,
        lag(agency_kind) over agency_years as previous_kind,
        lag(division_code) over agency_years as previous_division_code
    from reports
    window agency_years as (partition by agency_id order by year)
),

periods as (
    select
        *,
        lead(valid_from) over (partition by agency_id order by valid_from) as next_valid_from
    from compared
    where
        agency_name is distinct from previous_name
        or agency_kind is distinct from previous_kind
        or division_code is distinct from previous_division_code
)

select
    agency_id,
    agency_name,
    agency_kind,
    division_code,
    valid_from,
    next_valid_from - 1 as valid_to,
    next_valid_from is null as is_current
from periods
