with versions as (
    select * from {{ ref('int_report_version') }}
)

select *
from versions
where is_current
