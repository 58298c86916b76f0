with source as (
    select * from {{ source('raw', 'finding_cell') }}
),

renamed as (
    select
        report_id,
        finding_number,
        cell,

        printed,
        implied
    from source
)

select * from renamed
