{{ config(materialized="incremental", pre_hook="{{ forget_touched_agencies() }}") }}

with reports as (
    select * from {{ ref('stg_raw__report') }}
),

documents as (
    select * from {{ ref('stg_raw__document') }}
),

touched as (
    select * from {{ ref('stg_raw__touched_agency') }}
),

agency_kinds as (
    select * from {{ ref('agency_kinds') }}
),

dated as (
    select
        reports.*,
        documents.source_path,
        documents.landed_at,
        make_date(reports.year + 1, agency_kinds.deadline_month, agency_kinds.deadline_day) as deadline
    from reports
    semi join touched on reports.agency_id = touched.agency_id
    left join documents on reports.source_sha256 = documents.source_sha256
    left join agency_kinds on reports.agency_kind = agency_kinds.agency_kind
),

numbered as (
    select
        *,
        published_on <= deadline as on_time,
        -- A total order: two runs over the same reports agree on which one is current.
        row_number() over (
            partition by agency_id, year
            order by published_on asc nulls first, landed_at asc, source_path asc, source_sha256 asc, report_id asc
        ) as version,
        count(*) over (partition by agency_id, year) as versions
    from dated
)

select
    *,
    version = versions as is_current
from numbered
