-- Each version by the one report that stands for it.
with sources as (
    select * from {{ ref('int_report_source') }}
)

select * exclude (document_format, parser_version, source_number, is_representing)
from sources
where is_representing
