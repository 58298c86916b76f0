with source as (
    select * from {{ source('raw', 'identity') }}
),

renamed as (
    select
        report_key,
        identity_id,
        status,
        residual
    from source
)

select * from renamed
