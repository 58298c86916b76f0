"""Read-only SQL on the published release: no query can write, attach, read a file or change a setting."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ogi.warehouse.errors import WarehouseError

_FETCHED = 10_000
_ALLOWED = frozenset({"SELECT", "EXPLAIN"})


class Result:
    """The result of a query; to be read once, by rows or as a frame."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> None:
        """Take the query; it runs when the result is read."""
        self._connection = connection
        self._statement = statement

    def rows(self) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """Return the names of the columns, and the rows as they come."""
        cursor = self._connection.execute(self._statement)
        return [str(column[0]) for column in cursor.description or []], _fetch(cursor)

    def frame(self) -> pl.DataFrame:
        """Return the whole result as a polars frame with the types it has in the warehouse.

        Raises:
            WarehouseError: two columns have the same name, which a frame cannot have.
        """
        relation = self._connection.sql(self._statement)
        if len(set(relation.columns)) < len(relation.columns):
            raise WarehouseError(
                "有两列同名，请用 AS 改名。", "Two columns share a name: rename one with AS."
            )
        return pl.DataFrame(relation)


def _fetch(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_FETCHED):
        yield from rows


@contextmanager
def query(file: Path, sql: str) -> Iterator[Result]:
    """Open a warehouse file for one query and yield its result, to be read before leaving.

    Raises:
        WarehouseError: it is not one query, DuckDB refuses it, or the file cannot be opened.
    """
    with tempfile.TemporaryDirectory(prefix="ogi-sql-") as scratch:
        try:
            with _locked(file, scratch) as connection:
                statements = connection.extract_statements(sql)
                if len(statements) != 1:
                    raise WarehouseError("请给出一条查询语句。", "Give exactly one query.")
                if statements[0].type.name not in _ALLOWED:
                    raise WarehouseError(
                        "只能查询（SELECT），不能修改数据或设置。",
                        "Only queries (SELECT): nothing can be changed.",
                    )
                yield Result(connection, statements[0])
        except duckdb.Error as error:
            # Behind the reason, DuckDB prints the query with an arrow, which only a monospaced screen can show
            reason = " ".join(str(error).split("\n\nLINE")[0].split())
            raise WarehouseError(f"查询失败：{reason}", "The query failed.") from error


def _locked(file: Path, scratch: str) -> duckdb.DuckDBPyConnection:
    """Open a warehouse for reading and lock its settings; only DuckDB itself may spill into `scratch`."""
    connection = duckdb.connect(str(file), read_only=True, config={"temp_directory": scratch})
    # The order matters: the lock comes last
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "python_enable_replacements = false",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"set {setting}")
    return connection
