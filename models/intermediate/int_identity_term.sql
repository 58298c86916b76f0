with terms as (
    select * from {{ ref('identity_terms') }}
)

select
    identity_id,
    template,
    -- '' is the usual form of the identity, and sorts before every other.
    coalesce(variant, '') as variant,
    side,
    cell,
    coefficient,
    year_offset
from terms
