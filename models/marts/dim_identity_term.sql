with terms as (
    select * from {{ ref('int_identity_term') }}
)

select * from terms
