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

-- Of agencies, too, that this run did not touch; picked out before anything is joined with all the cells there are
cells_of_agencies as (
    select * from {{ ref('stg_raw__cell') }}
    where report_key in (select members.agency_report_key from members)
),

own_cells as (
    select * from {{ ref('stg_raw__cell') }}
    where report_key in (select members.report_key from members)
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
    left join cells_of_agencies as cells
        on
            members.agency_report_key = cells.report_key
            and terms.cell = cells.cell
    group by members.report_key, terms.identity_key
),

-- Only these have anything to be compared with: the figures of the others are not looked up.
rostered as (
    select
        expected.report_key,
        expected.identity_key,
        terms.cell,
        summaries.agency_name,
        of_agencies.agencies,
        of_agencies.agencies_reported,
        of_agencies.right_value,
        of_agencies.lacking
    from of_agencies
    inner join expected
        on
            of_agencies.report_key = expected.report_key
            and of_agencies.identity_key = expected.identity_key
    inner join summaries on expected.report_key = summaries.report_key
    inner join terms on expected.identity_key = terms.identity_key
),

compared as (
    select
        rostered.report_key,
        rostered.identity_key,
        1 + rostered.agencies as operands,
        cast(own.value is not null as integer) + rostered.agencies_reported as operands_reported,
        own.value as left_value,
        rostered.right_value,
        nullif(
            concat_ws('、', case when own.value is null then rostered.agency_name end, rostered.lacking), ''
        ) as missing
    from rostered
    left join own_cells as own
        on
            rostered.report_key = own.report_key
            and rostered.cell = own.cell

    union all

    -- Nobody knows how many figures are needed where nobody said which agencies there are: two at the least.
    select
        expected.report_key,
        expected.identity_key,
        2 as operands,
        0 as operands_reported,
        null as left_value,
        null as right_value,
        '没有机关名册 / no roster of its agencies' as missing
    from expected
    anti join of_agencies
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
