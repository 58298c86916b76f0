"""What an oversight office has to tell of a year: who reported and when, and what each agency has to correct."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb

from ogi.warehouse.clock import of_id
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.reviews import Reviewed, list_reviewed

_SHOWN = 10
_BEIJING = ZoneInfo("Asia/Shanghai")
Receipt = Literal["in_time", "undated", "late", "missing", "not_due"]
# What was decided to be no fault of the agency, and what is no longer there
_NOTHING_TO_CORRECT = ("dismissed", "corrected", "stale")

_DIVISIONS = """
    select division_code, full_name from marts.dim_division
    where division_code = $division or (ends_with(full_name, $division) and length($division) >= length(name))
    order by division_code
"""
_AGENCIES = """
    with last as (
        select agency_id, max(year) as last_year from marts.fct_report group by agency_id
    )

    select
        expected.agency_id, expected.agency_name, expected.deadline, expected.received, expected.published_on,
        expected.on_time, last.last_year, reports.source_path, reports.template,
        coalesce(reports.identities_assessed, 0), coalesce(reports.identities_broken, 0)
    from marts.fct_report_expected as expected
    inner join last using (agency_id)
    left join marts.fct_report as reports using (report_id)
    where expected.year = $year and starts_with(expected.division_code, $prefix)
    order by left(expected.division_code, 6), expected.agency_kind <> 'government', expected.division_code, expected.agency_id
"""


_NEWEST = "select max(year) from marts.fct_report_expected where starts_with(division_code, $prefix)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyYear:
    """One agency's report of the year, or that there is none, and the findings that it has to look into.

    `last_year` is the newest year of which there is a report of it: one that was dissolved has none any more.
    """

    agency_id: str
    agency_name: str
    deadline: dt.date
    receipt: Receipt
    published_on: dt.date | None
    last_year: int
    path: str | None
    template: str | None
    identities_assessed: int
    identities_broken: int
    corrections: tuple[Reviewed, ...]

    @property
    def has_to_act(self) -> bool:
        """Tell whether there is anything to tell the agency."""
        return bool(self.corrections) or self.receipt in ("late", "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """The reports of a division and of all below it for one year, as they were on the day of a release, in Beijing."""

    release: str
    division_code: str
    division: str
    year: int
    day: dt.date
    agencies: tuple[AgencyYear, ...]

    def received(self, *receipts: Receipt) -> list[AgencyYear]:
        """List the agencies whose report came so."""
        return [agency for agency in self.agencies if agency.receipt in receipts]


def read_bulletin(home: Home, release: Path, division: str, year: int) -> Bulletin:
    """Read what a release says of a division's reports of a year, and what was decided on their findings.

    Args:
        home: where the decisions are.
        release: the file of the release.
        division: its code, or its name, as much before it as people write: 越秀区, 广州市越秀区.
        year: the year that the reports are about.

    Raises:
        WarehouseError: there is no such division or several, or no report of that year is expected there.
    """
    # What was published after that day nobody looked at: it is not missing
    day = of_id(release.parent.name).astimezone(_BEIJING).date()
    with duckdb.connect(str(release), read_only=True) as connection:
        code, name = _division(connection, division)
        rows = connection.execute(_AGENCIES, {"year": year, "prefix": _prefix(code)}).fetchall()
        ((newest,),) = connection.execute(_NEWEST, {"prefix": _prefix(code)}).fetchall()
    if not rows:
        known = f"最近的年度是 {newest}" if newest else "一个机关至少要有一份报告已入库"
        raise WarehouseError(
            f"没有 {name}（{code}）{year} 年度应报的机关；{known}。",
            "No report of that division and year is expected: from an agency's first report to the newest year there is.",
        )
    corrections: dict[str, list[Reviewed]] = {}
    for reviewed in list_reviewed(home, release, year=year):
        if reviewed.status not in _NOTHING_TO_CORRECT:
            corrections.setdefault(reviewed.finding.agency_id, []).append(reviewed)
    return Bulletin(
        release=release.parent.name,
        division_code=code,
        division=name,
        year=year,
        day=day,
        agencies=tuple(
            AgencyYear(
                agency_id=agency_id,
                agency_name=agency_name,
                deadline=deadline,
                receipt=_receipt(deadline, received, on_time, day),
                published_on=published_on,
                last_year=last_year,
                path=path,
                template=template,
                identities_assessed=assessed,
                identities_broken=broken,
                corrections=tuple(corrections.get(agency_id, ())),
            )
            for (
                agency_id,
                agency_name,
                deadline,
                received,
                published_on,
                on_time,
                last_year,
                path,
                template,
                assessed,
                broken,
            ) in rows
        ),
    )


def _division(connection: duckdb.DuckDBPyConnection, division: str) -> tuple[str, str]:
    found: Sequence[tuple[str, str]] = connection.execute(_DIVISIONS, {"division": division}).fetchall()
    if not found:
        raise WarehouseError(
            f'没有代码或名称为“{division}”的区划；ogi sql "select division_code, full_name from marts.dim_division" 列出全部。',
            f"No division has the code or name {division}: marts.dim_division lists them.",
        )
    if len(found) > 1:
        listed = "；".join(f"{code}（{name}）" for code, name in found[:_SHOWN])
        raise WarehouseError(
            f"有 {len(found)} 个区划叫“{division}”，请改用代码：{listed}。",
            "Several divisions have this name: give the code.",
        )
    return found[0]


def _prefix(code: str) -> str:
    """Return what the codes of a division and of all below it begin with (GB/T 2260: two digits a level)."""
    return re.sub(r"^(\d{2})0000$|^(\d{4})00$", r"\1\2", code)


def _receipt(deadline: dt.date, received: bool, on_time: bool | None, day: dt.date) -> Receipt:
    if not received:
        return "missing" if deadline < day else "not_due"
    if on_time is None:
        return "undated"
    return "in_time" if on_time else "late"
