with source as (
    select * from {{ source('raw', 'touched_year') }}
),

renamed as (
    select
        agency_id,
        year
    from source
)

select * from renamed
