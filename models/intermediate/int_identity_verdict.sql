{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

with hierarchy as (
    select * from {{ ref('int_hierarchy_evaluated') }}
),

-- Those of class hierarchy are over the reports of several agencies, and are judged there.
judged_here as (
    select identity_key from {{ ref('int_identity') }}
    where class is distinct from 'hierarchy'
),

expected as (
    select expected.*
    from {{ ref('int_identity_expected') }} as expected
    semi join judged_here on expected.identity_key = judged_here.identity_key
),

operands as (
    select * from {{ ref('int_identity_operand') }}
),

terms as (
    select * from {{ ref('int_identity_term') }}
),

identities as (
    select * from {{ ref('int_identity') }}
),

-- Every expected verdict enters without a figure, so that it has a row even where nothing is printed.
entered as (
    select
        report_key,
        identity_key,
        variant,
        state <> 'missing' as is_printed,
        state = 'reported' and value is not null as is_reported,
        case when side = 'left' then coefficient * value end as left_value,
        case when side = 'right' then -coefficient * value end as right_value
    from operands

    union all

    select
        report_key,
        identity_key,
        '' as variant,
        false as is_printed,
        false as is_reported,
        null as left_value,
        null as right_value
    from expected
),

summed as (
    select
        report_key,
        identity_key,
        variant,
        count(*) filter (where is_printed) as operands_printed,
        count(*) filter (where is_reported) as operands_reported,
        coalesce(sum(left_value), 0) as left_value,
        coalesce(sum(right_value), 0) as right_value
    from entered
    group by report_key, identity_key, variant
),

variants as (
    select
        identity_key,
        variant,
        count(*) as operands,
        count(*) over (partition by identity_key) as variants
    from terms
    group by identity_key, variant
),

judged as (
    select
        summed.*,
        variants.variants,
        variants.operands,
        summed.operands_reported = variants.operands as is_assessable
    from summed
    inner join variants
        on
            summed.identity_key = variants.identity_key
            and summed.variant = variants.variant
),

-- The usual variant, unless only another one is printed in full.
chosen as (
    select * from judged
    where variants = 1

    union all

    select * from judged
    where variants > 1
    qualify row_number() over (
        partition by report_key, identity_key
        order by operands_printed = operands desc, variant asc
    ) = 1
)

select
    chosen.report_key,
    chosen.identity_key,
    chosen.variant,
    cast(chosen.operands as integer) as operands,
    cast(chosen.operands_reported as integer) as operands_reported,
    cast(case when chosen.is_assessable then chosen.left_value end as decimal(38, 6)) as left_value,
    -- Nearly always 0, which takes no room: the right side follows from it
    cast(case when chosen.is_assessable then chosen.left_value - chosen.right_value end as decimal(38, 6)) as residual,
    case
        when not chosen.is_assessable then 'not_assessable'
        when chosen.left_value = chosen.right_value then 'holds'
        when identities.relation = 'le' and chosen.left_value < chosen.right_value then 'holds'
        else 'broken'
    end as status,
    cast(null as varchar) as missing
from chosen
inner join identities on chosen.identity_key = identities.identity_key

union all by name

select * from hierarchy
