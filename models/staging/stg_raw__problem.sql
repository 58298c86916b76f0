with source as (
    select * from {{ source('raw', 'problem') }}
),

renamed as (
    select
        source_sha256,
        report_id,
        sequence as problem_number,

        code,
        severity,
        message,

        page,
        table_number,
        row_number,
        column_number,
        line as line_number
    from source
)

select * from renamed
