{{ config(materialized="incremental", pre_hook="{{ forget_touched_agencies() }}") }}

{%- set rates = reported_rates() -%}
{%- set changing = ['new_requests'] + rates + ['procurement_amount_yuan', 'identities_broken'] -%}

with touched as (
    select * from {{ ref('stg_raw__touched_agency') }}
),

-- Only of these agencies, before anything is joined with all the reports there are.
expected as (
    select * from {{ ref('fct_report_expected') }}
    where agency_id in (select touched.agency_id from touched)
),

current_reports as (
    select
        report_key,
        report_id
    from {{ ref('int_report_of_touched_agency') }}
),

reports as (
    select * from {{ ref('fct_report') }}
    where agency_id in (select touched.agency_id from touched)
),

procurement as (
    select * from {{ ref('fct_procurement') }}
    where agency_id in (select touched.agency_id from touched)
),

indicators as (
    select
        current_reports.report_id,
        indicators.*
    from {{ ref('int_report_indicator') }} as indicators
    inner join current_reports on indicators.report_key = current_reports.report_key
),

joined as (
    select
        expected.agency_id,
        expected.year,
        expected.agency_name,
        expected.agency_kind,
        expected.division_code,
        coalesce(left(expected.division_code, 6), 'unresolved') as district_code,
        expected.report_id,
        reports.template,

        cast(1 as bigint) as reports_expected,
        cast(expected.received as bigint) as reports_received,
        cast(expected.on_time as bigint) as on_time_rate_numerator,
        cast(expected.on_time is not null as bigint) as on_time_rate_denominator,
        cast(expected.on_time is not null as bigint) as on_time_rate_n,

        indicators.new_requests,
        {% for rate in rates %}
            indicators.{{ rate }}_numerator,
            indicators.{{ rate }}_denominator,
            coalesce(indicators.{{ rate }}_n, 0) as {{ rate }}_n,
        {% endfor %}
        procurement.amount_yuan as procurement_amount_yuan,
        reports.identities_assessed,
        reports.identities_broken
    from expected
    left join reports on expected.report_id = reports.report_id
    left join indicators on expected.report_id = indicators.report_id
    left join procurement on expected.report_id = procurement.report_id
),

rated as (
    select
        {% for rate in ['on_time_rate'] + rates %}
            {{ rate_of(rate) }} as {{ rate }},
        {% endfor %}
        *
    from joined
)

select
    {% for measure in changing %}
        {{ measure }} - lag({{ measure }}) over agency_years as {{ measure }}_change,
    {% endfor %}
    *
from rated
window agency_years as (partition by agency_id order by year)
