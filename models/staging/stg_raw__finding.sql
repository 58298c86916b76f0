with source as (
    select * from {{ source('raw', 'finding') }}
),

renamed as (
    select
        report_key,
        finding_number,

        kind,
        side,
        string_split(identities, ' ') as identity_ids,
        statement_zh,
        statement_en
    from source
)

select * from renamed
