-- The verdicts on each report, counted once: it and the shares of the whole warehouse follow from these.
{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with verdicts as (
    select * from {{ ref('int_identity_verdict') }}
),

identities as (
    select * from {{ ref('int_identity') }}
),

reports as (
    select * from {{ ref('int_report_touched') }}
)

select
    verdicts.report_key,
    identities.class,
    count(*) as expected,
    count(*) filter (where verdicts.status <> 'not_assessable') as assessed,
    count(*) filter (where verdicts.status = 'broken') as broken,
    count(*) filter (where identities.severity = 'error' and verdicts.status <> 'not_assessable') as errors_assessed,
    count(*) filter (where identities.severity = 'error' and verdicts.status = 'broken') as errors_broken
from verdicts
inner join identities on verdicts.identity_key = identities.identity_key
semi join reports on verdicts.report_key = reports.report_key
group by verdicts.report_key, identities.class
