"""Tables that an expectation may read beside the warehouse's: what the seeds say, what the last release had.

`form_cell`, `form_identity`  the seeds of this project, so that a damaged copy of them in the warehouse shows
`shares`  what the reports do tonight: `part` of `whole` by measure and class
`last_report`, `last_current`, `last_rows`, `last_ceiling`, `last_release`  the baseline; without rows where there is no release yet
`last_content`, `content`  what the last release and the build hold, where both must be the same; else without rows
`new`  the reports that were read, or read again, since the last release; without one all
`examined`  all current reports of a small warehouse; of a large one so many of those that this run built (`is_touched`)
and the names of `_PICKED_TABLES`  what is finer than a report, of the examined reports; `read_…` and `built_…` of all
years of agencies that this run built; `report_totals`, `cell_totals` and `verdict_totals` of all reports that it built (of
all there are, where it built very many); `reader_totals` of all there are

`examined`, these and the seeds are picked out once, before the expectations run (`pick_out`): each of them would go
through the whole warehouse otherwise.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from expectations.content import content_of
from expectations.model import Baseline, Definition
from expectations.shares import READER_TOTALS, SHARES
from ogi.project import read_seed

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# So many reports are looked at row by row, of those that the run built; all of them, if there are no more than twice as
# many; totals are over all that it built. What goes wrong in one report of five hundred shows in so many with 99 % certainty.
REPORTS_EXAMINED = 2_500
# Up to so many reports that the run built are totalled by name, of more all that there are
_REPORTS_NAMED = 20_000
ROWS_SHOWN = 20

# The newest, which have the highest keys, and others from all over. Which ones is no matter of chance: two audits of one
# build look at the same
_EXAMINED = """
    with reports as (select count(*) > 2 * {at_most} as are_many from intermediate.int_report_current),
    candidates as (
        select report_key, report_id, agency_id, year, true as is_touched from intermediate.int_report_touched
        union all
        select report_key, report_id, agency_id, year, false
        from intermediate.int_report_current anti join raw.touched_report using (report_key)
        where not (select are_many from reports)
    )

    select * from candidates
    order by
        is_touched desc,
        row_number() over (order by is_touched desc, report_key desc) <= {at_most} / 2 desc,
        hash(report_id), report_id
    limit (select case when are_many then {at_most} end from reports)
"""

# By agency first: there are few in a table, and each is looked up once; the ids of all reports would have to be read
# (measured: two fifths of the time)
_OF_REPORT = """
    select {} from {} semi join picked.examined using (agency_id, year)
    where agency_id in (select agency_id from picked.examined)
"""
# The reports by name, where a view joins more to the cells than their reports: DuckDB takes a list of constants down to
# where the view finds its reports, and meets the cells of these alone (measured: half of the time)
_OF_NAMED = "select {} from {} where report_id in ({{reports}})"
_OF_NUMBER = """
    select report_id, rows.* exclude (report_key)
    from (select report_key, {} from {}) as rows
    inner join (select report_key, report_id from picked.examined) using (report_key)
"""
_OF_YEAR = """
    select {} from {} semi join raw.touched_year using (agency_id, year)
    where agency_id in (select agency_id from raw.touched_agency)
"""
_OF_AGENCY = "select {} from {} where agency_id in (select agency_id from raw.touched_agency)"
# Of the tables with most rows only the columns that expectations look at: texts are most of what picking out costs
_PICKED_TABLES = {
    "reports": _OF_REPORT.format(
        "report_id, agency_id, year, template, is_consistent, identities_expected, identities_assessed, identities_broken",
        "marts.fct_report",
    ),
    "raw_reports": _OF_NUMBER.format(
        "agency_id, year, template, agency_kind, division_code, figures_hash", "raw.report"
    ),
    "cells": _OF_REPORT.format(
        "report_id, agency_id, year, template, cell, value, state, unit, raw, page", "marts.fct_report_cell"
    ),
    "version_cells": _OF_REPORT.format("agency_id, year, version, cell", "marts.fct_report_version_cell")
    + " and is_current",
    "verdicts": _OF_NAMED.format(
        "report_id, agency_id, year, template, identity_id, class, severity, relation, left_value, right_value,"
        " residual, status, operands",
        "marts.fct_identity_check",
    ),
    "expected_verdicts": """
        select e.report_id, r.agency_id, r.year, i.identity_id
        from intermediate.int_identity_expected as x
        inner join picked.examined as e on x.report_key = e.report_key
        inner join intermediate.int_report_version as r on x.report_key = r.report_key
        inner join intermediate.int_identity as i on x.identity_key = i.identity_key
    """,
    "flows": _OF_REPORT.format("*", "marts.fct_application_flow"),
    "outcomes": _OF_NAMED.format(
        "report_id, agency_id, year, applicant_kind, outcome, requests", "marts.fct_application_outcome"
    ),
    "reviews": _OF_NAMED.format("report_id, agency_id, year, channel, result, cases", "marts.fct_review"),
    "disclosures": _OF_REPORT.format("*", "marts.fct_proactive_disclosure"),
    "procurements": _OF_REPORT.format("*", "marts.fct_procurement"),
    "raw_cells": _OF_NUMBER.format("cell, value, state, unit, raw, page", "raw.cell"),
    "raw_verdicts": _OF_NUMBER.format("identity_id, status, residual", "raw.identity"),
    "narrative_counts": _OF_REPORT.format(
        "report_id, agency_id, year, measure, label", "marts.fct_narrative_count"
    ),
    "statements": _OF_REPORT.format(
        "agency_id, year, statement_number, measure, value", "marts.fct_narrative_statement"
    ),
    "raw_statements": _OF_NUMBER.format("sequence, measure, value, page", "raw.narrative"),
    "read_report": _OF_YEAR.format(
        "report_id, source_sha256, agency_id, year, template, figures_hash, published_on", "raw.report"
    ),
    # Also those that came and gave no report that was built; of everything built anew, all
    "read_document": """
        select source_sha256, source_path, outcome from raw.document
        where source_sha256 in (select source_sha256 from picked.read_report)
            or batch_id in (select batch_id from raw.batch where loaded_at = (select max(loaded_at) from raw.batch))
            or not exists (from raw.report anti join raw.touched_report using (report_key))
    """,
    "built_report": _OF_YEAR.format("report_id, agency_id, year, version", "marts.fct_report"),
    "built_source": _OF_YEAR.format(
        "report_id, agency_id, year, template, version, figures_hash, is_representing",
        "marts.fct_report_source",
    ),
    "built_version": _OF_YEAR.format(
        "report_id, agency_id, year, version, sources", "marts.fct_report_version"
    ),
    "built_finding": _OF_YEAR.format("finding_id", "marts.fct_finding"),
    "built_finding_cell": _OF_YEAR.format("finding_id, cell", "marts.fct_finding_cell"),
    "built_expected": _OF_AGENCY.format("agency_id, year", "marts.fct_report_expected"),
    "built_agency_year": _OF_AGENCY.format("agency_id, year", "marts.mart_agency_year"),
    "report_totals": "select template, count(*) as reports from {report} where {built} group by all",
    "cell_totals": "select template, cell, count(*) as cells from {cells} where {built} group by all",
    "verdict_totals": """
        select template, identity_id, count(*) as verdicts from {verdicts} where {built} group by all
    """,
    "reader_totals": READER_TOTALS,
}
_NEW = (
    "select report_key from raw.report where report_key > coalesce((select last_number from last_release), 0)"
)

_Value = str | int | bool | Decimal | dt.datetime | None


def rows_query(definition: Definition, tables: dict[str, str]) -> str:
    """Return the whole query of an expectation: its first offending rows, with `rows_in_all` of them.

    `tables` is what `tables_of` returned.
    """
    # The rows are found once and put aside: a count over a window beside the order took twice the time (measured)
    found = f"found as materialized (\n{definition.rows_sql}\n)"
    return (
        f"with {', '.join([*_needed(definition.rows_sql, tables), found])}\n"
        "select *, (select count(*) from found) as rows_in_all\n"
        f"from found order by all limit {ROWS_SHOWN}"
    )


def tables_of(baseline: Baseline) -> dict[str, str]:
    """Return the query of each table by its name; one may read those before it."""
    return {
        **_baseline_tables(baseline),
        "shares": SHARES,
        "content": content_of(baseline.content),
        "new": _NEW,
        **{
            name: f"select * from picked.{name}"
            for name in ("form_cell", "form_identity", "examined", *_PICKED_TABLES)
        },
    }


def pick_out(connection: "DuckDBPyConnection", at_most: int = REPORTS_EXAMINED) -> None:
    """Make the tables of the seeds, `examined` and those of `_PICKED_TABLES`, before any expectation runs.

    Args:
        connection: to a build; `picked` is a database beside it, or a schema in it, that may be written to.
        at_most: how many of the reports that the run built are examined, if there are more than twice as many reports.

    Raises:
        duckdb.Error: a table of the warehouse is missing.
    """
    connection.execute(f"create or replace table picked.examined as {_EXAMINED.format(at_most=at_most)}")
    examined = _reports(connection, "picked.examined")
    built = _reports(connection, f"(from intermediate.int_report_touched limit {_REPORTS_NAMED + 1})")
    # Where all that was built is examined, the rows to be totalled are picked out already
    are_examined = len(built) <= at_most
    terms = {
        "reports": _names(examined),
        "built": _built(built, are_examined=are_examined),
        "report": "picked.reports" if are_examined else "marts.fct_report",
        "cells": "picked.cells" if are_examined else "marts.fct_report_cell",
        "verdicts": "picked.verdicts" if are_examined else "marts.fct_identity_check",
    }
    queries = {name: query.format_map(terms) for name, query in _PICKED_TABLES.items()}
    for name, query in (*_seed_tables().items(), *queries.items()):
        connection.execute(f"create or replace table picked.{name} as {query}")


def _reports(connection: "DuckDBPyConnection", table: str) -> list[str]:
    return [
        report for (report,) in connection.execute(f"select report_id from {table} order by all").fetchall()
    ]


def _built(reports: list[str], *, are_examined: bool) -> str:
    if are_examined:
        return "report_id in (select report_id from picked.examined where is_touched)"
    return f"report_id in ({_names(reports)})" if len(reports) <= _REPORTS_NAMED else "true"


def _names(reports: list[str]) -> str:
    """Write reports for an IN clause; without any, a list of nothing would be no SQL."""
    return ", ".join(map(_literal, reports)) or "null"


def _needed(sql: str, tables: dict[str, str]) -> list[str]:
    """Return the tables that a query reads, itself or through another, as terms of a WITH clause."""
    needed: list[str] = []
    for name, table_sql in reversed(tables.items()):
        if re.search(rf"\b{name}\b", sql):
            needed.insert(0, f"{name} as ({table_sql})")
            sql += table_sql
    return needed


def _seed_tables() -> dict[str, str]:
    cells = read_seed("template_cells")
    optional = {(row["template"], row["cell"]): row["optional"] == "yes" for row in cells}
    # An identity over nothing but an optional row is expected only of the reports that print the row
    usual_terms: dict[tuple[str, str], list[bool]] = {}
    for term in read_seed("identity_terms"):
        if not term["variant"]:
            usual_terms.setdefault((term["template"], term["identity_id"]), []).append(
                optional.get((term["template"], term["cell"]), False)
            )
    return {
        "form_cell": _literals(
            {"template": "varchar", "cell": "varchar", "kind": "varchar", "is_optional": "boolean"},
            [(row["template"], row["cell"], row["kind"], row["optional"] == "yes") for row in cells],
        ),
        "form_identity": _literals(
            {
                **dict.fromkeys(("template", "identity_id", "class", "severity", "relation"), "varchar"),
                "is_optional": "boolean",
            },
            [
                (
                    *(row[name] for name in ("template", "identity_id", "class", "severity", "relation")),
                    all(usual_terms[row["template"], row["identity_id"]]),
                )
                for row in read_seed("identities")
            ],
        ),
    }


def _baseline_tables(baseline: Baseline) -> dict[str, str]:
    return {
        "last_report": _literals(
            {"year": "integer", "template": "varchar", "reports": "bigint"},
            [(year, template, count) for (year, template), count in baseline.reports.items()],
        ),
        "last_current": _literals({"year": "integer", "reports": "bigint"}, baseline.current.items()),
        "last_content": _literals(
            {"table_name": "varchar", "rows": "bigint", "content": "decimal(38, 0)"},
            [(table, rows, content) for table, (rows, content) in baseline.content.items()],
        ),
        "last_rows": _literals({"table_name": "varchar", "rows": "bigint"}, baseline.rows.items()),
        "last_ceiling": _literals(
            {"measure": "varchar", "class": "varchar", "ceiling": "decimal(7, 6)"},
            [(measure, of, round(ceiling, 6)) for (measure, of), ceiling in baseline.ceilings.items()],
        ),
        "last_release": _literals(
            {
                "landed_at": "timestamp",
                "batch_id": "varchar",
                "last_number": "integer",
                "assessed_share": "decimal(7, 6)",
                "broken_share": "decimal(7, 6)",
            },
            [
                (
                    baseline.last_landed_at,
                    baseline.last_batch,
                    baseline.last_number,
                    baseline.assessed_share,
                    baseline.broken_share,
                )
            ]
            if baseline.exists
            else [],
        ),
    }


def _literals(types: dict[str, str], rows: Iterable[Sequence[_Value]]) -> str:
    """Return a query of literals; without rows it still has its columns."""
    columns = ", ".join(f"cast({column} as {sql_type}) as {column}" for column, sql_type in types.items())
    values = [f"({', '.join(map(_literal, row))})" for row in rows]
    nothing = f"({', '.join('null' for _ in types)})"
    table = f"(values {', '.join(values or [nothing])}) as literals({', '.join(types)})"
    return f"select {columns} from {table}{'' if values else ' where false'}"


def _literal(value: _Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, dt.datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    return "'" + value.replace("'", "''") + "'"
