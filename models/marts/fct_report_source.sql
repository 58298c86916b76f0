{{ config(materialized="view") }}

with sources as (
    select * from {{ ref('int_report_source') }}
)

select
    agency_id,
    year,
    version,
    is_current,
    source_number,
    is_representing,

    template,
    published_on,
    figures_hash,

    source_sha256,
    source_path,
    document_format as format,
    landed_at,
    parser_version,

    report_id
from sources
