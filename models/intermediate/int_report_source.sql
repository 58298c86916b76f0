{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with reports as not materialized (
    select * from {{ ref('stg_raw__report') }}
),

touched as (
    select * from {{ ref('stg_raw__touched_report') }}
),

-- Read twice, but never kept: a full refresh touches all reports, and a night would keep all to find a few.
touched_reports as not materialized (
    select reports.*
    from reports
    semi join touched on reports.report_key = touched.report_key
),

documents as (
    select * from {{ ref('stg_raw__document') }}
    where source_sha256 in (select touched_reports.source_sha256 from touched_reports)
),

agency_kinds as (
    select * from {{ ref('agency_kinds') }}
),

corrections as (
    select distinct report_id from {{ ref('stg_raw__problem') }}
    where code = 'says_correction'
),

dated as (
    select
        touched_reports.*,
        documents.source_path,
        documents.document_format,
        documents.landed_at,
        documents.parser_version,
        make_date(touched_reports.year + 1, agency_kinds.deadline_month, agency_kinds.deadline_day) as deadline,
        coalesce(touched_reports.figures_hash, touched_reports.report_id) as figures,
        -- In its title, or in the name it came under
        corrections.report_id is not null
        or coalesce(regexp_matches(documents.source_path, '更正|修订|勘误'), false) as says_correction
    from touched_reports
    left join documents on touched_reports.source_sha256 = documents.source_sha256
    left join agency_kinds on touched_reports.agency_kind = agency_kinds.agency_kind
    left join corrections on touched_reports.report_id = corrections.report_id
),

-- Documents that print the same figures on the same form are sources of one version. The first one that has a date
-- stands for it, else the first that came: a copy that comes later changes nothing.
grouped as (
    select
        *,
        row_number() over representing as source_number,
        first_value(report_id) over representing as version_report_id,
        first_value(source_path) over representing as version_path,
        first_value(source_sha256) over representing as version_sha256,
        count(*) over same_figures as sources,
        min(landed_at) over same_figures as version_landed_at,
        bool_or(says_correction) over same_figures as version_says_correction,
        -- A correction without a date corrects whatever is dated
        max(case when published_on is null and says_correction then date '9999-12-31' else published_on end)
            over same_figures
            as version_dated
    from dated
    window
        same_figures as (partition by agency_id, year, template, figures),
        representing as (
            partition by agency_id, year, template, figures
            order by
                published_on asc nulls last, landed_at asc, source_path asc, source_sha256 asc, report_id asc
        )
),

numbered as (
    select
        *,
        -- A total order: two runs over the same reports agree on which one is current.
        dense_rank() over (
            partition by agency_id, year
            order by
                version_dated asc nulls first,
                version_says_correction asc,
                version_landed_at asc,
                -- A page that only carries the report's file never hides the file's figures
                figures_hash is not null asc,
                version_path asc,
                version_sha256 asc,
                version_report_id asc
        ) as version,
        rank() over (
            partition by agency_id, year
            order by version_dated desc nulls last, version_says_correction desc, version_landed_at desc
        ) as currency
    from grouped
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
    document_format,
    landed_at,
    parser_version,
    deadline,
    published_on <= deadline as on_time,

    version,
    max(version) over (partition by agency_id, year) as versions,
    version = max(version) over (partition by agency_id, year) as is_current,
    currency = 1 as is_as_current_as_any,
    sources,
    source_number,
    source_number = 1 as is_representing
from numbered
