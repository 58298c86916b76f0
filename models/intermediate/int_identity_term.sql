with terms as (
    select * from {{ ref('identity_terms') }}
),

identities as (
    select * from {{ ref('int_identity') }}
)

select
    identities.identity_key,
    terms.identity_id,
    terms.template,
    -- '' is the usual form of the identity, and sorts before every other.
    coalesce(terms.variant, '') as variant,
    terms.side,
    terms.cell,
    terms.coefficient,
    terms.year_offset
from terms
inner join identities
    on
        terms.template = identities.template
        and terms.identity_id = identities.identity_id
