{{ config(materialized="view") }}

with counts as (
    select * from {{ ref('int_narrative_count') }}
)

select * exclude (report_key, template) from counts
