with source as (
    select * from {{ source('raw', 'narrative') }}
),

renamed as (
    select
        report_key,
        sequence as statement_number,
        measure,
        label,

        value,
        unit,
        quote,

        page,
        line as line_number
    from source
)

select * from renamed
