-- The identities with a number each: verdicts by the million are grouped by numbers, not by names.
with identities as (
    select * from {{ ref('identities') }}
)

select
    cast(row_number() over (order by template, identity_id) as smallint) as identity_key,
    identity_id,
    template,
    class,
    severity,
    relation,
    statement_zh,
    statement_en
from identities
