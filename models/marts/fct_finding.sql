{{ config(materialized="incremental", pre_hook="{{ forget_touched_years() }}") }}

with findings as (
    select * from {{ ref('int_finding') }}
),

cells as (
    select * from {{ ref('int_finding_cell') }}
),

signatures as (
    select
        report_key,
        finding_number,
        string_agg(cell || '=' || coalesce(cast(printed as varchar), ''), ';' order by cell) as printed_cells,
        count(*) as cells,
        bool_and(implied is not null) as is_certain
    from cells
    group by report_key, finding_number
)

select
    -- The same as long as the same agency prints the same figures, whatever document or reader they come from
    md5(
        concat_ws(
            '|', findings.agency_id, findings.year, findings.kind,
            array_to_string(findings.identity_ids, ' '), signatures.printed_cells
        )
    ) as finding_id,
    findings.agency_id,
    findings.year,

    findings.kind,
    findings.side,
    coalesce(signatures.is_certain, false) as is_certain,
    findings.identity_ids,
    coalesce(signatures.cells, 0) as cells,
    findings.statement_zh,
    findings.statement_en,

    findings.report_id,
    findings.finding_number
from findings
left join signatures
    on
        findings.report_key = signatures.report_key
        and findings.finding_number = signatures.finding_number
