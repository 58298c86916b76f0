"""Load: bring the batches that a release has not yet into a copy of it, in one transaction."""

import logging
import math
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ogi.warehouse.bring import bring_batches
from ogi.warehouse.engine import open_build
from ogi.warehouse.files import sync_file
from ogi.warehouse.frames import RAW_TABLES, create_table
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.resolve import resolve_agencies
from ogi.warehouse.rosters import Rosters, load_rosters
from ogi.warehouse.touched import note_touched

_log = logging.getLogger(__name__)

_TOUCHED = "touched_"
_DERIVED_SCHEMAS = ("seeds", "staging", "intermediate", "marts")
# DuckDB keeps the rows of a table in pieces of so many; those of a night take at least a block in each table (measured)
_ROWS_OF_A_PIECE = 122_880
_BYTES_OF_A_NIGHT = 6_000_000
_SHARE_OF_PIECES = 0.05


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought into a build, and of how many agencies and years of theirs it touched the reports.

    `is_full` says that every model has to be built anew from the raw tables.
    """

    batches: int
    documents: int
    replaced: int
    agencies: int
    agency_years: int
    is_full: bool


def usable_base(release: Path) -> Path | None:
    """Return the release's file if it opens and its raw tables are as this code declares them.

    Those that say what a load touched are made anew by every load. Otherwise a load starts empty, from all the batches,
    which hold every document that ever landed.
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
    return release if _lasting(rows) == _lasting(declared) else None


def _lasting(columns: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(table, column) for table, column in columns if not table.startswith(_TOUCHED)}


def unloaded_batches(release: Path | None, batches: list[str], parts: Mapping[str, list[str]]) -> list[str]:
    """Return those of the batches that a release's file does not have; all of them if there is no release.

    `parts` says which batches a merged one took the place of: it is there where all of them are.
    """
    if release is None:
        return batches
    with duckdb.connect(str(release), read_only=True) as connection:
        loaded = {row[0] for row in connection.execute("select batch_id from raw.batch").fetchall()}

    def is_loaded(batch: str) -> bool:
        return batch in loaded or (batch in parts and all(map(is_loaded, parts[batch])))

    return [batch for batch in batches if not is_loaded(batch)]


def copy_base(base: Path | None, build: Path) -> None:
    """Copy the file of the release that a build starts from; without one the build starts empty."""
    if base is not None:
        shutil.copyfile(base, build / DATABASE)
        # On the disk now: the first change to the file would wait for it, and seem slow
        sync_file(build / DATABASE)


def load_batches(
    home: Home,
    build: Path,
    batches: list[str],
    rosters: Rosters,
    *,
    is_upgrade: bool,
    is_full_refresh: bool = False,
) -> Loaded:
    """Bring batches and rosters into a build, and note which years of agencies the models have to build anew.

    Args:
        home: where the batches are.
        build: the folder of the build, with the copy of the release that it starts from, if there is one.
        batches: what to load, in the order of parsing: of two readings of a document the later one stays.
        rosters: which agencies the governments' reports sum up.
        is_upgrade: the code or the seeds have changed since that release, so every agency is looked up anew.
        is_full_refresh: build every model anew, though a part would do.
    """
    with open_build(build) as connection:
        connection.execute("begin")
        connection.execute("create schema if not exists raw")
        for table, columns in RAW_TABLES.items():
            if table.startswith(_TOUCHED):
                connection.execute(f"drop table if exists raw.{table}")
            connection.execute(create_table(table, columns))
        before = _newest_year(connection)
        brought = bring_batches(connection, home, batches)
        load_rosters(connection, rosters, build)
        resolve_agencies(connection, build, everywhere=is_upgrade)
        # The newest year decides in which years every agency is expected; where there was none, no model may exist yet
        is_full = is_upgrade or is_full_refresh or before is None or before != _newest_year(connection)
        agencies, agency_years = note_touched(connection, everywhere=is_full)
        if is_full:
            # What is dropped first leaves its room to what the models make anew, and no table of a former model stays
            for schema in _DERIVED_SCHEMAS:
                connection.execute(f"drop schema if exists {schema} cascade")
        connection.execute("commit")
        if not is_full and _may_leave_pieces(connection, build / DATABASE):
            connection.execute("set global max_vacuum_tasks = 0")
        connection.execute("checkpoint")
    return Loaded(len(batches), brought.documents, brought.replaced, agencies, agency_years, is_full)


def _may_leave_pieces(connection: duckdb.DuckDBPyConnection, file: Path) -> bool:
    """Tell whether what nights have added may stay pieces of their own, because they and what is gone take little of the file.

    To put them together DuckDB writes up to a whole piece of each table for a few rows (measured on a million reports:
    1.3 s of a night of 15).
    """
    read, gone = _pieces_and_gone(connection, "raw.report")
    built, _ = _pieces_and_gone(connection, "marts.fct_report")
    size = file.stat().st_size
    return max(read, built) * _BYTES_OF_A_NIGHT + gone * size <= _SHARE_OF_PIECES * size


def _pieces_and_gone(connection: duckdb.DuckDBPyConnection, table: str) -> tuple[int, float]:
    """Return how many pieces a table has beyond those that its rows fill, and which share of the rows in them is gone."""
    ((pieces, stored),) = connection.execute(
        f"""
        select count(distinct row_group_id), sum("count") filter (column_id = 0 and segment_type <> 'VALIDITY')
        from pragma_storage_info('{table}')
        """
    ).fetchall()
    ((rows,),) = connection.execute(f"select count(*) from {table}").fetchall()
    return pieces - math.ceil(rows / _ROWS_OF_A_PIECE), 1 - rows / stored if stored else 0.0


def _newest_year(connection: duckdb.DuckDBPyConnection) -> int | None:
    ((year,),) = connection.execute("select max(year) from raw.report").fetchall()
    return None if year is None else int(year)
