"""Load: bring the batches that a release has not yet into a copy of it, in one transaction."""

import logging
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from ogi.registry.agencies import resolve_agency
from ogi.warehouse.batches import batch_files
from ogi.warehouse.clock import now
from ogi.warehouse.findings import explain_reports
from ogi.warehouse.frames import AGENCY, RAW_TABLES, create_table
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.rosters import Rosters, load_rosters

_log = logging.getLogger(__name__)

_DERIVED_SCHEMAS = ("seeds", "staging", "intermediate", "marts")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought into a build."""

    batches: int
    documents: int
    replaced: int


def usable_base(release: Path) -> Path | None:
    """Return the release's file if it opens and its raw tables are as this code declares them.

    Otherwise a load starts empty, from all the batches, which hold every document that ever landed.
    """
    try:
        with duckdb.connect(str(release), read_only=True) as connection:
            rows = connection.execute(
                "select table_name, column_name from information_schema.columns where table_schema = 'raw'"
            ).fetchall()
    except duckdb.Error:
        _log.exception("release cannot be opened", extra={"file": str(release)})
        return None
    declared = {(table, column) for table, columns in RAW_TABLES.items() for column in columns}
    return release if set(rows) == declared else None


def unloaded_batches(release: Path | None, batches: list[str]) -> list[str]:
    """Return those of the batches that a release's file does not have; all of them if there is no release."""
    if release is None:
        return batches
    with duckdb.connect(str(release), read_only=True) as connection:
        loaded = {row[0] for row in connection.execute("select batch_id from raw.batch").fetchall()}
    return [batch for batch in batches if batch not in loaded]


def load_batches(
    home: Home, base: Path | None, build: Path, batches: list[str], rosters: Rosters, *, is_upgrade: bool
) -> Loaded:
    """Copy the last release's file into a build and bring batches into it; again, it changes nothing.

    Args:
        home: where the batches are.
        base: the file of the release to start from, None to start empty.
        build: the folder of the build.
        batches: what to load, in the order of parsing: of two readings of a document the later one stays.
        rosters: which agencies the governments' reports sum up.
        is_upgrade: the code or the seeds have changed since `base`, so every agency is looked up anew and every broken
            identity explained anew.
    """
    file = build / DATABASE
    if base is not None:
        shutil.copyfile(base, file)
    with duckdb.connect(str(file)) as connection:
        connection.execute("begin")
        connection.execute("create schema if not exists raw")
        for table, columns in RAW_TABLES.items():
            connection.execute(create_table(table, columns))
        # The models make these anew: what is dropped first leaves its room to them, and no table of a former model stays
        for schema in _DERIVED_SCHEMAS:
            connection.execute(f"drop schema if exists {schema} cascade")
        documents, replaced = _bring(connection, home, batches) if batches else (0, 0)
        explain_reports(connection, build, everywhere=is_upgrade)
        _resolve_agencies(connection, build, everywhere=is_upgrade)
        load_rosters(connection, rosters, build)
        connection.execute("commit")
        connection.execute("checkpoint")
    return Loaded(len(batches), documents, replaced)


def _bring(connection: duckdb.DuckDBPyConnection, home: Home, batches: list[str]) -> tuple[int, int]:
    """Replace the documents that the batches bring; return how many came, and how many were there before."""
    connection.execute(
        "create temp table incoming (batch_id varchar, source_sha256 varchar, landed_sha256 varchar, outcome varchar)"
    )
    for batch in batches:
        connection.execute(
            "insert into incoming select ?, source_sha256, landed_sha256, outcome from read_parquet(?)",
            [batch, batch_files(home, batch, "document")],
        )
    _choose(connection)
    replaced = _count(connection, "raw.document where source_sha256 in (from leaving)")
    connection.execute(
        "create temp table leaving_report as select report_id from raw.report where source_sha256 in (from leaving)"
    )
    for table in ("cell", "narrative", "identity", "finding", "finding_cell"):
        connection.execute(f"delete from raw.{table} where report_id in (from leaving_report)")
    for table in ("problem", "report", "document"):
        connection.execute(f"delete from raw.{table} where source_sha256 in (from leaving)")
    for batch in batches:
        _insert(connection, home, batch)
    documents = _count(connection, "coming")
    for table in ("incoming", "coming", "leaving", "leaving_report"):
        connection.execute(f"drop table {table}")
    return documents, replaced


def _choose(connection: duckdb.DuckDBPyConnection) -> None:
    """Decide which reading of each document comes (`coming`), and which documents leave for it (`leaving`).

    A document may come twice: read from itself, and in a file of reports that were parsed elsewhere. The later one
    stays; but a reading that gave a report never yields to one of another file that gave none.
    """
    connection.execute(
        """
        create temp table coming as
        with candidates as (
            select batch_id, source_sha256, landed_sha256, outcome from incoming
            union all
            select null, source_sha256, landed_sha256, outcome from raw.document
            where source_sha256 in (select source_sha256 from incoming)
                and landed_sha256 not in (select landed_sha256 from incoming)
        ),

        latest_of_each_file as (
            select * from candidates
            qualify row_number() over (
                partition by source_sha256, landed_sha256 order by batch_id desc nulls last
            ) = 1
        )

        select * from latest_of_each_file
        qualify row_number() over (
            partition by source_sha256 order by outcome = 'loaded' desc, batch_id desc nulls last
        ) = 1
        """
    )
    connection.execute("delete from coming where batch_id is null")
    # What a file brought before leaves with it: a line that was taken out of a file of parsed reports is gone
    connection.execute(
        """
        create temp table leaving as
        select source_sha256 from coming
        union
        select source_sha256 from raw.document where landed_sha256 in (select landed_sha256 from incoming)
        """
    )


def _insert(connection: duckdb.DuckDBPyConnection, home: Home, batch: str) -> None:
    came = _count(connection, f"incoming where batch_id = '{batch}'")
    stays = _count(connection, f"coming where batch_id = '{batch}'")
    chosen = f"(select source_sha256 from coming where batch_id = '{batch}')"
    by_report = rf"regexp_replace(report_id, '#\d+$', '') in {chosen}"
    filters = {
        "document": f"source_sha256 in {chosen}",
        "report": f"source_sha256 in {chosen}",
        "problem": f"source_sha256 in {chosen}",
        "cell": by_report,
        "narrative": by_report,
        "identity": by_report,
    }
    for table, condition in filters.items():
        where = "" if came == stays else f" where {condition}"
        connection.execute(
            f"insert into raw.{table} by name from read_parquet(?){where}",
            [batch_files(home, batch, table)],
        )
    at = now().replace(tzinfo=None)
    connection.execute("insert into raw.batch values (?, ?)", [batch, at])


def _count(connection: duckdb.DuckDBPyConnection, what: str) -> int:
    ((count,),) = connection.execute(f"select count(*) from {what}").fetchall()
    return int(count)


def _resolve_agencies(connection: duckdb.DuckDBPyConnection, scratch: Path, *, everywhere: bool) -> None:
    """Look up the agency of each new report, or of every one; `scratch` is a folder for a passing file."""
    where = "true" if everywhere else "agency_id is null"
    rows = connection.execute(
        f"select report_id, agency, agency_full, printed_division_code, source_sha256 from raw.report where {where}"
    ).fetchall()
    if not rows:
        return
    found = [resolve_agency(*row[1:]) for row in rows]
    agencies = pl.DataFrame(
        {
            "report_id": [row[0] for row in rows],
            "agency_id": [agency.agency_id for agency in found],
            "agency_name": [agency.agency_name for agency in found],
            "agency_kind": [agency.agency_kind for agency in found],
            "division_code": [agency.division_code for agency in found],
        },
        schema={"report_id": pl.String(), **AGENCY},
    )
    assignments = ", ".join(f"{name} = found.{name}" for name in AGENCY)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = str(Path(folder) / "agencies.parquet")
        agencies.write_parquet(file)
        connection.execute(
            f"""
            update raw.report set {assignments}
            from read_parquet(?) as found where report.report_id = found.report_id
            """,
            [file],
        )
