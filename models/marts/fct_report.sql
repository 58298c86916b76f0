{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with reports as (
    select * from {{ ref('int_report_touched') }}
),

verdicts as (
    select * from {{ ref('int_identity_verdict') }}
),

identities as (
    select * from {{ ref('int_identity') }}
),

judged as (
    select
        verdicts.report_key,
        count(*) as identities_expected,
        count(*) filter (where verdicts.status <> 'not_assessable') as identities_assessed,
        count(*) filter (where verdicts.status = 'broken') as identities_broken,
        -- Over no verdict at all this is null: what could not be assessed is not consistent.
        bool_and(verdicts.status = 'holds') filter (
            where identities.severity = 'error' and verdicts.status <> 'not_assessable'
        ) as is_consistent
    from verdicts
    inner join identities on verdicts.identity_key = identities.identity_key
    semi join reports on verdicts.report_key = reports.report_key
    group by verdicts.report_key
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
    coalesce(judged.identities_expected, 0) as identities_expected,
    coalesce(judged.identities_assessed, 0) as identities_assessed,
    coalesce(judged.identities_broken, 0) as identities_broken
from reports
left join judged on reports.report_key = judged.report_key
