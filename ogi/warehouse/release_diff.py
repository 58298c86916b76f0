"""What changed between two releases: figures added, gone and changed, and what each change comes from.

Whole reports are compared first, by the hash of their figures; cells only of those that differ. Of a build on top of the
old release only what it touched is compared; and where nothing left, the build itself holds all that the old one had. So
the work follows the change, not the size of the warehouse.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import duckdb

from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.output import plain

_SHOWN = 20

# What the new release is to the old one: any other one; the old one but for the reports that its load touched; and that
# with no document gone or read anew
Scope = Literal["any", "touched", "added"]

# The reports of which the two releases have different figures; the figures of a report without any are none, not unknown
_PAIRS = """
    create temp table pair as
    with old_report as (
        select agency_id, year, report_key, report_id, source_sha256, template, coalesce(figures_hash, '') as figures
        from old.intermediate.int_report_current {touched}
    ),

    new_report as (
        select agency_id, year, report_key, report_id, source_sha256, template, coalesce(figures_hash, '') as figures
        from intermediate.int_report_current {touched}
    )

    select
        coalesce(a.agency_id, b.agency_id) as agency_id, coalesce(a.year, b.year) as year,
        a.report_key as old_report_key, b.report_key as new_report_key,
        {is_kept} as is_old_kept,
        a.report_id as old_report_id, b.report_id as new_report_id,
        a.source_sha256 as old_source_sha256, b.source_sha256 as new_source_sha256
    from old_report as a
    full join new_report as b on a.agency_id = b.agency_id and a.year = b.year
    where a.figures is distinct from b.figures or a.template is distinct from b.template
"""
# Of a build on top of the old release: a number is the same report in both, and what left is among the touched
_TOUCHED = "where report_key in (select report_key from raw.touched_report)"
_IS_KEPT = f"coalesce(a.report_key in (select report_key from raw.report {_TOUCHED}), false)"
# The old release as the build shows it: what it had is there, with the numbers it had
_SHOWN_BY_THE_BUILD = """
    create schema old.intermediate;
    create view old.intermediate.int_report_current as
    select * from {catalog}.intermediate.int_report_source
    where report_key in (select report_key from {catalog}.raw.touched_before where was_current);
    create schema old.marts;
    create view old.marts.fct_report_source as
    select * from {catalog}.intermediate.int_report_source
    where report_key in (select report_key from {catalog}.raw.touched_before);
    create schema old.raw;
    create view old.raw.document as
    select * from {catalog}.raw.document
    where source_sha256 in (select source_sha256 from old.marts.fct_report_source);
    create view old.raw.cell as
    select * from {catalog}.raw.cell;
"""
# What decides where a difference comes from, of these alone
_SOURCES = """
    create temp table {side}_source as
    select report_id, parser_version, landed_at from {catalog}.marts.fct_report_source
    where report_id in (select unnest([old_report_id, new_report_id]) from pair)
"""
_DOCUMENTS = """
    create temp table {side}_document as
    select source_sha256, parser_version from {catalog}.raw.document
    where source_sha256 in (select unnest([old_source_sha256, new_source_sha256]) from pair)
"""
_DIFFERING = """
    create temp table differing as
    select pair.*,
        case
            -- Its document is gone, or is read as something else now
            when old_report_id is not null and old_now.report_id is null
                then case
                    when new_report_id is not null and new_before.report_id is null
                        and new_document_before.source_sha256 is null then 'corrected_document'
                    when old_document_now.parser_version <> old_document_before.parser_version then 'new_parser'
                    else 'withdrawn_document'
                end
            -- Its document came, or was none of that report before
            when new_report_id is not null and new_before.report_id is null
                then case
                    when new_document_before.parser_version <> new_document_now.parser_version then 'new_parser'
                    when old_report_id is null then 'new_document'
                    else 'corrected_document'
                end
            when coalesce(new_before.parser_version <> new_now.parser_version, false)
                or coalesce(old_before.parser_version <> old_now.parser_version, false) then 'new_parser'
            -- Reports that were parsed elsewhere: the same document in another file
            when old_report_id = new_report_id and old_before.landed_at <> new_now.landed_at then 'corrected_document'
            else $otherwise
        end as cause
    from pair
    left join old_source as old_before on old_report_id = old_before.report_id
    left join new_source as old_now on old_report_id = old_now.report_id
    left join old_source as new_before on new_report_id = new_before.report_id
    left join new_source as new_now on new_report_id = new_now.report_id
    left join old_document as old_document_before on old_source_sha256 = old_document_before.source_sha256
    left join new_document as old_document_now on old_source_sha256 = old_document_now.source_sha256
    left join old_document as new_document_before on new_source_sha256 = new_document_before.source_sha256
    left join new_document as new_document_now on new_source_sha256 = new_document_now.source_sha256
"""
_CELLS = """
    create temp table {side}_cell as
    select d.agency_id, d.year, c.cell, c.value, c.unit, c.state, c.raw
    from {catalog}.raw.cell as c
    inner join differing as d on c.report_key = d.{side}_report_key
    where c.value is not null {which}
"""
# Most reports that were superseded are in the build as well, where their neighbours have just been read
_KEPT_CELLS = """
    insert into old_cell
    select d.agency_id, d.year, c.cell, c.value, c.unit, c.state, c.raw
    from raw.cell as c
    inner join differing as d on c.report_key = d.old_report_key
    where c.value is not null and d.is_old_kept
"""
_CHANGES = """
    create temp table change as
    select coalesce(a.agency_id, b.agency_id) as agency_id, coalesce(a.year, b.year) as year,
        coalesce(a.cell, b.cell) as cell,
        case when a.cell is null then 'added' when b.cell is null then 'gone' else 'changed' end as change,
        a.value as old_value, b.value as new_value, a.unit as old_unit, b.unit as new_unit,
        a.raw as old_raw, b.raw as new_raw,
        d.cause, d.old_source_sha256, d.new_source_sha256
    from old_cell as a
    full join new_cell as b on a.agency_id = b.agency_id and a.year = b.year and a.cell = b.cell
    inner join differing as d
        on coalesce(a.agency_id, b.agency_id) = d.agency_id and coalesce(a.year, b.year) = d.year
    where a.value is distinct from b.value or a.unit is distinct from b.unit
    order by agency_id, year, cell
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two releases: its id, its file, and from its manifest what it was made with."""

    id: str
    file: Path
    fingerprint: str | None
    seeds: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed against another release.

    `reports` counts the reports whose figures differ by cause; `figures` counts figures by change and cause; `first`
    holds the first changed figures; `why_not` says why the two could not be compared.
    """

    against: str
    reports: dict[str, int] = field(default_factory=dict)
    figures: list[dict[str, Any]] = field(default_factory=list)
    first: list[dict[str, Any]] = field(default_factory=list)
    why_not: str | None = None

    def count(self, change: str) -> int:
        """Count the figures that were `added`, are `gone` or `changed`."""
        return sum(row["figures"] for row in self.figures if row["change"] == change)

    def as_dict(self) -> dict[str, Any]:
        """Describe the changes for a manifest."""
        return asdict(self)


def compare_releases(
    connection: duckdb.DuckDBPyConnection, old: Side, new: Side, out: Path, scope: Scope = "any"
) -> Changes:
    """Compare two releases and write every figure that differs into a Parquet file, by agency, year and cell.

    Causes: new_document, corrected_document, withdrawn_document, new_parser, new_seed, new_code. The file is not
    written where the old release is of another make and cannot be compared.

    Args:
        connection: to the new one.
        old: the one that it is compared with.
        new: the new one.
        out: the Parquet file.
        scope: what the new one is to the old one.

    Raises:
        WarehouseError: the old release's file cannot be opened.
    """
    ((catalog,),) = connection.execute("select current_database()").fetchall()
    sides = {"old": "old", "new": f'"{catalog}"'}
    with (
        _shown_by_the_build(connection, sides["new"]) if scope == "added" else _attached(connection, old.file)
    ):
        for release, database in ((old, "old"), (new, catalog)):
            if not _can_be_compared(connection, database):
                reason = f"{release.id} 的表结构较旧，无法比较 / is of an earlier make and cannot be compared"
                return Changes(old.id, why_not=reason)
        if scope == "any":
            connection.execute(_PAIRS.format(touched="", is_kept="false"))
        else:
            connection.execute(_PAIRS.format(touched=_TOUCHED, is_kept=_IS_KEPT))
        for query in (_SOURCES, _DOCUMENTS):
            for side, name in sides.items():
                connection.execute(query.format(side=side, catalog=name))
        connection.execute(_DIFFERING, {"otherwise": _otherwise(old, new)})
        connection.execute(_CELLS.format(side="old", catalog="old", which="and not d.is_old_kept"))
        connection.execute(_KEPT_CELLS)
        connection.execute(_CELLS.format(side="new", catalog=sides["new"], which=""))
        connection.execute(_CHANGES)
        connection.table("change").write_parquet(str(out), compression="zstd")
        return Changes(
            against=old.id,
            reports=dict(
                connection.execute("select cause, count(*) from differing group by 1 order by 1").fetchall()
            ),
            figures=_rows(
                connection,
                "select change, cause, count(*) as figures from change group by 1, 2 order by 1, 2",
            ),
            first=_rows(
                connection,
                f"select agency_id, year, cell, change, old_value, new_value, cause from change limit {_SHOWN}",
            ),
        )


def compare_published(old: Side, new: Side, out: Path) -> Changes:
    """Compare two published releases, as `compare_releases` does.

    Raises:
        WarehouseError: a release's file cannot be opened.
    """
    try:
        connection = duckdb.connect(str(new.file), read_only=True)
    except duckdb.Error as error:
        raise _unreadable(new.file, error) from error
    with connection:
        return compare_releases(connection, old, new, out)


def _unreadable(file: Path, error: duckdb.Error) -> WarehouseError:
    return WarehouseError(f"{file} 无法打开：{error}。", "The release cannot be opened.")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[None]:
    """Have another release's file beside the database, as `old`."""
    try:
        name = str(file.resolve()).replace("'", "''")
        connection.execute(f"attach '{name}' as old (read_only)")
    except duckdb.Error as error:
        raise _unreadable(file, error) from error
    try:
        yield
    finally:
        connection.execute("detach old")


@contextmanager
def _shown_by_the_build(connection: duckdb.DuckDBPyConnection, catalog: str) -> Iterator[None]:
    """Have what the build shows of the release it started from, as `old`."""
    connection.execute("attach ':memory:' as old")
    try:
        connection.execute(_SHOWN_BY_THE_BUILD.format(catalog=catalog))
        yield
    finally:
        connection.execute("detach old")


def _can_be_compared(connection: duckdb.DuckDBPyConnection, database: str) -> bool:
    query = """
        select count(*) from duckdb_columns()
        where database_name = ? and (schema_name, table_name, column_name) in (
            ('raw', 'cell', 'report_key'), ('intermediate', 'int_report_current', 'report_key'),
            ('intermediate', 'int_report_current', 'figures_hash'), ('marts', 'fct_report_source', 'report_id')
        )
    """
    return connection.execute(query, [database]).fetchall() == [(4,)]


def _otherwise(old: Side, new: Side) -> str:
    """Name what it is where neither a document nor its reading changed."""
    if old.seeds != new.seeds:
        return "new_seed"
    # The same code: a copy of an older version that came with a later date
    return "new_code" if old.fingerprint != new.fingerprint else "new_document"


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [
        {
            name: plain(value) if isinstance(value, Decimal) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in cursor.fetchall()
    ]
