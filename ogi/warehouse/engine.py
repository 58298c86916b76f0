"""DuckDB as a build uses it: not all of the machine's memory, and the build's own folder for what does not fit."""

import os
from pathlib import Path

import duckdb

from ogi.warehouse.home import DATABASE


def limits(build: Path) -> tuple[str, str]:
    """Return the statements that set the limits; they hold for every connection of this process to the same file."""
    # Others live on this machine, too, and Python beside DuckDB
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 8
    return f"set memory_limit = '{memory // 2**20}MiB'", f"set temp_directory = '{build / 'spill'}'"


def open_build(build: Path) -> duckdb.DuckDBPyConnection:
    """Open the database of a build for writing, within the limits.

    Raises:
        duckdb.Error: it cannot be opened.
    """
    connection = duckdb.connect(str(build / DATABASE))
    for statement in limits(build):
        connection.execute(statement)
    return connection
