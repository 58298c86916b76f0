"""Nothing vanishes on the way: documents, reports, versions and cells are all accounted for."""

from expectations.model import Definition, Suite


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="accounting",
        title_zh="无一遗漏",
        title_en="Nothing vanishes",
        definitions=(
            _DOCUMENTS,
            _REPORTS,
            _CELLS_OF_REPORT,
            _CELLS_OF_FORM,
            _CELLS_AS_READ,
            _NARRATIVE,
            _AGENCY_YEARS,
            _AS_COUNTED,
            _IN_ALL,
            _BUILT,
        ),
    )


_DOCUMENTS = Definition(
    name="document_accounted",
    owner="intake",
    meaning_zh="每份文件要么已载入（有报告），要么已隔离（并说明原因）",
    meaning_en="Every document is loaded and gave a report, or is quarantined and says why",
    rows_sql="""
        select source_sha256, source_path, outcome, 'neither loaded nor quarantined' as why
        from raw.document where coalesce(outcome, '') not in ('loaded', 'quarantined')
        union all
        select source_sha256, source_path, outcome, 'gave no report'
        from read_document anti join raw.report using (source_sha256) where outcome = 'loaded'
        union all
        select source_sha256, source_path, outcome, 'says no reason'
        from raw.document anti join raw.problem using (source_sha256) where outcome = 'quarantined'
    """,
)

_REPORTS = Definition(
    name="report_has_document",
    owner="intake",
    meaning_zh="每份报告和每个问题都有出处",
    meaning_en="Every report and every problem has its document",
    rows_sql="""
        select 'raw.report' as table_name, report_id, source_sha256, 1 as rows_without
        from read_report anti join read_document using (source_sha256)
        union all
        select 'raw.problem', report_id, source_sha256, count(*)
        from raw.problem anti join raw.document using (source_sha256) group by report_id, source_sha256
    """,
)

_CELLS_OF_REPORT = Definition(
    name="cells_of_report",
    owner="models",
    meaning_zh="每份报告恰有其表式的全部单元格（仅部分机关填报的行除外）",
    meaning_en="Every report has every cell of its form, but for the rows that only some agencies print",
    rows_sql="""
        select r.agency_id, r.year, r.template, f.cells as cells_of_form, count(c.cell) as cells_of_report
        from reports as r
        join (select template, count(*) as cells from form_cell where not is_optional group by all) as f
            using (template)
        left join (
            select c.* from cells as c join form_cell using (template, cell) where not is_optional
        ) as c on r.agency_id = c.agency_id and r.year = c.year
        group by all having count(c.cell) <> f.cells
    """,
)

_CELLS_OF_FORM = Definition(
    name="cells_of_form",
    owner="models",
    meaning_zh="表式的每个单元格在采用该表式的报告中各出现一次（按表式合计，覆盖本次构建的全部报告）",
    meaning_en="Over all reports that were built every cell of a form occurs as often as there are reports of it",
    rows_sql="""
        select f.template, f.cell, coalesce(r.reports, 0) as reports, coalesce(c.cells, 0) as cells
        from form_cell as f
        left join report_totals as r using (template)
        left join cell_totals as c using (template, cell)
        where not f.is_optional and coalesce(r.reports, 0) <> coalesce(c.cells, 0)
    """,
)

_CELLS_AS_READ = Definition(
    name="cells_as_read",
    owner="models",
    meaning_zh="fct_report_cell 与读取结果逐格一致",
    meaning_en="fct_report_cell has of each cell what was read: value, state, unit, characters, page",
    # A sum of hashes says which reports differ; only of those the cells are laid side by side
    rows_sql="""
        with differing as (
            select report_id from (
                select report_id, count(*) as n, sum(hash(cell, value, state, unit, raw, page)) as content
                from raw_cells semi join reports using (report_id)
                group by all
            ) as a
            full join (
                select report_id, count(*) as n, sum(hash(cell, value, state, unit, raw, page)) as content
                from cells
                group by all
            ) as b using (report_id)
            where a.n is distinct from b.n or a.content is distinct from b.content
        )
        select r.agency_id, r.year, coalesce(a.cell, b.cell) as cell, b.page,
            a.value as value_read, b.value, a.state as state_read, b.state, a.raw as raw_read, b.raw
        from (select * from raw_cells semi join differing using (report_id)) as a
        full join (select * from cells semi join differing using (report_id)) as b
            on a.report_id = b.report_id and a.cell = b.cell
        left join reports as r on r.report_id = coalesce(a.report_id, b.report_id)
        where a.cell is null or b.cell is null or a.value is distinct from b.value
            or a.state is distinct from b.state or a.raw is distinct from b.raw
            or a.unit is distinct from b.unit or a.page is distinct from b.page
    """,
)

_NARRATIVE = Definition(
    name="statements_as_read",
    owner="models",
    meaning_zh="正文中的每个数字都在 fct_narrative_statement 中",
    meaning_en="Every count that the prose of a current report states is in fct_narrative_statement",
    rows_sql="""
        select r.agency_id, r.year, a.measure, a.value as value_read, b.value, a.page
        from raw_statements as a
        join reports as r using (report_id)
        left join statements as b
            on r.agency_id = b.agency_id and r.year = b.year and a.sequence = b.statement_number
        where b.measure is distinct from a.measure or b.value is distinct from a.value
    """,
)

_AGENCY_YEARS = Definition(
    name="agency_year_expected",
    owner="models",
    meaning_zh="应报与已报的每一机关年度在 mart_agency_year 中有且仅有一行",
    meaning_en="Every year an agency reported or should have is in fct_report_expected and mart_agency_year",
    rows_sql="""
        select agency_id, year, bool_or(reported) as reported, bool_or(expected) as expected,
            bool_or(indicated) as in_mart_agency_year
        from (
            select agency_id, year, true as reported, null as expected, null as indicated
            from built_report
            union all
            select agency_id, year, null, true, null from built_expected
            union all
            select agency_id, year, null, null, true from built_agency_year
        )
        group by all having bool_or(expected) is null or bool_or(indicated) is null
    """,
)

_AS_COUNTED = Definition(
    name="rows_as_counted",
    owner="models",
    meaning_zh="int_report_rows 所记的每份细看的报告的行数与各表一致",
    meaning_en="int_report_rows has of every report that is looked at the numbers of its rows in the tables",
    rows_sql="""
        with counted as (
            select report_id, what, n from (
                select e.report_id, r.*
                from intermediate.int_report_rows as r join examined as e using (report_key)
            ) unpivot (n for what in (
                    documents, cells, outcomes, reviews, reader_verdicts, reader_assessed, reader_broken, statements
                ))
        ),
        there as (
            select report_id, 'documents' as what, 1 as n from examined where ends_with(report_id, '#1')
            union all
            select report_id, 'cells', count(*) from cells group by all
            union all
            select report_id, 'outcomes', count(*) from (
                select report_id from outcomes
                union all
                select report_id from intermediate.int_subtotal_cell join examined using (report_key)
            ) group by all
            union all
            select report_id, 'reviews', count(*) from reviews group by all
            union all
            select report_id, 'reader_verdicts', count(*) from raw_verdicts group by all
            union all
            select report_id, 'reader_assessed', count(*) from raw_verdicts where status <> 'not_assessable' group by all
            union all
            select report_id, 'reader_broken', count(*) from raw_verdicts where status = 'broken' group by all
            union all
            select report_id, 'statements', count(*) from raw_statements group by all
        )
        select report_id, what, counted.n as rows_counted, there.n as rows_there
        from counted full join there using (report_id, what)
        where coalesce(counted.n, 0) <> coalesce(there.n, 0)
    """,
)

# What makes the rows that a report has in a mart by subject: one a code among such cells of its form
_KINDS = {
    "fct_application_flow": ("column_code", "row_code = 'new_requests'"),
    "fct_proactive_disclosure": ("row_code", "table_name = 'proactive'"),
    "fct_procurement": ("row_code", "table_name = 'proactive' and row_code = 'procurement'"),
}


def _rows_due(code: str, cells: str) -> str:
    return f"""
        select coalesce(sum(kinds), 0)
        from marts.fct_report
        join (
            select template, count(distinct {code}) as kinds from marts.dim_cell where {cells} group by template
        ) using (template)
    """


# Of the reports, too, that the run did not touch. Their rows were counted when they were built: what a table has in all
# is the sum of these counts, unless rows of theirs are lost, doubled or nobody's since
_SUMS = (
    f"select '{table}' as table_name, (select {rows} from {table}) as rows, ({due}) as rows_due"
    for table, rows, due in (
        # The first report of each document
        (
            "raw.document",
            "count(*) filter (where outcome = 'loaded')",
            "select coalesce(sum(documents), 0) from intermediate.int_report_rows",
        ),
        ("marts.fct_report_source", "count(*)", "select count(*) from raw.report"),
        (
            "marts.fct_report",
            "count(*)",
            "select count(*) from (select distinct agency_id, year from raw.report)",
        ),
        ("marts.fct_report", "count(*)", "select count(*) from marts.fct_report_expected where received"),
        ("marts.mart_agency_year", "count(*)", "select count(*) from marts.fct_report_expected"),
        *(
            ("marts.mart_agency_year", figure, f"select {figure} from intermediate.int_report_indicator")
            for figure in ("count(new_requests)", "coalesce(sum(disclosure_rate_n), 0)")
        ),
        (
            "marts.dim_agency",
            "count(distinct agency_id)",
            "select count(distinct agency_id) from marts.fct_report_expected",
        ),
        ("intermediate.int_report_rows", "count(*)", "select count(*) from raw.report"),
        ("raw.cell", "count(*)", "select coalesce(sum(cells), 0) from intermediate.int_report_rows"),
        (
            "raw.identity",
            "count(*)",
            "select coalesce(sum(reader_verdicts), 0) from intermediate.int_report_rows",
        ),
        (
            "raw.narrative",
            "count(*)",
            "select coalesce(sum(statements), 0) from intermediate.int_report_rows",
        ),
        (
            "intermediate.int_identity_verdict",
            "count(*)",
            "select coalesce(sum(expected), 0) from intermediate.int_report_judged",
        ),
        *(
            (
                "marts.fct_report",
                f"coalesce(sum(identities_{what}), 0)",
                f"select coalesce(sum({what}), 0) from intermediate.int_report_judged",
            )
            for what in ("expected", "assessed", "broken")
        ),
        *((f"marts.{mart}", "count(*)", _rows_due(*kinds)) for mart, kinds in _KINDS.items()),
        *(
            ("marts.mart_district_year", measure, f"select {measure} from marts.mart_agency_year")
            for measure in ("sum(reports_expected)", "sum(reports_received)", "sum(identities_broken)")
        ),
    )
)
_IN_ALL = Definition(
    name="rows_in_all",
    owner="models",
    meaning_zh="全库行数相符：读到的报告与来源，现行版本、已报年度与 fct_report，应报年度与 mart_agency_year、dim_agency，指标与"
    " mart_agency_year，地区与机关合计，表式与各主题表，单元格、正文数字、核验结果与各报告所记行数之和",
    meaning_en="Over the whole warehouse: as many sources as reports that were read, as many reports as current versions and"
    " years received, as many agencies and agency years as are expected, as many figures there as reports that allow them, the"
    " same sums by district and by agency, as many rows by subject as the forms have, and as many cells, statements and"
    " verdicts as were counted of the reports",
    rows_sql=f"""
        select * from ({" union all ".join(_SUMS)})
        where rows is distinct from rows_due
    """,
)

# Identities read figures of the year before, so the report of the next year is judged anew
_BUILT = Definition(
    name="what_came_is_built",
    owner="models",
    meaning_zh="新读取的报告及其下一年度的报告均已重建",
    meaning_en="The year of every report that was newly read was built anew, and the year after it",
    rows_sql="""
        with came as (
            select agency_id, year from raw.report semi join new using (report_key)
        ),
        due as (
            select agency_id, year from came
            union
            select r.agency_id, r.year from marts.fct_report as r
            semi join came on r.agency_id = came.agency_id and r.year = came.year + 1
        )
        select agency_id, year from due anti join raw.touched_year using (agency_id, year)
    """,
)
