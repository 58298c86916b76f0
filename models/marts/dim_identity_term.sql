{{ config(tags=["reference"]) }}

with terms as (
    select * from {{ ref('int_identity_term') }}
)

select * exclude (identity_key) from terms
