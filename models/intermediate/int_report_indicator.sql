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
        cells.report_id,
        cells.agency_id,
        cells.year,
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
    group by cells.report_id, cells.agency_id, cells.year, terms.indicator
)

select
    summed.report_id,
    summed.agency_id,
    summed.year,
    summed.indicator,
    {{ as_count('summed.numerator') }} as numerator,
    {{ as_count('summed.denominator') }} as denominator
from summed
inner join terms_of_indicator on summed.indicator = terms_of_indicator.indicator
-- An indicator rests only on reports that print every figure of it.
where summed.operands_reported = terms_of_indicator.operands
