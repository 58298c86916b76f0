"""What a table refers to is there: the agency, the report, the division, the cell of the form, the identity."""

from expectations.model import Definition, Suite

# Those that hold agencies of their own; fct_report_version and the marts of details have those of fct_report_source
_TABLES_OF_AGENCIES = (
    "fct_report",
    "fct_report_source",
    "fct_report_expected",
    "fct_procurement",
    "mart_agency_year",
)


def suite() -> Suite:
    """Return the suite."""
    return Suite(
        name="references",
        title_zh="引用完整",
        title_en="References",
        definitions=(_AGENCY, _REPORT, _DIVISION, _CELL, _IDENTITY, _FORMS, _IDENTITIES),
    )


_AGENCY = Definition(
    name="reference.agency",
    owner="models",
    meaning_zh="各表的行政机关均在 dim_agency 中",
    meaning_en="Every agency of a mart is in dim_agency",
    rows_sql=" union all ".join(
        f"""
            select distinct '{table}' as table_name, agency_id
            from marts.{table} anti join marts.dim_agency using (agency_id)
        """
        for table in _TABLES_OF_AGENCIES
    ),
)

_DETAILS = " union all ".join(
    f"select distinct '{table}' as table_name, agency_id, year, report_id from {rows}"
    for table, rows in (
        ("fct_report_cell", "cells"),
        ("fct_identity_check", "verdicts"),
        ("fct_application_flow", "flows"),
        ("fct_application_outcome", "outcomes"),
        ("fct_review", "reviews"),
        ("fct_proactive_disclosure", "disclosures"),
        ("fct_procurement", "procurements"),
        ("fct_narrative_count", "narrative_counts"),
    )
)

_REPORT = Definition(
    name="reference.report",
    owner="models",
    meaning_zh="各明细表的行政机关与年度均在 fct_report 中",
    meaning_en="Every detail belongs to a current report: its agency and year are in fct_report",
    rows_sql=f"""
        select * from ({_DETAILS})
        anti join reports using (agency_id, year, report_id)
    """,
)

_DIVISION = Definition(
    name="reference.division",
    owner="seeds",
    meaning_zh="已知的区划代码均在 dim_division 中",
    meaning_en="Every division code that is known is in dim_division",
    rows_sql="""
        select agency_id, agency_name, division_code
        from marts.dim_agency anti join marts.dim_division using (division_code)
        where division_code is not null
        union all
        select district_code as agency_id, null, district_code
        from marts.mart_district_year anti join marts.dim_division on district_code = division_code
        where district_code <> 'unresolved'
    """,
)

_CELL = Definition(
    name="reference.cell",
    owner="reading",
    meaning_zh="每个数字所在的单元格都属于该报告的表式",
    meaning_en="Every cell of a report is a cell of its form",
    rows_sql="""
        select agency_id, year, template, cell, page from cells anti join form_cell using (template, cell)
    """,
)

_IDENTITY = Definition(
    name="reference.identity",
    owner="models",
    meaning_zh="每条核验结果的勾稽关系都属于该报告的表式",
    meaning_en="Every verdict is on an identity of the report's form",
    rows_sql="""
        select agency_id, year, template, identity_id
        from verdicts anti join form_identity using (template, identity_id)
    """,
)

_FORMS = Definition(
    name="reference.forms_as_in_seeds",
    owner="seeds",
    meaning_zh="dim_cell 与项目的表式定义完全一致",
    meaning_en="dim_cell has exactly the cells of the project's forms",
    rows_sql="""
        select coalesce(s.template, d.template) as template, coalesce(s.cell, d.cell) as cell,
            s.cell is not null as in_seed, d.cell is not null as in_dim_cell
        from form_cell as s full join marts.dim_cell as d on s.template = d.template and s.cell = d.cell
        where s.cell is null or d.cell is null or s.kind <> d.kind or s.is_optional <> d.is_optional
    """,
)

_IDENTITIES = Definition(
    name="reference.identities_as_in_seeds",
    owner="seeds",
    meaning_zh="dim_identity 与项目的勾稽关系定义完全一致",
    meaning_en="dim_identity has exactly the identities of the project",
    rows_sql="""
        select coalesce(s.template, d.template) as template,
            coalesce(s.identity_id, d.identity_id) as identity_id,
            s.identity_id is not null as in_seed, d.identity_id is not null as in_dim_identity
        from form_identity as s full join marts.dim_identity as d
            on s.template = d.template and s.identity_id = d.identity_id
        where s.identity_id is null or d.identity_id is null
            or (s.class, s.severity, s.relation) <> (d.class, d.severity, d.relation)
    """,
)
