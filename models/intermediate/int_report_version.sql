-- Each version by the one report that stands for it.
with sources as (
    select * from {{ ref('int_report_source') }}
)

select
    report_key,
    report_id,
    source_sha256,
    printed_agency,
    printed_agency_full,
    printed_division_code,

    agency_id,
    agency_name,
    agency_kind,
    division_code,

    year,
    template,
    document_number,
    published_on,
    period_start,
    period_end,
    figures_hash,

    source_path,
    landed_at,
    deadline,
    on_time,

    version,
    versions,
    is_current,
    is_as_current_as_any,
    sources
from sources
where is_representing
