with identities as (
    select * from {{ ref('identities') }}
)

select
    identity_id,
    template,
    class,
    severity,
    relation,
    statement_zh,
    statement_en
from identities
