{{ config(materialized="incremental", pre_hook="{{ forget_touched_reports() }}") }}

{%- set rates = reported_rates() %}

with cells as (
    select * from {{ ref('int_cell_touched') }}
),

template_cells as (
    select * from {{ ref('int_template_cell') }}
),

terms as (
    select * from {{ ref('indicator_terms') }}
),

terms_of_indicator as (
    select
        indicator,
        count(*) as operands
    from terms
    group by indicator
),

summed as (
    select
        cells.report_key,
        terms.indicator,
        count(*) filter (where cells.state = 'reported' and cells.value is not null) as operands_reported,
        sum(cells.value) filter (where terms.part = 'numerator') as numerator,
        sum(cells.value) filter (where terms.part = 'denominator') as denominator
    from cells
    inner join template_cells
        on
            cells.template = template_cells.template
            and cells.cell = template_cells.cell
    inner join terms on template_cells.comparable_measure = terms.comparable_measure
    group by cells.report_key, terms.indicator
),

-- An indicator rests only on reports that print every figure of it.
whole as (
    select
        summed.report_key,
        summed.indicator,
        {{ as_count('summed.numerator') }} as numerator,
        {{ as_count('summed.denominator') }} as denominator
    from summed
    inner join terms_of_indicator on summed.indicator = terms_of_indicator.indicator
    where summed.operands_reported = terms_of_indicator.operands
)

select
    report_key,
    {% for rate in rates %}
        {{ pivoted('indicator', rate, 'numerator') }} as {{ rate }}_numerator,
        {{ pivoted('indicator', rate, 'denominator') }} as {{ rate }}_denominator,
        count(*) filter (where indicator = '{{ rate }}') as {{ rate }}_n,
    {% endfor %}
    {{ pivoted('indicator', 'new_requests', 'numerator') }} as new_requests
from whole
group by report_key
