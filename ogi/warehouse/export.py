"""The marts of a release as files: Parquet or CSV, one a year, with what describes and proves them.

    data/fct_report/year=2020/fct_report.parquet    a mart that has a year, one file a year
    data/dim_cell/dim_cell.parquet                  one that has none
    schemas/fct_report.json                         its columns in words (Frictionless Table Schema)
    datapackage.json  dictionary.md  checksums.sha256

A file whose rows are those of an earlier export is not written again but linked: a night costs what it changed.
"""

import json
import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from expectations.keys import KEYS
from ogi.warehouse.datapackage import Mart, Part, package, read_marts, resource, table_schema
from ogi.warehouse.dictionary import dictionary_page
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import require_new_folder, sha256_of, sync_tree, write_json

Form = Literal["parquet", "csv"]
PACKAGE = "datapackage.json"
_ORDER = {key.table: (*key.columns, *key.optional) for key in KEYS}
_OPTIONS = {
    "parquet": "format parquet, compression zstd",
    "csv": "format csv, header true, timestampformat '%Y-%m-%dT%H:%M:%S'",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files an export has, how many of them were linked from an earlier one, and their bytes."""

    files: int
    linked: int
    bytes: int


def export_marts(
    file: Path,
    release: str,
    out: Path,
    form: Form = "parquet",
    tables: Collection[str] = (),
    earlier: Path | None = None,
) -> Exported:
    """Write the marts of a release into a new folder; the same release gives the same files.

    Args:
        file: the release's database.
        release: its id, which becomes the package's version.
        out: the folder, which must be empty or not there.
        form: what to write.
        tables: names of marts; all of them if empty.
        earlier: an earlier export, whose files are linked where the rows are the same.

    Raises:
        WarehouseError: there is no such mart, or the folder is not empty or cannot be written.
    """
    require_new_folder(out)
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            marts = _chosen(read_marts(connection), tables)
            return _Exporter(connection, release, out, form, earlier).export(marts)
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {out}：{error.strerror}。", f"It cannot be written: {error}."
        ) from error


def _chosen(marts: list[Mart], tables: Collection[str]) -> list[Mart]:
    names = {mart.name for mart in marts}
    unknown = [table for table in tables if table not in names]
    if unknown:
        raise WarehouseError(
            f"没有名为 {'、'.join(unknown)} 的表；共有：{'、'.join(sorted(names))}。",
            "There is no such mart.",
        )
    return [mart for mart in marts if not tables or mart.name in tables]


class _Exporter:
    """Writes one export."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, release: str, out: Path, form: Form, earlier: Path | None
    ) -> None:
        self._connection = connection
        self._release = release
        self._out = out
        self._form = form
        self._known = _resources(earlier) if earlier and form == "parquet" else {}
        self._earlier = earlier
        self._resources: list[dict[str, Any]] = []
        self._linked = 0

    def export(self, marts: list[Mart]) -> Exported:
        (self._out / "schemas").mkdir(parents=True)
        for mart in marts:
            write_json(self._out / "schemas" / f"{mart.name}.json", table_schema(mart))
            for part in self._parts(mart):
                self._write(part)
        write_json(self._out / PACKAGE, package(self._release, self._resources))
        (self._out / "dictionary.md").write_text(dictionary_page(), encoding="utf-8")
        self._write_checksums()
        sync_tree(self._out)
        size = sum(resource["bytes"] for resource in self._resources)
        return Exported(len(self._resources), self._linked, size)

    def _parts(self, mart: Mart) -> list[Part]:
        """List the files of a mart with a checksum of their rows in whatever order."""
        # DuckDB's hash may change from one version to the next, and then everything is written anew
        counted = "count(*), md5(concat_ws('|', version(), count(*), sum(hash(t)::hugeint)))"
        if not mart.has_year:
            query = f"select {counted} from marts.{mart.name} as t"
            return [Part(mart, "", "true", *row) for row in self._connection.execute(query).fetchall()]
        query = f"select year, {counted} from marts.{mart.name} as t group by year order by year nulls last"
        return [
            Part(mart, "none", "year is null", *row)
            if year is None
            else Part(mart, str(year), f"year = {year}", *row)
            for year, *row in self._connection.execute(query).fetchall()
        ]

    def _write(self, part: Part) -> None:
        path = part.path(self._form)
        target = self._out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        known = self._known.get(path)
        if known is not None and known["content"] == part.content and self._earlier is not None:
            _link(self._earlier / path, target)
            self._linked += 1
            self._resources.append(known)
            return
        mart = part.mart
        name = str(target).replace("'", "''")
        order = ", ".join(_ORDER.get(f"marts.{mart.name}", ("all",)))
        self._connection.execute(
            f"copy (select {self._columns(mart)} from marts.{mart.name} where {part.condition} order by {order}) "
            f"to '{name}' ({_OPTIONS[self._form]})"
        )
        self._resources.append(resource(part, path, target))

    def _columns(self, mart: Mart) -> str:
        """Name the columns; a list is written as JSON where the format has none."""
        return ", ".join(
            f"to_json({column.name}) as {column.name}"
            if self._form == "csv" and column.type.endswith("[]")
            else column.name
            for column in mart.columns
        )

    def _write_checksums(self) -> None:
        """Write what `sha256sum --check` reads."""
        known = {resource["path"]: resource["hash"].removeprefix("sha256:") for resource in self._resources}
        paths = sorted(
            path.relative_to(self._out).as_posix() for path in self._out.rglob("*") if path.is_file()
        )
        lines = [f"{known.get(path) or sha256_of(self._out / path)}  {path}\n" for path in paths]
        (self._out / "checksums.sha256").write_text("".join(lines), encoding="utf-8")


def _resources(export: Path) -> dict[str, dict[str, Any]]:
    """Read the files of an earlier export by path; none of one that is damaged."""
    try:
        content = json.loads((export / PACKAGE).read_text(encoding="utf-8"))
        return {resource["path"]: resource for resource in content["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _link(source: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the file system cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
