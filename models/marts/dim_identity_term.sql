{{ config(tags=["reference"]) }}

with terms as (
    select * from {{ ref('int_identity_term') }}
)

select * exclude (identity_key, form_key, has_variants) from terms
