"""Explain the broken identities of the reports that a load brings: the same diagnosis as `ogi check`, kept as rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ogi.reports.check import check_report
from ogi.reports.model import Cell, ParsedReport, Place, Problem, ReportHeader, Source, TemplateName
from ogi.warehouse.frames import FINDING, FINDING_CELL, insert_frame
from ogi.warehouse.rows import fits

_AT_ONCE = 2_000

# Broken, or with a total left blank: the others have nothing to explain
_TO_EXPLAIN = """
    select report_id, template from raw.report
    where {which} and template is not null and (
        report_id in (select report_id from raw.identity where status = 'broken')
        or report_id in (
            select report_id from raw.cell
            where state = 'blank' and regexp_matches(cell, '\\.total$|\\.total_processed\\.|^statistics\\.')
        )
    )
    order by report_id
"""


def explain_reports(connection: duckdb.DuckDBPyConnection, scratch: Path, *, everywhere: bool) -> None:
    """Fill `raw.finding` and `raw.finding_cell` for the new reports, or for every one; again, it changes nothing.

    A report is new as long as nobody looked up its agency. `scratch` is a folder for passing files.
    """
    if everywhere:
        connection.execute("delete from raw.finding")
        connection.execute("delete from raw.finding_cell")
    which = "true" if everywhere else "agency_id is null"
    reports = connection.execute(_TO_EXPLAIN.format(which=which)).fetchall()
    for start in range(0, len(reports), _AT_ONCE):
        some = dict(reports[start : start + _AT_ONCE])
        findings: list[tuple[Any, ...]] = []
        suspects: list[tuple[Any, ...]] = []
        for report_id, parsed in _read(connection, some):
            for number, finding in enumerate(check_report(parsed).result.findings, start=1):
                identities = " ".join(finding.identities)
                statement = (finding.statement_zh, finding.statement_en)
                findings.append((report_id, number, finding.kind, finding.side, identities, *statement))
                suspects.extend(
                    (report_id, number, s.cell, s.printed, s.implied if fits(s.implied) else None)
                    for s in finding.cells
                )
        insert_frame(connection, scratch, "finding", pl.DataFrame(findings, schema=FINDING, orient="row"))
        insert_frame(
            connection, scratch, "finding_cell", pl.DataFrame(suspects, schema=FINDING_CELL, orient="row")
        )


def _read(
    connection: duckdb.DuckDBPyConnection, templates: dict[str, TemplateName]
) -> Iterator[tuple[str, ParsedReport]]:
    """Give the reports back as they were parsed, as far as the diagnosis needs them."""
    ids = list(templates)
    cells: dict[str, list[Cell]] = {report_id: [] for report_id in ids}
    problems: dict[str, list[Problem]] = {report_id: [] for report_id in ids}
    for report_id, cell, value, scale, state, unit, raw, *place in connection.execute(
        """
        select report_id, cell, value, value_scale, state, unit, raw, page, table_number, row_number, column_number
        from raw.cell where report_id in (select unnest(?))
        """,
        [ids],
    ).fetchall():
        printed = None if value is None else round(value, scale)
        cells[report_id].append(Cell(cell, printed, state, unit, raw, _place(*place)))
    for report_id, code, severity, message, *place in connection.execute(
        """
        select report_id, code, severity, message, page, table_number, row_number, column_number
        from raw.problem where report_id in (select unnest(?))
        """,
        [ids],
    ).fetchall():
        problems[report_id].append(Problem(code, severity, message, _place(*place)))
    for report_id, template in templates.items():
        header = ReportHeader(None, None, None, None, template, None, None, None, None)
        yield (
            report_id,
            ParsedReport(
                source=Source("", "", "", 0),
                report=header,
                cells=cells[report_id],
                problems=problems[report_id],
            ),
        )


def _place(page: int | None, table: int | None, row: int | None, column: int | None) -> Place:
    return Place(page=page, table=table, row=row, column=column)
