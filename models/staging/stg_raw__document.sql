with source as (
    select * from {{ source('raw', 'document') }}
),

renamed as (
    select
        source_sha256,
        landed_sha256,
        source_path,
        format as document_format,
        bytes as size_bytes,
        landed_at,
        outcome,
        parser_version
    from source
)

select * from renamed
