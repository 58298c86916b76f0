"""Every document is a source of exactly one version, and the sources of a version print the same figures."""

from expectations.model import Definition, Suite

# As `ogi.warehouse.figures_hash` computes it from the cells as read; over the cells of one report
FIGURES_HASH = """
    case when count(value) > 0 then md5(string_agg(
        concat_ws('|', cell, state,
            coalesce(cast(cast(value as decimal(18, 6)) as varchar), ''),
            case when value is null then '' else coalesce(unit, '') end),
        chr(10) order by cell
    )) end
"""


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="versions",
        title_zh="版本与来源",
        title_en="Versions and their sources",
        definitions=(_SOURCES, _VERSIONS, _CURRENT, _NEWEST, _SAME_FIGURES, _HASHES),
    )


_SOURCES = Definition(
    name="report_is_source",
    owner="models",
    meaning_zh="读到的每份报告在 fct_report_source 中有且仅有一行",
    meaning_en="Every report that was read is one row of fct_report_source, and every row is a report",
    rows_sql="""
        select coalesce(r.agency_id, s.agency_id) as agency_id, coalesce(r.year, s.year) as year,
            coalesce(r.report_id, s.report_id) as report_id, r.report_id is not null as was_read
        from read_report as r full join built_source as s
            on r.report_id = s.report_id and r.agency_id = s.agency_id and r.year = s.year
                and r.template is not distinct from s.template
                and r.figures_hash is not distinct from s.figures_hash
        where r.report_id is null or s.report_id is null
    """,
)

_VERSIONS = Definition(
    name="version_has_sources",
    owner="models",
    meaning_zh="每一版报告都有来源，其中一份代表该版；每个来源都属于某一版",
    meaning_en="Every version has its sources and is the one that stands for them; no source has no version",
    rows_sql="""
        select coalesce(v.agency_id, s.agency_id) as agency_id, coalesce(v.year, s.year) as year,
            coalesce(v.version, s.version) as version, v.report_id, v.sources, s.sources as sources_found,
            s.representing as represented_by
        from built_version as v
        full join (
            select agency_id, year, version, count(*) as sources,
                list(report_id order by report_id) filter (where is_representing) as representing
            from built_source group by all
        ) as s on v.agency_id = s.agency_id and v.year = s.year and v.version = s.version
        where v.sources is distinct from s.sources or s.representing is distinct from [v.report_id]
    """,
)

_CURRENT = Definition(
    name="one_version_is_current",
    owner="models",
    meaning_zh="每个机关每一年度的最新版本即 fct_report 中的那一份",
    meaning_en="Of each agency and year the last version is the one in fct_report",
    rows_sql="""
        select coalesce(v.agency_id, r.agency_id) as agency_id, coalesce(v.year, r.year) as year,
            v.report_id as last_version, r.report_id as in_fct_report
        from (
            select agency_id, year, arg_max(report_id, version) as report_id, max(version) as version
            from built_version group by all
        ) as v
        full join built_report as r on v.agency_id = r.agency_id and v.year = r.year
        where v.report_id is distinct from r.report_id or v.version is distinct from r.version
    """,
)

# A version without a date may be a correction of what is dated
_NEWEST = Definition(
    name="current_version_is_newest",
    owner="models",
    meaning_zh="没有哪一版的公布日期晚于现行版本",
    meaning_en="No version of a report was published after the current one",
    rows_sql="""
        select agency_id, year, arg_max(version, version) as current_version,
            arg_max(published_on, version) as published_on, arg_max(version, published_on) as newest_version,
            max(published_on) as newest_published_on
        from (
            select s.agency_id, s.year, s.version, max(r.published_on) as published_on
            from built_source as s join read_report as r using (report_id)
            group by all
        )
        group by agency_id, year
        having arg_max(published_on, version) < max(published_on)
    """,
)

_SAME_FIGURES = Definition(
    name="sources_print_the_same",
    owner="models",
    meaning_zh="同一版的各来源数字相同、表式相同；数字和表式相同的文件是同一版",
    meaning_en="Sources of a version print the same figures on the same form; those that do are one version",
    rows_sql="""
        select agency_id, year, min(version) as version, max(version) as other_version, count(*) as sources
        from built_source
        where figures_hash is not null
        group by agency_id, year, template, figures_hash
        having min(version) <> max(version)
        union all
        select agency_id, year, version, version, count(*)
        from built_source
        group by agency_id, year, version
        having count(*) > 1 and (count(*) > count(figures_hash) or count(distinct figures_hash) > 1
            or count(distinct coalesce(template, '')) > 1)
    """,
)

_HASHES = Definition(
    name="figures_hash_as_read",
    owner="intake",
    meaning_zh="每份报告的数字哈希值与其单元格一致",
    meaning_en="The hash of a report's figures is that of its cells",
    rows_sql=f"""
        select r.agency_id, r.year, r.report_id, r.figures_hash, h.figures_hash as hash_of_cells
        from raw_reports as r
        left join (select report_id, {FIGURES_HASH} as figures_hash from raw_cells group by report_id) as h
            using (report_id)
        where r.figures_hash is distinct from h.figures_hash
    """,
)
