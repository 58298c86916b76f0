with source as (
    select * from {{ source('raw', 'finding_cell') }}
),

renamed as (
    select
        report_key,
        finding_number,
        cell,

        printed,
        implied
    from source
)

select * from renamed
