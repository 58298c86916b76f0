with source as (
    select * from {{ source('raw', 'touched_report') }}
),

renamed as (
    select report_key
    from source
)

select * from renamed
