{{ config(materialized="view") }}

with verdicts as (
    select * from {{ ref('int_identity_verdict') }}
),

current_reports as (
    select * from {{ ref('int_report_current') }}
),

identities as (
    select * from {{ ref('int_identity') }}
)

select
    current_reports.report_id,
    current_reports.agency_id,
    current_reports.year,
    current_reports.template,

    identities.identity_id,
    identities.class,
    identities.severity,
    identities.relation,
    verdicts.variant,

    verdicts.left_value,
    verdicts.left_value - verdicts.residual as right_value,
    verdicts.residual,
    verdicts.status,
    verdicts.operands,
    verdicts.operands_reported,
    verdicts.missing,

    identities.statement_zh,
    identities.statement_en
from verdicts
inner join current_reports on verdicts.report_key = current_reports.report_key
inner join identities on verdicts.identity_key = identities.identity_key
