with current_reports as (
    select * from {{ ref('int_report_current') }}
),

verdicts as (
    select * from {{ ref('fct_identity_check') }}
),

judged as (
    select
        report_id,
        count(*) as identities_expected,
        count(*) filter (where status <> 'not_assessable') as identities_assessed,
        count(*) filter (where status = 'broken') as identities_broken,
        -- Over no verdict at all this is null: what could not be assessed is not consistent.
        bool_and(status = 'holds') filter (where severity = 'error' and status <> 'not_assessable') as is_consistent
    from verdicts
    group by report_id
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,

    current_reports.document_number,
    current_reports.published_on,
    current_reports.deadline,
    current_reports.on_time,

    current_reports.source_sha256,
    current_reports.source_path,
    current_reports.version,
    current_reports.versions,

    judged.is_consistent,
    coalesce(judged.identities_expected, 0) as identities_expected,
    coalesce(judged.identities_assessed, 0) as identities_assessed,
    coalesce(judged.identities_broken, 0) as identities_broken
from current_reports
left join judged on current_reports.report_id = judged.report_id
