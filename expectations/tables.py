"""Tables that an expectation may read beside the warehouse's: what the seeds say, what the last release had.

`form_cell`, `form_identity`  the seeds of this project, so that a damaged copy of them in the warehouse shows
`shares`  what the reports do tonight: `part` of `whole` by measure and class
`last_report`, `last_current`, `last_rows`, `last_ceiling`, `last_release`  the baseline; without rows where there is no release yet
`new`  the reports that were landed since the last release, or are read by another parser; without one all
`examined`  all reports of a small warehouse, the new ones of a large one
and the names of `_FINE_TABLES`  tables finer than a report, of the examined reports
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from expectations.model import Baseline, Definition
from expectations.shares import SHARES
from ogi.project import read_seed

# Up to here a night looks at every row, in a few seconds; beyond, at what it changed and at totals by form.
REPORTS_SEEN_IN_FULL = 5_000
ROWS_SHOWN = 20

_FINE_TABLES = {
    "cells": "marts.fct_report_cell",
    "verdicts": "marts.fct_identity_check",
    "expected_verdicts": "intermediate.int_identity_expected",
    "flows": "marts.fct_application_flow",
    "outcomes": "marts.fct_application_outcome",
    "reviews": "marts.fct_review",
    "disclosures": "marts.fct_proactive_disclosure",
    "procurements": "marts.fct_procurement",
    "raw_cells": "raw.cell",
    "raw_verdicts": "raw.identity",
}

_NEW = """
    select report_id from raw.report
    where source_sha256 in (
        select source_sha256 from raw.document
        where not exists (from last_release)
            or landed_at > (select landed_at from last_release)
            or parser_version not in (select parser_version from last_parser)
    )
"""

_Value = str | int | bool | Decimal | dt.datetime | None


def rows_query(definition: Definition, tables: dict[str, str]) -> str:
    """Return the whole query of an expectation: its first offending rows, with `rows_in_all` of them.

    `tables` is what `tables_of` returned.
    """
    return (
        f"{_with(definition.rows_sql, tables)}\n"
        "select *, count(*) over () as rows_in_all\n"
        f"from (\n{definition.rows_sql}\n)\n"
        f"order by all limit {ROWS_SHOWN}"
    )


def tables_of(baseline: Baseline) -> dict[str, str]:
    """Return the query of each table by its name; one may read those before it."""
    is_small = sum(baseline.reports.values()) <= REPORTS_SEEN_IN_FULL
    return {
        **_seed_tables(),
        **_baseline_tables(baseline),
        "shares": SHARES,
        "new": _NEW,
        "examined": f"select report_id from {'raw.report' if is_small else 'new'}",
        **{
            name: f"select * from {table}" + ("" if is_small else " semi join examined using (report_id)")
            for name, table in _FINE_TABLES.items()
        },
    }


def _with(sql: str, tables: dict[str, str]) -> str:
    """Return the WITH clause of the tables that a query reads, itself or through another."""
    needed: list[str] = []
    for name, table_sql in reversed(tables.items()):
        if re.search(rf"\b{name}\b", sql):
            needed.insert(0, f"{name} as ({table_sql})")
            sql += table_sql
    return f"with {', '.join(needed)}" if needed else ""


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
        "last_rows": _literals({"table_name": "varchar", "rows": "bigint"}, baseline.rows.items()),
        "last_ceiling": _literals(
            {"measure": "varchar", "class": "varchar", "ceiling": "decimal(7, 6)"},
            [(measure, of, round(ceiling, 6)) for (measure, of), ceiling in baseline.ceilings.items()],
        ),
        "last_parser": _literals({"parser_version": "varchar"}, [(v,) for v in baseline.parser_versions]),
        "last_release": _literals(
            {
                "landed_at": "timestamp",
                "assessed_share": "decimal(7, 6)",
                "broken_share": "decimal(7, 6)",
            },
            [(baseline.last_landed_at, baseline.assessed_share, baseline.broken_share)]
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
