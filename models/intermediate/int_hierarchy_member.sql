with summaries as (
    select * from {{ ref('int_hierarchy_summary') }}
),

rosters as (
    select * from {{ ref('stg_raw__roster') }}
    -- An agency of a vertical system has no id there: it is in no summary.
    where agency_id is not null
),

current_reports as (
    select * from {{ ref('int_report_current') }}
),

-- For a division that the operator's own roster names, what came with an inbox does not count.
in_force as (
    select *
    from rosters
    qualify roster_source = 'operator' or not bool_or(roster_source = 'operator') over (partition by division_code)
)

select
    summaries.report_key,
    summaries.template,
    in_force.agency_id,
    in_force.agency_name,
    current_reports.report_key as agency_report_key
from summaries
inner join in_force
    on
        summaries.division_code = in_force.division_code
        and summaries.year >= in_force.valid_from
        and summaries.year <= coalesce(in_force.valid_to, summaries.year)
left join current_reports
    on
        in_force.agency_id = current_reports.agency_id
        and summaries.year = current_reports.year
