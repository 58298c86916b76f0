{{ config(materialized="incremental", pre_hook="{{ forget_touched_districts() }}") }}

{%- set rates = reported_rates() -%}

with agency_years as (
    select * from {{ ref('mart_agency_year') }}
    where district_code in (select touched.district_code from {{ ref('stg_raw__touched_district') }} as touched)
),

divisions as (
    select * from {{ ref('dim_division') }}
),

compared as (
    select
        *,
        bool_or(agency_kind <> 'government' and reports_received = 1) over district_years as has_agency_report
    from agency_years
    window district_years as (partition by district_code, year)
),

-- A government's report covers the whole district: beside its agencies' own everything would count twice.
placed as (
    select
        *,
        agency_kind <> 'government' or not has_agency_report as is_summed
    from compared
),

summed as (
    select
        district_code,
        year,
        case
            when bool_or(has_agency_report) then 'agencies'
            when sum(reports_received) > 0 then 'government_summary'
        end as basis,

        {% for measure in ['reports_expected', 'reports_received', 'identities_assessed', 'identities_broken'] %}
            cast(sum({{ measure }}) as bigint) as {{ measure }},
        {% endfor %}
        {% for part in ['numerator', 'denominator', 'n'] %}
            cast(sum(on_time_rate_{{ part }}) as bigint) as on_time_rate_{{ part }},
        {% endfor %}
        {% for rate in rates %}
            {% for part in ['numerator', 'denominator', 'n'] %}
                cast(sum({{ rate }}_{{ part }}) filter (where is_summed) as bigint) as {{ rate }}_{{ part }},
            {% endfor %}
        {% endfor %}
        cast(sum(new_requests) filter (where is_summed) as bigint) as new_requests,
        count(new_requests) filter (where is_summed) as new_requests_n,
        cast(sum(procurement_amount_yuan) filter (where is_summed) as decimal(38, 2)) as procurement_amount_yuan,
        count(procurement_amount_yuan) filter (where is_summed) as procurement_amount_yuan_n
    from placed
    group by district_code, year
)

select
    summed.*,
    {% for rate in ['on_time_rate'] + rates %}
        {{ rate_of('summed.' ~ rate) }} as {{ rate }},
    {% endfor %}
    divisions.province,
    divisions.city,
    divisions.district
from summed
left join divisions on summed.district_code = divisions.division_code
