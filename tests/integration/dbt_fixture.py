"""A small warehouse from raw rows written by hand, and dbt run on it in this process."""

import datetime as dt
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import polars as pl

from expectations.versions import FIGURES_HASH
from ogi.project import project_root, read_seed
from ogi.warehouse.frames import RAW_TABLES, create_table
from ogi.warehouse.touched import note_touched

Row = dict[str, Any]
# A number as printed, with its unit if it is not the form's ("5 元"); None is a blank cell.
Figure = int | str | None
MISSING = "missing"


@dataclass(frozen=True)
class Agency:
    """A reporting body as the registry resolves it."""

    agency_id: str
    name: str
    kind: str
    division_code: str | None


@dataclass
class RawWarehouse:
    """The rows of the raw tables, written down report by report."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in RAW_TABLES})

    def add_document(self, path: str, outcome: str = "loaded", landed: int | None = None) -> str:
        """Add a document and return its SHA-256; documents land one hour after the other, or in the hour named."""
        number = len(self.rows["document"])
        sha256 = f"{number:064x}"
        self.rows["document"].append(
            {
                "source_sha256": sha256,
                "source_path": path,
                "format": "text",
                "bytes": 1,
                "landed_at": dt.datetime(2026, 11, 1)
                + dt.timedelta(hours=number if landed is None else landed),
                "outcome": outcome,
                "parser_version": "1",
                "landed_sha256": sha256,
                "batch_id": "batch 1",
            }
        )
        return sha256

    def add_report(
        self,
        agency: Agency,
        year: int,
        template: str | None,
        figures: Mapping[str, Figure],
        published_on: dt.date | None = None,
        prose: tuple[Row, ...] = (),
        landed: int | None = None,
    ) -> str:
        """Add a report that prints 0 in every cell of its form but those of `figures`; return its id."""
        sha256 = self.add_document(f"{agency.name}-{year}-{len(self.rows['document'])}.txt", landed=landed)
        report_id = f"{sha256}#1"
        report_key = len(self.rows["report"]) + 1
        self.rows["report"].append(
            {
                "report_key": report_key,
                "report_id": report_id,
                "source_sha256": sha256,
                "agency": agency.name,
                "agency_id": agency.agency_id,
                "agency_name": agency.name,
                "agency_kind": agency.kind,
                "division_code": agency.division_code,
                "year": year,
                "template": template,
                "published_on": published_on,
            }
        )
        form = [row for row in read_seed("template_cells") if row["template"] == template]
        assert figures.keys() <= {row["cell"] for row in form}, "figures of another form"
        for number, cell in enumerate(form, start=1):
            if not cell["optional"] or cell["cell"] in figures:
                printed = _printed(figures.get(cell["cell"], 0), cell["unit"] or None)
                place = {"page": 1, "table_number": 1, "row_number": number, "column_number": 1}
                self.rows["cell"].append({"report_key": report_key, "cell": cell["cell"]} | printed | place)
        for number, count in enumerate(prose, start=1):
            self.rows["narrative"].append({"report_key": report_key, "sequence": number} | count)
        return report_id

    def write(self, file: Path) -> None:
        """Write the rows into a new DuckDB file."""
        with closing(duckdb.connect(str(file))) as connection:
            connection.execute("create schema raw")
            for table, columns in RAW_TABLES.items():
                connection.execute(create_table(table, columns))
                connection.register("written", pl.DataFrame(self.rows[table], schema=columns))
                connection.execute(f"insert into raw.{table} by name select * from written")
            note_touched(connection, everywhere=True)
            hash_figures(connection)


def hash_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every report the hash of its figures, as reading gives it."""
    connection.execute(
        f"""
        update raw.report set figures_hash = hashes.figures_hash
        from (select report_key, {FIGURES_HASH} as figures_hash from raw.cell group by report_key) as hashes
        where report.report_key = hashes.report_key
        """
    )


def _printed(figure: Figure, unit: str | None) -> Row:
    if figure is None:
        return {"state": "blank", "raw": "", "unit": unit}
    if figure == MISSING:
        return {"state": "missing", "raw": None, "unit": unit}
    number, _, stated_unit = str(figure).partition(" ")
    return {"state": "reported", "value": Decimal(number), "raw": str(figure), "unit": stated_unit or unit}


def run_dbt(file: Path, *arguments: str) -> dict[str, str]:
    """Run a dbt command on a DuckDB file and return the status of each node by its unique id."""
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    root, beside = str(project_root()), str(file.parent / "dbt")
    with mock.patch.dict(os.environ, OGI_BUILD_FILE=str(file)):
        outcome = dbtRunner().invoke(
            [
                *arguments,
                *("--project-dir", root, "--profiles-dir", root),
                *("--target-path", beside, "--log-path", beside, "--quiet"),
            ]
        )
    reset_adapters()
    assert outcome.exception is None, outcome.exception
    return {result.node.unique_id: str(result.status) for result in outcome.result}
