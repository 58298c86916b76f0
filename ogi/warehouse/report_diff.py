"""What changed between two versions of one agency's report, cell by cell."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.output import plain

_AGENCIES = """
    select agency_id, max_by(agency_name, valid_from) as agency_name
    from marts.dim_agency
    where agency_id = $agency or agency_name = $agency or agency_id in (
        select agency_id from marts.fct_report_version
        where printed_agency = $agency or printed_agency_full = $agency
    )
    group by agency_id
    order by agency_id
"""
_VERSIONS = """
    select version, template, published_on, source_path, source_sha256, sources, is_current
    from marts.fct_report_version where agency_id = ? and year = ? order by version
"""
_CELLS = """
    select cell, label, value, state, cells.unit, raw, page, table_number, row_number, column_number
    from marts.fct_report_version_cell as cells
    left join marts.dim_cell using (template, cell)
    where agency_id = ? and year = ? and version = ?
    order by table_number nulls last, row_number, column_number, cell
"""


class Version(msgspec.Struct, frozen=True):
    """One version of a report and the document that stands for it; `sources` counts its documents."""

    version: int
    template: str | None
    published_on: dt.date | None
    source_path: str
    source_sha256: str
    sources: int
    is_current: bool


class Printed(msgspec.Struct, frozen=True):
    """What one version prints in a cell, and where."""

    value: Decimal | None
    state: str
    unit: str | None
    raw: str | None
    page: int | None
    table: int | None
    row: int | None
    column: int | None

    @property
    def figure(self) -> tuple[Decimal | None, str, str | None]:
        """What makes it another figure: not the characters, not the place."""
        return self.value, self.state, self.unit if self.value is not None else None


class ChangedCell(msgspec.Struct, frozen=True):
    """A cell that two versions print differently; None where one of their forms has no such cell."""

    cell: str
    label: str | None
    old: Printed | None
    new: Printed | None


class ReportDiff(msgspec.Struct, frozen=True):
    """Two versions of a report, and the cells in which they differ in the order of the form."""

    agency_id: str
    agency_name: str
    year: int
    old: Version
    new: Version
    cells: list[ChangedCell]


def diff_versions(file: Path, agency: str, year: int, versions: tuple[int, int] | None) -> ReportDiff:
    """Compare two versions of a report, the last two if none are named.

    Args:
        file: the release.
        agency: an agency's id or its whole name as dim_agency or a report prints it; never a likeness.
        year: the year that the report is about.
        versions: numbers of the old and the new version.

    Raises:
        WarehouseError: there is no such agency or several, no such report, or not these versions.
    """
    with duckdb.connect(str(file), read_only=True) as connection:
        agency_id, name = _agency(connection, agency)
        known = [Version(*row) for row in connection.execute(_VERSIONS, [agency_id, year]).fetchall()]
        old, new = _two(known, versions, f"{name} {year}")
        before, after = (_cells(connection, agency_id, year, version.version) for version in (old, new))
    changed = [
        ChangedCell(cell, label, before[cell][1] if cell in before else None, printed)
        for cell, (label, printed) in after.items()
        if cell not in before or before[cell][1].figure != printed.figure
    ]
    gone = [
        ChangedCell(cell, label, printed, None)
        for cell, (label, printed) in before.items()
        if cell not in after
    ]
    return ReportDiff(agency_id, name, year, old, new, changed + gone)


def _agency(connection: duckdb.DuckDBPyConnection, agency: str) -> tuple[str, str]:
    found: list[tuple[str, str]] = connection.execute(_AGENCIES, {"agency": agency}).fetchall()
    if not found:
        raise WarehouseError(
            f'没有名称或标识恰为“{agency}”的机关；ogi sql "select agency_id, agency_name from marts.dim_agency" 列出全部。',
            f"No agency has exactly the id or name {agency}: marts.dim_agency lists them.",
        )
    if len(found) > 1:
        listed = "；".join(f"{agency_id}（{name}）" for agency_id, name in found)
        raise WarehouseError(
            f"有 {len(found)} 个机关叫“{agency}”，请改用标识：{listed}。",
            "Several agencies have this name: give the id.",
        )
    return found[0]


def _two(known: list[Version], versions: tuple[int, int] | None, report: str) -> tuple[Version, Version]:
    """Choose the two versions to compare."""
    numbers = [version.version for version in known]
    if not known:
        raise WarehouseError(f"没有 {report} 年度的报告。", "There is no report of that agency and year.")
    if versions is None:
        if len(known) == 1:
            raise WarehouseError(
                f"{report} 年度的报告只有一版，没有变化。", "There is only one version: nothing changed."
            )
        return known[-2], known[-1]
    for number in versions:
        if number not in numbers:
            raise WarehouseError(
                f"{report} 年度的报告没有第 {number} 版，共有 {len(known)} 版。",
                f"There is no version {number}: there are {len(known)}.",
            )
    return known[numbers.index(versions[0])], known[numbers.index(versions[1])]


def _cells(
    connection: duckdb.DuckDBPyConnection, agency_id: str, year: int, version: int
) -> dict[str, tuple[str | None, Printed]]:
    rows: list[tuple[Any, ...]] = connection.execute(_CELLS, [agency_id, year, version]).fetchall()
    return {
        cell: (label, Printed(None if value is None else plain(value), *printed))
        for cell, label, value, *printed in rows
    }
