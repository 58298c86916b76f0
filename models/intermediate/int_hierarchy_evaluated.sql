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
        identity_id,
        cell
    from {{ ref('int_identity_term') }}
    where starts_with(identity_id, 'hierarchy.') and side = 'left'
),

cells as (
    select * from {{ ref('fct_report_cell') }}
),

of_agencies as (
    select
        members.report_id,
        terms.identity_id,
        count(*) as agencies,
        count(cells.value) as agencies_reported,
        sum(cells.value) as right_value,
        string_agg(members.agency_name, '、' order by members.agency_name) filter (where cells.value is null) as lacking
    from members
    inner join terms on members.template = terms.template
    left join cells
        on
            members.agency_report_id = cells.report_id
            and terms.cell = cells.cell
    group by members.report_id, terms.identity_id
),

compared as (
    select
        expected.report_id,
        expected.identity_id,
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
    inner join summaries on expected.report_id = summaries.report_id
    inner join terms
        on
            expected.template = terms.template
            and expected.identity_id = terms.identity_id
    left join cells as own
        on
            expected.report_id = own.report_id
            and terms.cell = own.cell
    left join of_agencies
        on
            expected.report_id = of_agencies.report_id
            and expected.identity_id = of_agencies.identity_id
)

select
    report_id,
    identity_id,
    '' as variant,
    operands,
    operands_reported,
    case when missing is null then left_value end as left_value,
    case when missing is null then right_value end as right_value,
    case when missing is null then left_value - right_value end as residual,
    case
        when missing is not null then 'not_assessable'
        when left_value = right_value then 'holds'
        else 'broken'
    end as status,
    missing
from compared
