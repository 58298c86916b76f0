-- The reports that this run builds anew: the current one of each agency and year that it touched.
{{ config(materialized=view_of_all_table_of_some()) }}

with current_reports as (
    select * from {{ ref('int_report_current') }}
),

touched as (
    select * from {{ ref('stg_raw__touched_report') }}
)

select current_reports.*
from current_reports
semi join touched on current_reports.report_key = touched.report_key
