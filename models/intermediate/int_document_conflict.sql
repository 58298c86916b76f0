-- Documents of one agency and year that print different figures, and nothing says which of them holds.
with conflicting_cells as (
    select * from {{ ref('int_conflicting_cell') }}
),

versions as not materialized (
    select * from {{ ref('int_report_version') }}
),

-- Picked out before they are joined: there are few, and versions by the million.
chosen as (
    select
        report_key,
        source_path
    from versions
    where report_key in (select conflicting_cells.report_key from conflicting_cells)
),

claims as (
    select
        conflicting_cells.report_key,
        list(distinct others.source_path order by others.source_path) as other_paths,
        count(distinct conflicting_cells.cell) as cells
    from versions as others
    inner join conflicting_cells on others.report_key = conflicting_cells.other_report_key
    group by conflicting_cells.report_key
)

select
    chosen.report_key,
    '同一机关同一年度的文件数字不同，发布日期和收到时间分不出先后：采用 ' || chosen.source_path || '，另有 '
    || array_to_string(claims.other_paths, '、') || '；' || claims.cells || ' 个单元格不一致，请核实以哪份为准。'
        as statement_zh,
    'Documents of one agency and year print different figures, and neither date nor arrival says which holds: '
    || chosen.source_path || ' is used, beside it ' || array_to_string(claims.other_paths, ', ') || '; '
    || claims.cells || ' cells differ. Find out which one holds.' as statement_en
from chosen
inner join claims on chosen.report_key = claims.report_key
