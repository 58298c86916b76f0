"""What an export says of itself: a Frictionless data package, from the descriptions in the release."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.keys import KEYS
from ogi.warehouse.clock import of_id
from ogi.warehouse.files import sha256_of

_KEYS = {key.table: key for key in KEYS}
_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "DOUBLE": "number",
}
_MEDIA_TYPES = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a mart as the release declares and describes it; `type` is DuckDB's."""

    name: str
    type: str
    is_required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Mart:
    """A mart as the release declares and describes it."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def has_year(self) -> bool:
        """Whether it is kept by year."""
        return any(column.name == "year" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a mart that make one file: those of a year ("none": of no year), or all ("").

    `condition` chooses them; `content` is a checksum of them in whatever order.
    """

    mart: Mart
    year: str
    condition: str
    rows: int
    content: str

    def path(self, form: str) -> str:
        """Return where its file is, by year as Hive names such folders."""
        year = "__HIVE_DEFAULT_PARTITION__" if self.year == "none" else self.year
        folder = f"data/{self.mart.name}" + (f"/year={year}" if year else "")
        return f"{folder}/{self.mart.name}.{form}"


def read_marts(connection: duckdb.DuckDBPyConnection) -> list[Mart]:
    """Read the marts of a release by name."""
    tables = connection.execute(
        """
        select table_name, comment from duckdb_tables() where schema_name = 'marts'
        union all
        select view_name, comment from duckdb_views() where schema_name = 'marts'
        order by 1
        """
    ).fetchall()
    columns: dict[str, list[Column]] = {name: [] for name, _ in tables}
    for table, *column in connection.execute(
        """
        select table_name, column_name, data_type, not is_nullable, coalesce(comment, '')
        from duckdb_columns() where schema_name = 'marts' order by table_name, column_index
        """
    ).fetchall():
        columns[table].append(Column(*column))
    return [Mart(name, comment or "", tuple(columns[name])) for name, comment in tables]


def table_schema(mart: Mart) -> dict[str, Any]:
    """Describe the columns of a mart as a Table Schema with its primary key, where that has no null in it."""
    key = _KEYS.get(f"marts.{mart.name}")
    schema: dict[str, Any] = {
        "fields": [
            _field(column, is_key=key is not None and column.name in key.columns) for column in mart.columns
        ],
        "missingValues": [""],
    }
    if key is not None and not key.optional:
        schema["primaryKey"] = list(key.columns)
    return schema


def _field(column: Column, *, is_key: bool) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _field_type(column.type),
        "description": column.description,
    }
    # In a file of texts an empty text is no value, which a column that is never null may well be
    if (column.is_required or is_key) and field["type"] != "string":
        field["constraints"] = {"required": True}
    return field


def _field_type(duckdb_type: str) -> str:
    if duckdb_type.endswith("[]"):
        return "array"
    return "number" if duckdb_type.startswith("DECIMAL") else _TYPES[duckdb_type]


def resource(part: Part, path: str, file: Path) -> dict[str, Any]:
    """Describe one file of a mart."""
    mart, form = part.mart, file.suffix
    return {
        "name": f"{mart.name}-{part.year}" if part.year else mart.name,
        "title": f"{mart.name} {part.year}" if part.year else mart.name,
        "description": mart.description,
        "profile": "tabular-data-resource",
        "path": path,
        "format": form.removeprefix("."),
        "mediatype": _MEDIA_TYPES[form],
        "encoding": "utf-8",
        "bytes": file.stat().st_size,
        "hash": f"sha256:{sha256_of(file)}",
        "schema": f"schemas/{mart.name}.json",
        "table": mart.name,
        "rows": part.rows,
        "content": part.content,
    }


def package(release: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    """Describe a whole export; it was created when its release was."""
    return {
        "profile": "tabular-data-package",
        "name": "ogi-warehouse",
        "title": "政府信息公开工作年度报告数据 / Open Government Information annual reports",
        "description": (
            "各级行政机关政府信息公开工作年度报告所印数字，未作更正；空白不是零。"
            " / The figures of Chinese Open Government Information annual reports as printed; blank is not zero."
        ),
        "version": release,
        "created": of_id(release).isoformat(timespec="seconds"),
        "licenses": [
            {
                "name": "Apache-2.0",
                "title": "Apache License 2.0",
                "path": "https://www.apache.org/licenses/LICENSE-2.0",
            }
        ],
        "resources": resources,
    }
