with summaries as (
    select * from {{ ref('int_hierarchy_summary') }}
),

identities as (
    select * from {{ ref('int_identity') }}
    where class = 'hierarchy'
)

select
    summaries.report_key,
    identities.identity_key
from summaries
inner join identities on summaries.template = identities.template
