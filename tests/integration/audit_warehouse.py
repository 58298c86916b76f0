"""A small warehouse as `ogi load` builds it: raw rows written by hand, every model run by dbt."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from integration.dbt_fixture import hash_figures

from ogi.identities.evaluate import evaluate_within
from ogi.project import read_seed
from ogi.reports.check import check_report
from ogi.reports.model import Cell, ParsedReport, ReportHeader, Source
from ogi.warehouse.build import build_models
from ogi.warehouse.frames import RAW_TABLES, create_table
from ogi.warehouse.touched import note_touched

STREET = "350502006:江南街道办事处"
BUREAU = "350502:财政局"
DISTRICT = "350502:人民政府"
NAMES = {
    STREET: ("江南街道办事处", "subdistrict", "350502006"),
    BUREAU: ("鲤城区财政局", "department", "350502"),
    DISTRICT: ("鲤城区人民政府", "government", "350502"),
}


@dataclass(frozen=True)
class Report:
    """One document with one report; every figure is 0 but those of `figures`, None is a blank cell."""

    agency: str
    year: int
    template: str | None
    figures: dict[str, int | str | None]
    published: str | None = None
    landed: int = 1

    @property
    def sha256(self) -> str:
        return f"{self.agency.encode().hex()[-12:]}{self.year}{self.landed:02}".rjust(64, "0")


# One request of the year before, three new ones, three answered, one left over: every identity holds
REQUESTS = {
    f"applications.{row}.{column}": figure
    for column in ("natural_person", "total")
    for row, figure in {
        "new_requests": 3,
        "carried_over": 1,
        "granted": 2,
        "partly_granted": 1,
        "total_processed": 3,
        "carried_forward": 1,
    }.items()
}
BUDGET = {"proactive.procurement.items": 2, "proactive.procurement.amount": "12.5"}

HEALTHY = (
    Report(STREET, 2019, "2019", REQUESTS | BUDGET, "2020-01-20"),
    Report(STREET, 2020, "2019", REQUESTS | BUDGET, "2021-01-20"),
    # Late, then corrected in the next year's form
    Report(STREET, 2021, "2021", REQUESTS | {"applications.granted.total": 1}, "2022-02-20"),
    Report(STREET, 2021, "2021", REQUESTS, "2022-02-21", landed=2),
    Report(BUREAU, 2020, "2019", {**REQUESTS, "applications.new_requests.business": None}, "2021-01-20"),
    # Prints （六）其他处理 as one row; 2021 is missing
    Report(
        BUREAU,
        2022,
        "2021",
        REQUESTS | {f"applications.other_processing.{c}": 0 for c in ("natural_person", "total")},
        "2023-01-20",
    ),
    # A total that its parts do not make: the source's mistake
    Report(DISTRICT, 2022, "2021", REQUESTS | {"applications.granted.total": 9}, None),
    Report(
        DISTRICT,
        2018,
        "2014",
        {f"statistics.requests_{how}.value": 3 for how in ("received", "online")},
        None,
    ),
    Report(DISTRICT, 2012, None, {}, None),
)


def healthy_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the healthy warehouse, once a session; who changes it takes a copy."""
    file = tmp_path_factory.getbasetemp() / "healthy" / "warehouse.duckdb"
    if not file.exists():
        file.parent.mkdir()
        build_warehouse(file)
    return file


def build_warehouse(file: Path, reports: Iterable[Report] = HEALTHY, parser_version: str = "1") -> None:
    """Write the raw tables into a new file and run all models on it."""
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in RAW_TABLES}
    for report in reports:
        _add(rows, report, parser_version)
    rows["document"].append(
        _document("f" * 64, "notice.txt", 1, "quarantined", parser_version),
    )
    rows["problem"].append(
        {
            "source_sha256": "f" * 64,
            "sequence": 1,
            "code": "not_a_report",
            "severity": "error",
            "message": "…",
        }
    )
    # Of 2022 the district's summary sums up one agency
    rows["roster"].append(
        {
            "source": "operator",
            "line": 2,
            "division_code": "350502",
            "agency": "鲤城区财政局",
            "agency_id": BUREAU,
            "agency_name": "鲤城区财政局",
            "valid_from": 2022,
            "valid_to": 2022,
        }
    )
    rows["batch"] = [{"batch_id": batch} for batch in {document["batch_id"] for document in rows["document"]}]
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema raw")
        for table, columns in RAW_TABLES.items():
            connection.execute(create_table(table, columns))
            for row in rows[table]:
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" for _ in row)
                connection.execute(f"insert into raw.{table} ({names}) values ({marks})", list(row.values()))
        hash_figures(connection)
        note_touched(connection, everywhere=True)
    build_models(file.parent, is_full=True)


def change(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run a statement that damages a table; a view of the warehouse is made a table of its rows before."""
    target = re.match(r"\s*(?:update|insert into|delete from)\s+(\w+)\.(\w+)", statement)
    if target:
        schema, name = target.groups()
        query = "select 1 from duckdb_views() where schema_name = ? and view_name = ?"
        if connection.execute(query, [schema, name]).fetchall():
            connection.execute(f"create table {schema}.passing as from {schema}.{name}")
            connection.execute(f"drop view {schema}.{name}")
            connection.execute(f"alter table {schema}.passing rename to {name}")
    connection.execute(statement)


def _document(sha256: str, path: str, landed: int, outcome: str, parser_version: str) -> dict[str, Any]:
    return {
        "source_sha256": sha256,
        "source_path": path,
        "format": "text",
        "bytes": 1,
        "landed_at": dt.datetime(2026, 11, landed, 2),
        "outcome": outcome,
        "parser_version": parser_version,
        "landed_sha256": sha256,
        "batch_id": f"batch {landed}",
    }


def _add(rows: dict[str, list[dict[str, Any]]], report: Report, parser_version: str) -> None:
    name, kind, division = NAMES[report.agency]
    report_key = len(rows["report"]) + 1
    report_id = f"{report.sha256}#1"
    path = f"{name}-{report.year}-{report.landed}.txt"
    rows["document"].append(_document(report.sha256, path, report.landed, "loaded", parser_version))
    rows["report"].append(
        {
            "report_key": report_key,
            "report_id": report_id,
            "source_sha256": report.sha256,
            "agency": name,
            "agency_id": report.agency,
            "agency_name": name,
            "agency_kind": kind,
            "division_code": division,
            "year": report.year,
            "template": report.template,
            "published_on": report.published,
        }
    )
    cells: dict[str, Cell] = {}
    form = [row for row in read_seed("template_cells") if row["template"] == report.template]
    for number, row in enumerate(form, start=1):
        name = row["cell"]
        if row["optional"] and name not in report.figures:
            continue
        figure = report.figures.get(name, 0)
        cells[name] = (
            Cell(name, None, "blank", None, "")
            if figure is None
            else Cell(name, Decimal(figure), "reported", None, str(figure))
        )
        rows["cell"].append(
            {
                "report_key": report_key,
                "cell": name,
                "value": cells[name].value,
                "state": cells[name].state,
                "unit": row["unit"] or None,
                "raw": "" if figure is None else str(figure),
                "page": 1,
                "table_number": 1,
                "row_number": number,
                "column_number": 1,
            }
        )
    rows["identity"] += [
        {
            "report_key": report_key,
            "identity_id": verdict.identity.id,
            "status": verdict.status,
            "residual": verdict.residual,
        }
        for verdict in evaluate_within(report.template, cells)
    ]
    _add_findings(rows, report, report_key, cells)
    rows["narrative"].append(
        {
            "report_key": report_key,
            "sequence": 1,
            "measure": "requests_received",
            "value": 3,
            "unit": "件",
            "quote": "收到申请3件",
            "line": 7,
        }
    )


def _add_findings(
    rows: dict[str, list[dict[str, Any]]], report: Report, report_key: int, cells: dict[str, Cell]
) -> None:
    header = ReportHeader(None, None, None, report.year, report.template, None, None, None, None)
    parsed = ParsedReport(source=Source("", "", "", 0), report=header, cells=list(cells.values()))
    for number, finding in enumerate(check_report(parsed).result.findings, start=1):
        key = {"report_key": report_key, "finding_number": number}
        rows["finding"].append(
            {
                **key,
                "kind": finding.kind,
                "side": finding.side,
                "identities": " ".join(finding.identities),
                "statement_zh": finding.statement_zh,
                "statement_en": finding.statement_en,
            }
        )
        rows["finding_cell"] += [
            {**key, "cell": s.cell, "printed": s.printed, "implied": s.implied} for s in finding.cells
        ]
