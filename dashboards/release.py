"""What the page reads: the published release, and the rows of its marts as plain records.

Everything here only reads. A release is never changed in place, so a reader never stands in a writer's way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import duckdb

from dashboards.indicators import INDICATORS, Indicator, Number
from ogi.settings.read import load_settings
from ogi.warehouse.home import DATABASE, Home

BEIJING = timezone(timedelta(hours=8), "UTC+8")
UNRESOLVED = "unresolved"


@dataclass(frozen=True)
class Release:
    """One published release: the file that the symlink leads to, its id and when it was built (UTC)."""

    path: Path
    release_id: str
    built_at: datetime


@dataclass(frozen=True)
class District:
    """One place of the mart: a district, a city's or province's own agencies, or those that could not be placed."""

    code: str
    name: str
    place: str
    is_district: bool
    reports: int

    @property
    def label(self) -> str:
        """The name with the place that tells it from others of that name."""
        return f"{self.name}（{self.place}）" if self.place else self.name


@dataclass(frozen=True)
class Figure:
    """One indicator of one district and year. `value` is None where there is none: it is never a zero then."""

    indicator: Indicator
    value: Number | None
    numerator: int | None
    denominator: int | None
    n: int
    reports_received: int

    @property
    def reason(self) -> tuple[str, str] | None:
        """Why there is no value, in Chinese and in English; None where there is one."""
        if self.value is not None:
            return None
        if self.reports_received == 0:
            return "未收到报告", "no report received"
        if self.n > 0 and self.denominator == 0 and self.numerator is not None:
            return "分母为0", "nothing to divide by"
        return self.indicator.without_zh, self.indicator.without_en


@dataclass(frozen=True)
class DistrictYear:
    """One row of `marts.mart_district_year`."""

    district: District
    year: int
    basis: str | None
    reports_expected: int
    reports_received: int
    figures: dict[str, Figure]


@dataclass(frozen=True)
class LateReport:
    """One report that was expected and did not come, or came after its deadline."""

    district: District
    agency_name: str
    agency_kind: str
    deadline: date
    published_on: date | None


def current_release() -> Release | None:
    """Return the release that is published now under OGI_HOME; None before the first one."""
    home = Home(load_settings().home)
    release_id = home.current_release()
    if release_id is None:
        return None
    built_at = datetime.strptime(release_id, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return Release((home.releases / release_id / DATABASE).resolve(), release_id, built_at)


def connect(path: str) -> duckdb.DuckDBPyConnection:
    """Open the file of a release for reading.

    Raises:
        duckdb.IOException: the file is gone or is no DuckDB file.
    """
    return duckdb.connect(path, read_only=True)


def count_reports(connection: duckdb.DuckDBPyConnection) -> int:
    """Count the reports of the release, the current version of each agency and year."""
    return int(_rows(connection, "select count(*) as reports from marts.fct_report")[0]["reports"])


def list_years(connection: duckdb.DuckDBPyConnection) -> dict[int, bool]:
    """List the years with at least one report, newest first, each with whether half of its reports or more came."""
    sql = """
        select year, 2 * sum(reports_received) >= sum(reports_expected) as is_mostly_received
        from marts.mart_district_year
        group by year
        having sum(reports_received) > 0
        order by year desc
    """
    return {row["year"]: row["is_mostly_received"] for row in _rows(connection, sql)}


def list_districts(connection: duckdb.DuckDBPyConnection) -> dict[str, District]:
    """List every place of the mart in the order of its codes, with the reports of all years."""
    sql = """
        select district_code, any_value(province) as province, any_value(city) as city,
            any_value(district) as district, sum(reports_received) as reports
        from marts.mart_district_year
        group by district_code
        order by district_code
    """
    return {row["district_code"]: _district(row) for row in _rows(connection, sql)}


def describe_indicators(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    """Read what each column of the mart means, in Chinese and English, from the comments the release carries."""
    sql = """
        select column_name, comment from duckdb_columns()
        where schema_name = 'marts' and table_name = 'mart_district_year' and comment is not null
    """
    return {row["column_name"]: _two_languages(row["comment"]) for row in _rows(connection, sql)}


def read_district_years(
    connection: duckdb.DuckDBPyConnection, districts: Sequence[District]
) -> dict[tuple[str, int], DistrictYear]:
    """Read every year of these districts, by district code and year."""
    sql = """
        select * from marts.mart_district_year
        where list_contains(?, district_code)
        order by district_code, year
    """
    by_code = {district.code: district for district in districts}
    rows = _rows(connection, sql, list(by_code))
    return {
        (row["district_code"], row["year"]): _district_year(by_code[row["district_code"]], row)
        for row in rows
    }


def read_late_reports(
    connection: duckdb.DuckDBPyConnection, districts: Sequence[District], year: int
) -> list[LateReport]:
    """Read which expected reports of a year did not come, or came late; missing ones first, then the latest."""
    sql = """
        select
            coalesce(left(division_code, 6), ?) as district_code,
            agency_name, agency_kind, deadline,
            case when received then published_on end as published_on
        from marts.fct_report_expected
        where year = ? and list_contains(?, coalesce(left(division_code, 6), ?)) and (not received or not on_time)
        order by received, published_on - deadline desc, district_code, agency_name, agency_id
    """
    by_code = {district.code: district for district in districts}
    rows = _rows(connection, sql, UNRESOLVED, year, list(by_code), UNRESOLVED)
    return [
        LateReport(
            by_code[row["district_code"]],
            row["agency_name"],
            row["agency_kind"],
            row["deadline"],
            row["published_on"],
        )
        for row in rows
    ]


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[dict[str, Any]]:
    result = connection.execute(sql, list(parameters))
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _two_languages(comment: str) -> tuple[str, str]:
    chinese, _, english = comment.partition(" / ")
    return chinese, english


def _district(row: dict[str, Any]) -> District:
    code, province, city, district = row["district_code"], row["province"], row["city"], row["district"]
    if district:
        # A municipality is its own city.
        name, place = district, "".join(dict.fromkeys((province, city or "")))
    elif city or province:
        name, place = f"{city or province}本级", province if city else ""
    else:
        name, place = "地区不明" if code == UNRESOLVED else code, ""
    return District(code, name, place, is_district=bool(district), reports=int(row["reports"]))


def _district_year(district: District, row: dict[str, Any]) -> DistrictYear:
    return DistrictYear(
        district=district,
        year=row["year"],
        basis=row["basis"],
        reports_expected=row["reports_expected"],
        reports_received=row["reports_received"],
        figures={indicator.column: _figure(indicator, row) for indicator in INDICATORS},
    )


def _figure(indicator: Indicator, row: dict[str, Any]) -> Figure:
    denominator = row[indicator.denominator_column] if indicator.denominator_column else None
    # Where nothing could be assessed, no broken identity is no good news: the mart's 0 says nothing.
    is_known = bool(row[indicator.n_column]) and (indicator.denominator_column is None or bool(denominator))
    return Figure(
        indicator=indicator,
        value=row[indicator.column] if is_known else None,
        numerator=row[indicator.numerator_column] if indicator.numerator_column else None,
        denominator=denominator,
        n=row[indicator.n_column] or 0,
        reports_received=row["reports_received"],
    )
