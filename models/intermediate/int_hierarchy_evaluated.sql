with expected as (
    select * from {{ ref('int_hierarchy_expected') }}
),

summaries as (
    select * from {{ ref('int_hierarchy_summary') }}
),

members as (
    select * from {{ ref('int_hierarchy_member') }}
),

-- The right side is the same cell of every agency on the roster.
terms as (
    select
        template,
        identity_key,
        cell
    from {{ ref('int_identity_term') }}
    where starts_with(identity_id, 'hierarchy.') and side = 'left'
),

-- Of agencies, too, that this run did not touch
cells as (
    select * from {{ ref('stg_raw__cell') }}
),

of_agencies as (
    select
        members.report_key,
        terms.identity_key,
        count(*) as agencies,
        count(cells.value) as agencies_reported,
        sum(cells.value) as right_value,
        string_agg(members.agency_name, '、' order by members.agency_name) filter (where cells.value is null) as lacking
    from members
    inner join terms on members.template = terms.template
    left join cells
        on
            members.agency_report_key = cells.report_key
            and terms.cell = cells.cell
    group by members.report_key, terms.identity_key
),

compared as (
    select
        expected.report_key,
        expected.identity_key,
        -- Nobody knows how many figures are needed where nobody said which agencies there are: two at the least.
        1 + coalesce(of_agencies.agencies, 1) as operands,
        cast(own.value is not null as integer) + coalesce(of_agencies.agencies_reported, 0) as operands_reported,
        own.value as left_value,
        of_agencies.right_value,
        case
            when of_agencies.agencies is null then '没有机关名册 / no roster of its agencies'
            else nullif(
                concat_ws('、', case when own.value is null then summaries.agency_name end, of_agencies.lacking), ''
            )
        end as missing
    from expected
    inner join summaries on expected.report_key = summaries.report_key
    inner join terms on expected.identity_key = terms.identity_key
    left join cells as own
        on
            expected.report_key = own.report_key
            and terms.cell = own.cell
    left join of_agencies
        on
            expected.report_key = of_agencies.report_key
            and expected.identity_key = of_agencies.identity_key
)

select
    report_key,
    identity_key,
    '' as variant,
    cast(operands as integer) as operands,
    cast(operands_reported as integer) as operands_reported,
    cast(case when missing is null then left_value end as decimal(38, 6)) as left_value,
    cast(case when missing is null then left_value - right_value end as decimal(38, 6)) as residual,
    case
        when missing is not null then 'not_assessable'
        when left_value = right_value then 'holds'
        else 'broken'
    end as status,
    missing
from compared
