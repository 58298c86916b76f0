-- The office of a government (办公室) reports for itself; the report of the government itself covers its whole district.
with current_reports as (
    select * from {{ ref('int_report_current') }}
)

select
    report_id,
    agency_id,
    agency_name,
    year,
    template,
    division_code
from current_reports
where agency_kind = 'government' and agency_id = division_code || ':人民政府'
