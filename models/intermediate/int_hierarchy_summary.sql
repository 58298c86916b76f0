-- The office of a government (办公室) reports for itself; the report of the government itself covers its whole district.
with reports as (
    select * from {{ ref('int_report_touched') }}
)

select
    report_key,
    agency_id,
    agency_name,
    year,
    template,
    division_code
from reports
where agency_kind = 'government' and agency_id = division_code || ':人民政府'
