with source as (
    select * from {{ source('raw', 'touched_district') }}
),

renamed as (
    select district_code
    from source
)

select * from renamed
