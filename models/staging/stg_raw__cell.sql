with source as (
    select * from {{ source('raw', 'cell') }}
),

renamed as (
    select
        report_key,
        cell,

        value,
        cast(value_scale as integer) as printed_decimals,
        state,
        unit,
        raw,

        page,
        table_number,
        row_number,
        column_number
    from source
)

select * from renamed
