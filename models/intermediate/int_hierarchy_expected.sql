with summaries as (
    select * from {{ ref('int_hierarchy_summary') }}
),

identities as (
    select * from {{ ref('identities') }}
    where class = 'hierarchy'
)

select
    summaries.report_id,
    summaries.agency_id,
    summaries.year,
    summaries.template,
    identities.identity_id,
    identities.relation
from summaries
inner join identities on summaries.template = identities.template
