"""Bring batches into the raw tables: each document once, in its latest reading; again, it changes nothing."""

from dataclasses import dataclass

import duckdb

from ogi.warehouse.batches import batch_files
from ogi.warehouse.clock import now
from ogi.warehouse.frames import BATCH_TABLES, KEYED_TABLES
from ogi.warehouse.home import Home

_BY_DOCUMENT = ("problem", "report", "document")


@dataclass(frozen=True, slots=True)
class Brought:
    """How many documents came, and how many of them were there before."""

    documents: int
    replaced: int


def bring_batches(connection: duckdb.DuckDBPyConnection, home: Home, batches: list[str]) -> Brought:
    """Replace the documents that the batches bring.

    Leaves the temporary tables `new_report` (report_key, report_id) and `left_report` (report_key, agency_id,
    division_code, year): the reports that came, and those that went, for good or for a new reading.
    """
    connection.execute("create or replace temp table new_report (report_key integer, report_id varchar)")
    connection.execute(
        "create or replace temp table left_report"
        " (report_key integer, agency_id varchar, division_code varchar, year smallint)"
    )
    if not batches:
        return Brought(0, 0)
    _announce(connection, home, batches)
    _choose(connection)
    replaced = _count(connection, "raw.document where source_sha256 in (from leaving)")
    _remove(connection)
    came, chosen = _count(connection, "incoming"), _count(connection, "coming")
    # Mostly every document of the batches comes, and then nothing has to be looked up by it
    _insert(connection, home, batches, is_all=came == chosen)
    at = now().replace(tzinfo=None)
    connection.executemany("insert into raw.batch values (?, ?)", [(batch, at) for batch in batches])
    for table in ("incoming", "coming", "leaving"):
        connection.execute(f"drop table {table}")
    return Brought(chosen, replaced)


def _announce(connection: duckdb.DuckDBPyConnection, home: Home, batches: list[str]) -> None:
    """Make `incoming`: the documents in the batches."""
    connection.execute(
        f"""
        create temp table incoming as
        select {_BATCH_ID} as batch_id, source_sha256, landed_sha256, outcome
        from read_parquet(?, filename = true)
        """,
        [_files(home, batches, "document")],
    )


# The batch's folder, in which a file lies
_BATCH_ID = r"string_split(filename, '/')[-2]"
_SOURCE_OF_REPORT = r"regexp_replace(came.report_id, '#\d+$', '')"


def _choose(connection: duckdb.DuckDBPyConnection) -> None:
    """Decide which reading of each document comes (`coming`), and which documents leave for it (`leaving`).

    A document may come twice: read from itself, and in a file of reports that were parsed elsewhere. The later one
    stays; but a reading that gave a report never yields to one of another file that gave none.
    """
    connection.execute(
        """
        create temp table coming as
        with candidates as (
            -- Of two readings of a file all of the later one counts: what only the former found is gone
            select * from (
                select batch_id, source_sha256, landed_sha256, outcome from incoming
                qualify batch_id = max(batch_id) over (partition by landed_sha256)
            )
            union all
            select null, source_sha256, landed_sha256, outcome from raw.document
            where source_sha256 in (select source_sha256 from incoming)
                and landed_sha256 not in (select landed_sha256 from incoming)
        )

        select * from candidates
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
        select source_sha256 from coming where source_sha256 in (select source_sha256 from raw.document)
        union
        select source_sha256 from raw.document where landed_sha256 in (select landed_sha256 from incoming)
        """
    )


def _remove(connection: duckdb.DuckDBPyConnection) -> None:
    if not _count(connection, "leaving"):
        return
    connection.execute(
        """
        create temp table leaving_report as
        select report_key, agency_id, division_code, year from raw.report
        where source_sha256 in (from leaving)
        """
    )
    connection.execute("insert into left_report from leaving_report")
    for table in KEYED_TABLES:
        connection.execute(
            f"delete from raw.{table} where report_key in (select report_key from leaving_report)"
        )
    for table in _BY_DOCUMENT:
        connection.execute(f"delete from raw.{table} where source_sha256 in (from leaving)")
    connection.execute("drop table leaving_report")


def _insert(connection: duckdb.DuckDBPyConnection, home: Home, batches: list[str], *, is_all: bool) -> None:
    """Insert the documents that come; their reports get the numbers after the highest there is or was before the load.

    So a number stands for the same report, in the same reading, in a build and in the release that it starts from.
    """
    chosen = "" if is_all else f"semi join coming on coming.batch_id = {_BATCH_ID} and coming.source_sha256 ="
    ((last_key,),) = connection.execute(
        """
        select coalesce(max(report_key), 0)
        from (select report_key from raw.report union all select report_key from left_report)
        """
    ).fetchall()
    if reports := _files(home, batches, "report"):
        connection.execute(
            f"""
            insert into raw.report by name
            select {last_key} + row_number() over () as report_key, came.* exclude (filename)
            from read_parquet(?, filename = true) as came {chosen and f"{chosen} came.source_sha256"}
            """,
            [reports],
        )
    connection.execute(
        f"insert into new_report select report_key, report_id from raw.report where report_key > {last_key}"
    )
    # DuckDB takes all files to be as small as the first, and would hash a hundred million cells instead of their reports
    connection.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
    for table in BATCH_TABLES:
        if table == "report":
            continue
        if table in KEYED_TABLES:
            source = _SOURCE_OF_REPORT
            columns, join = (
                "new_report.report_key, came.* exclude (report_id, filename)",
                "join new_report using (report_id)",
            )
        else:
            source, columns, join = "came.source_sha256", "came.* exclude (filename)", ""
        if table == "document":
            columns += f", {_BATCH_ID} as batch_id"
        files = _files(home, batches, table)
        if not files:  # no row came, or they were written before the table was thought of
            continue
        connection.execute(
            f"""
            insert into raw.{table} by name
            select {columns} from read_parquet(?, filename = true) as came {join} {chosen and f"{chosen} {source}"}
            """,
            [files],
        )
    connection.execute("reset disabled_optimizers")


def _files(home: Home, batches: list[str], table: str) -> list[str]:
    return [str(file) for batch in batches for file in batch_files(home, batch, table)]


def _count(connection: duckdb.DuckDBPyConnection, what: str) -> int:
    ((count,),) = connection.execute(f"select count(*) from {what}").fetchall()
    return int(count)
