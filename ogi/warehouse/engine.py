"""DuckDB as a build uses it: not all of the machine's memory, and the build's own folder for what does not fit."""

import os
from pathlib import Path

import duckdb

from ogi.warehouse.home import DATABASE


def open_build(build: Path) -> duckdb.DuckDBPyConnection:
    """Open the database of a build for writing, within the limits.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    return _limited(duckdb.connect(str(build / DATABASE)), build)


def open_to_audit(build: Path) -> duckdb.DuckDBPyConnection:
    """Open the database of a build for reading, within the limits, with an empty database `picked` in memory beside it.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    connection = _limited(duckdb.connect(str(build / DATABASE), read_only=True), build)
    connection.execute("attach ':memory:' as picked (read_write)")
    return connection


def _limited(connection: duckdb.DuckDBPyConnection, build: Path) -> duckdb.DuckDBPyConnection:
    # Others live on this machine, too, and Python beside DuckDB
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 8
    connection.execute(f"set memory_limit = '{memory // 2**20}MiB'")
    connection.execute(f"set temp_directory = '{build / 'spill'}'")
    return connection
