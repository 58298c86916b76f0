{{ config(tags=["reference"]) }}

with identities as (
    select * from {{ ref('int_identity') }}
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
