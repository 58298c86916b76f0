-- The cells that a finding names; for identities between reports, the report's own cells in them; for documents that
-- contradict each other, those in which they differ.
with findings as (
    select * from {{ ref('int_finding') }}
),

named as (
    select * from {{ ref('stg_raw__finding_cell') }}
),

conflicting as (
    select * from {{ ref('int_conflicting_cell') }}
),

terms as (
    select * from {{ ref('int_identity_term') }}
),

cells as (
    select * from {{ ref('int_cell_touched') }}
),

between as (
    select
        report_key,
        finding_number,
        unnest(identity_ids) as identity_id
    from findings
    where finding_number > 1000
),

own_operands as (
    select distinct
        between.report_key,
        between.finding_number,
        terms.cell
    from between
    inner join terms on between.identity_id = terms.identity_id
    where terms.year_offset = 0
),

touched as (
    select
        report_key,
        finding_number,
        cell,
        implied
    from named

    union all

    select
        report_key,
        finding_number,
        cell,
        null as implied
    from own_operands

    union all

    select distinct
        findings.report_key,
        findings.finding_number,
        conflicting.cell,
        null as implied
    from findings
    inner join conflicting on findings.report_key = conflicting.report_key
    where findings.finding_number = 1000000
)

select
    findings.report_key,
    findings.report_id,
    findings.finding_number,
    cells.cell,
    cells.value as printed,
    touched.implied,
    cells.state,
    cells.raw,
    cells.page,
    cells.table_number,
    cells.row_number,
    cells.column_number
from findings
inner join touched
    on
        findings.report_key = touched.report_key
        and findings.finding_number = touched.finding_number
inner join cells
    on
        touched.report_key = cells.report_key
        and touched.cell = cells.cell
