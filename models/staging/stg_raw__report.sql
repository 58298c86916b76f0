with source as (
    select * from {{ source('raw', 'report') }}
),

renamed as (
    select
        report_key,
        report_id,
        source_sha256,
        agency as printed_agency,
        agency_full as printed_agency_full,
        printed_division_code,

        agency_id,
        agency_name,
        agency_kind,
        division_code,

        cast(year as integer) as year,
        template,
        document_number,
        published_on,
        period_start,
        period_end,

        figures_hash
    from source
)

select * from renamed
