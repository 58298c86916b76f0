with source as (
    select * from {{ source('raw', 'roster') }}
),

renamed as (
    select
        source as roster_source,
        line as line_number,

        division_code,
        agency as written_agency,
        agency_id,
        agency_name,

        cast(valid_from as integer) as valid_from,
        cast(valid_to as integer) as valid_to
    from source
)

select * from renamed
