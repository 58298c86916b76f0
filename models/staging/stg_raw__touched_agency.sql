with source as (
    select * from {{ source('raw', 'touched_agency') }}
),

renamed as (
    select agency_id
    from source
)

select * from renamed
