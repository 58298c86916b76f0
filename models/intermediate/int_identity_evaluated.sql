with expected as (
    select * from {{ ref('int_identity_expected') }}
),

operands as (
    select * from {{ ref('int_identity_operand') }}
),

terms as (
    select * from {{ ref('int_identity_term') }}
    -- Those are over the reports of several agencies: int_hierarchy_evaluated.
    where not starts_with(identity_id, 'hierarchy.')
),

summed as (
    select
        report_id,
        identity_id,
        variant,
        count(*) filter (where state <> 'missing') as operands_printed,
        count(*) filter (where state = 'reported' and value is not null) as operands_reported,
        sum(coefficient * value) filter (where side = 'left') as left_value,
        sum(-coefficient * value) filter (where side = 'right') as right_value
    from operands
    group by report_id, identity_id, variant
),

variants as (
    select
        template,
        identity_id,
        variant,
        count(*) as operands
    from terms
    group by template, identity_id, variant
),

-- The usual variant, unless only another one is printed in full.
chosen as (
    select
        expected.report_id,
        expected.identity_id,
        expected.relation,
        variants.variant,
        variants.operands,
        coalesce(summed.operands_reported, 0) as operands_reported,
        coalesce(summed.operands_reported = variants.operands, false) as is_assessable,
        coalesce(summed.left_value, 0) as left_value,
        coalesce(summed.right_value, 0) as right_value
    from expected
    inner join variants
        on
            expected.template = variants.template
            and expected.identity_id = variants.identity_id
    left join summed
        on
            expected.report_id = summed.report_id
            and variants.identity_id = summed.identity_id
            and variants.variant = summed.variant
    qualify row_number() over (
        partition by expected.report_id, expected.identity_id
        order by coalesce(summed.operands_printed = variants.operands, false) desc, variants.variant asc
    ) = 1
)

select
    report_id,
    identity_id,
    variant,
    operands,
    operands_reported,
    case when is_assessable then left_value end as left_value,
    case when is_assessable then right_value end as right_value,
    case when is_assessable then left_value - right_value end as residual,
    case
        when not is_assessable then 'not_assessable'
        when left_value = right_value or (relation = 'le' and left_value < right_value) then 'holds'
        else 'broken'
    end as status
from chosen
