{{ config(materialized="view") }}

with versions as (
    select * from {{ ref('int_report_version') }}
)

select
    report_id,
    agency_id,
    year,
    version,
    versions,
    is_current,
    sources,

    template,
    document_number,
    published_on,
    deadline,
    on_time,
    period_start,
    period_end,

    printed_agency,
    printed_agency_full,
    figures_hash,
    source_sha256,
    source_path,
    landed_at
from versions
