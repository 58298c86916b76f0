with terms as (
    select * from {{ ref('identity_terms') }}
),

identities as (
    select * from {{ ref('int_identity') }}
)

select
    identities.identity_key,
    -- A form of an identity has a number of its own: figures by the million are grouped by it
    cast(dense_rank() over (order by terms.template, terms.identity_id, coalesce(terms.variant, '')) as smallint)
        as form_key,
    terms.identity_id,
    terms.template,
    -- '' is the usual form of the identity, and sorts before every other.
    coalesce(terms.variant, '') as variant,
    bool_or(terms.variant is not null) over (partition by identities.identity_key) as has_variants,
    terms.side,
    terms.cell,
    terms.coefficient,
    terms.year_offset
from terms
inner join identities
    on
        terms.template = identities.template
        and terms.identity_id = identities.identity_id
