"""What a release holds, table by table, against another release."""

from collections.abc import Collection
from pathlib import Path

import duckdb

# What a warehouse numbers for itself: its reports, and the batches that nights leave and merge
_INTERNAL = ("report_key", "batch_id")
_RAW = (("raw", "document"), ("raw", "report"), ("raw", "problem"))


def differences(left: Path, right: Path, ignored: Collection[str] = ()) -> dict[str, int]:
    """Count the rows that only one of two releases has, of every mart and of what was read; equal tables are left out.

    Args:
        left: a release's database.
        right: another one's.
        ignored: columns that may differ: a time of landing, where the same documents landed in two nights.
    """
    with duckdb.connect() as connection:
        connection.execute(f"attach '{left}' as one (read_only); attach '{right}' as other (read_only)")
        tables: dict[tuple[str, str], dict[str, list[str]]] = {}
        for database, schema, table, column in connection.execute(
            """
            select database_name, schema_name, table_name, column_name from duckdb_columns()
            where database_name in ('one', 'other') and schema_name in ('marts', 'raw')
            order by all
            """
        ).fetchall():
            if column not in _INTERNAL and column not in ignored:
                tables.setdefault((schema, table), {}).setdefault(database, []).append(column)
        found = {}
        for (schema, table), columns in tables.items():
            if schema == "raw" and (schema, table) not in _RAW:
                continue
            if columns.get("one") != columns.get("other"):
                found[f"{schema}.{table}"] = -1
                continue
            names = ", ".join(f'"{name}"' for name in columns["one"])
            one, other = (
                f"(select {names} from {database}.{schema}.{table})" for database in ("one", "other")
            )
            ((rows,),) = connection.execute(
                f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"
            ).fetchall()
            if rows:
                found[f"{schema}.{table}"] = rows
        return found
