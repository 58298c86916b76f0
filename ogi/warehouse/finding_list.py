"""The findings of a warehouse that a run shows: those of the reports that it built first, each with its place."""

from dataclasses import dataclass
from pathlib import Path

from ogi.reports.check_text import where
from ogi.reports.model import Place
from ogi.warehouse.engine import open_build

# The others are in marts.fct_finding, and `ogi findings` shows them
SHOWN = 500

_BUILT = """
    select * from marts.fct_finding semi join raw.touched_year using (agency_id, year)
    where agency_id in (select agency_id from raw.touched_agency)
"""
_OTHERS = "select * from marts.fct_finding anti join raw.touched_year using (agency_id, year)"
_FINDINGS = """
    with shown as (
        select findings.*, agency_name
        from ({findings}) as findings
        inner join marts.dim_agency using (agency_id)
        where make_date(cast(findings.year as integer), 12, 31)
            between valid_from and coalesce(valid_to, date '9999-12-31')
        order by agency_name, findings.year, finding_number
        limit {at_most}
    ),

    places as (
        select finding_id, page, table_number, row_number, column_number
        from marts.fct_finding_cell semi join shown using (finding_id)
        qualify row_number() over (partition by finding_id order by implied is null, table_number, row_number, cell) = 1
    )

    select
        agency_name, shown.year, source_path, side, statement_zh,
        page, table_number, row_number, column_number
    from shown
    inner join marts.fct_report using (report_id)
    left join places using (finding_id)
    order by agency_name, shown.year, finding_number
"""


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """One finding in Chinese with the place of the first cell that it names; empty where it names none."""

    agency: str
    year: int
    path: str
    statement_zh: str
    place: str
    may_be_misread: bool


def list_findings(build: Path) -> list[ListedFinding]:
    """List the first findings of a build, by agency and year."""
    with open_build(build) as connection:
        rows = connection.execute(_FINDINGS.format(findings=_BUILT, at_most=SHOWN)).fetchall()
        if len(rows) < SHOWN:
            others = _FINDINGS.format(findings=_OTHERS, at_most=SHOWN - len(rows))
            rows += connection.execute(others).fetchall()
    return [
        ListedFinding(agency, year, path, statement, _in_words(*place), side == "reading")
        for agency, year, path, side, statement, *place in rows
    ]


def _in_words(page: int | None, table: int | None, row: int | None, column: int | None) -> str:
    return "" if table is None else where(Place(page=page, table=table, row=row, column=column))
