"""DuckDB as a build uses it: not all of the machine's memory, and the build's own folder for what does not fit."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ogi.warehouse.home import DATABASE


def open_build(build: Path) -> duckdb.DuckDBPyConnection:
    """Open the database of a build for writing, within the limits.

    Whatever has it open in this process shares what was read of it: as long as one connection stays, the next is at once.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    return _limited(duckdb.connect(str(build / DATABASE)), build)


@contextmanager
def open_to_audit(build: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of a build, within the limits, with an empty database `picked` in memory beside it.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    with open_build(build) as connection:
        connection.execute("attach ':memory:' as picked")
        try:
            yield connection
        finally:
            connection.execute("detach picked")


def _limited(connection: duckdb.DuckDBPyConnection, build: Path) -> duckdb.DuckDBPyConnection:
    # Others live on this machine, too, and Python beside DuckDB
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 8
    connection.execute(f"set memory_limit = '{memory // 2**20}MiB'")
    spill = str(build / "spill")
    ((used,),) = connection.execute("select current_setting('temp_directory')").fetchall()
    # Once something was put aside there, DuckDB takes no folder any more, not even the same one
    if used != spill:
        connection.execute(f"set temp_directory = '{spill}'")
    return connection
