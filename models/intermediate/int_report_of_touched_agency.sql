-- For what runs over the years of an agency: all its current reports, though the run touched one of them only.
with current_reports as (
    select * from {{ ref('int_report_current') }}
),

touched as (
    select * from {{ ref('stg_raw__touched_agency') }}
)

select current_reports.*
from current_reports
semi join touched on current_reports.agency_id = touched.agency_id
