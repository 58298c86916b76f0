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

-- How many figures each form of an identity needs, and how many forms there are of it.
forms as (
    select
        form_key,
        identity_key,
        variant,
        count(*) as operands,
        count(*) over (partition by identity_key) as variants
    from terms
    group by form_key, identity_key, variant
),

summed as (
    select
        report_key,
        form_key,
        -- Whether a form is printed in full matters where there is another
        count(case when has_variants and state <> 'missing' then 1 end) as operands_printed,
        count(value) as operands_reported,
        -- On the left every figure counts once; on the right it is added, or taken off where its coefficient is 1
        coalesce(sum(case when side = 'left' then value end), 0) as left_value,
        coalesce(sum(case when side = 'right' then case coefficient when -1 then value else -value end end), 0)
            as right_value
    from operands
    group by report_key, form_key
),

judged as (
    select
        summed.*,
        forms.identity_key,
        forms.variant,
        forms.variants,
        forms.operands,
        summed.operands_reported = forms.operands as is_assessable
    from summed
    inner join forms on summed.form_key = forms.form_key
),

-- The usual variant, unless only another one is printed in full. An expected verdict has a row even where nothing is
-- printed that enters it.
chosen as (
    select * from judged
    where variants = 1

    union all

    select * from judged
    where variants > 1
    qualify
        row_number() over (
            partition by report_key, identity_key
            order by operands_printed = operands desc, variant asc
        ) = 1

    union all by name

    select
        expected.report_key,
        expected.identity_key,
        forms.variant,
        0 as operands_reported,
        forms.operands,
        false as is_assessable
    from expected
    anti join judged
        on
            expected.report_key = judged.report_key
            and expected.identity_key = judged.identity_key
    inner join forms on expected.identity_key = forms.identity_key
    where forms.variant = ''
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
