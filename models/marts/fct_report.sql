{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with reports as (
    select * from {{ ref('int_report_touched') }}
),

judged as (
    select
        report_key,
        sum(expected) as identities_expected,
        sum(assessed) as identities_assessed,
        sum(broken) as identities_broken,
        -- Over no verdict at all nobody knows: what could not be assessed is not consistent.
        case when sum(errors_assessed) > 0 then sum(errors_broken) = 0 end as is_consistent
    from {{ ref('int_report_judged') }}
    where report_key in (select reports.report_key from reports)
    group by report_key
)

select
    reports.report_id,
    reports.agency_id,
    reports.year,
    reports.template,

    reports.document_number,
    reports.published_on,
    reports.deadline,
    reports.on_time,

    reports.source_sha256,
    reports.source_path,
    reports.version,
    reports.versions,

    judged.is_consistent,
    cast(coalesce(judged.identities_expected, 0) as bigint) as identities_expected,
    cast(coalesce(judged.identities_assessed, 0) as bigint) as identities_assessed,
    cast(coalesce(judged.identities_broken, 0) as bigint) as identities_broken
from reports
left join judged on reports.report_key = judged.report_key
