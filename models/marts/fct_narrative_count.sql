with counts as (
    select * from {{ ref('int_narrative_count') }}
)

select * exclude (template) from counts
