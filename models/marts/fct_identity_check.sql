with expected as (
    select * from {{ ref('int_identity_expected') }}
),

evaluated as (
    select * from {{ ref('int_identity_evaluated') }}
    union all by name
    select * from {{ ref('int_hierarchy_evaluated') }}
),

identities as (
    select * from {{ ref('identities') }}
)

select
    expected.report_id,
    expected.agency_id,
    expected.year,
    expected.template,

    expected.identity_id,
    identities.class,
    identities.severity,
    expected.relation,
    evaluated.variant,

    evaluated.left_value,
    evaluated.right_value,
    evaluated.residual,
    coalesce(evaluated.status, 'not_assessable') as status,
    evaluated.operands,
    evaluated.operands_reported,
    evaluated.missing,

    identities.statement_zh,
    identities.statement_en
from expected
left join evaluated
    on
        expected.report_id = evaluated.report_id
        and expected.identity_id = evaluated.identity_id
left join identities
    on
        expected.template = identities.template
        and expected.identity_id = identities.identity_id
