"""A published release made by hand: only the tables the page reads, with the columns their contracts promise."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

MARTS = Path(__file__).resolve().parents[2] / "models" / "marts"
YEARS = range(2018, 2025)
DISTRICTS = {
    "350502": ("福建省", "泉州市", "鲤城区"),
    "350503": ("福建省", "泉州市", "丰泽区"),
    "350582": ("福建省", "泉州市", "晋江市"),
    "350128": ("福建省", "福州市", "平潭县"),
    "350500": ("福建省", "泉州市", None),
}
PARTS = {
    "disclosure_rate": (0.62, 1.0),
    "refusal_rate": (0.11, 1.0),
    "unavailable_rate": (0.19, 1.0),
    "carried_forward_rate": (0.06, 1.1),
    "correction_rate": (0.02, 0.15),
}

Publish = Callable[..., Path]
Changes = dict[tuple[str, int], dict[str, Any]]


def model_of(mart: str) -> dict[str, Any]:
    """Return what the yml of a mart says about it."""
    return yaml.safe_load((MARTS / f"{mart}.yml").read_text(encoding="utf-8"))["models"][0]


def build_release(home: Path, release_id: str, districts: tuple[str, ...], changes: Changes) -> Path:
    """Build a release and publish it the way a load does, by one rename of the symlink; return its file."""
    path = home / "releases" / release_id / "warehouse.duckdb"
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        connection.execute("create schema marts")
        reports = _expected_reports(districts)
        _fill(connection, "mart_district_year", _district_years(districts, reports, changes))
        _fill(connection, "fct_report_expected", reports)
        _fill(connection, "fct_report", [report for report in reports if report["received"]])
        connection.commit()
    fresh = home / "warehouse.duckdb.new"
    fresh.symlink_to(path.relative_to(home))
    fresh.rename(home / "warehouse.duckdb")
    return path


def _fill(connection: duckdb.DuckDBPyConnection, mart: str, rows: list[dict[str, Any]]) -> None:
    columns = model_of(mart)["columns"]
    names = [column["name"] for column in columns]
    declared = ", ".join(f"{column['name']} {column['data_type']}" for column in columns)
    connection.execute(f"create table marts.{mart} ({declared})")
    for column in columns:
        comment = column["description"].replace("'", "''")
        connection.execute(f"comment on column marts.{mart}.{column['name']} is '{comment}'")
    if rows:
        marks = ", ".join("?" * len(names))
        values = [[row.get(name) for name in names] for row in rows]
        connection.executemany(f"insert into marts.{mart} values ({marks})", values)


def _expected_reports(districts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Four agencies a district; the third came late in even years, the fourth did not come in the last one."""
    rows = []
    for code in districts:
        for year in YEARS:
            for number, name in enumerate(("财政局", "教育局", "江南街道办事处", "民政局")):
                kind = "subdistrict" if number == 2 else "department"
                deadline = date(year + 1, 1, 31)
                received = not (number == 3 and year == YEARS[-1])
                late = number == 2 and year % 2 == 0
                published_on = deadline + timedelta(days=12 if late else -number)
                rows.append(
                    {
                        "agency_id": f"{code}:{name}",
                        "year": year,
                        "agency_name": f"{DISTRICTS[code][2] or DISTRICTS[code][1]}{name}",
                        "agency_kind": kind,
                        "division_code": f"{code}006" if number == 2 else code,
                        "received": received,
                        "published_on": published_on if received else None,
                        "deadline": deadline,
                        "on_time": not late if received else None,
                        "report_id": f"{code}{year}{number}#1" if received else None,
                    }
                )
    return rows


def _district_years(
    districts: tuple[str, ...],
    reports: list[dict[str, Any]],
    changes: Changes,
) -> list[dict[str, Any]]:
    rows = []
    for rank, code in enumerate(districts):
        province, city, district = DISTRICTS[code]
        for year in YEARS:
            ours = [r for r in reports if r["year"] == year and r["division_code"][:6] == code]
            received = [r for r in ours if r["received"]]
            requests = 120 * (5 - rank) + 37 * ((year * (rank + 3)) % 7)
            on_time = sum(r["on_time"] for r in received)
            row = {
                "district_code": code,
                "year": year,
                "province": province,
                "city": city,
                "district": district,
                "basis": "agencies",
                "reports_expected": len(ours),
                "reports_received": len(received),
                "new_requests": requests,
                "new_requests_n": len(received),
                "procurement_amount_yuan": 1_234_567.89 * (rank + 1) if 2019 <= year <= 2020 else None,
                "procurement_amount_yuan_n": len(received) if 2019 <= year <= 2020 else 0,
                "identities_assessed": 47 * len(received),
                "identities_broken": (year + rank) % 3,
                **_rate("on_time_rate", on_time, len(received), len(received)),
            }
            for rate, (share, of) in PARTS.items():
                wave = 1 + ((year * (rank + 2) + len(rate)) % 5 - 2) * 0.08
                row |= _rate(rate, round(requests * share * wave), round(requests * of), len(received))
            rows.append(row | changes.get((code, year), {}))
    return rows


def _rate(rate: str, numerator: int, denominator: int, n: int) -> dict[str, Any]:
    return {
        rate: numerator / denominator,
        f"{rate}_numerator": numerator,
        f"{rate}_denominator": denominator,
        f"{rate}_n": n,
    }


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in an empty OGI_HOME."""
    monkeypatch.setenv("OGI_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def publish(home: Path) -> Publish:
    """Return a function that publishes a release."""

    def publish_release(
        release_id: str = "20261122T180000.000Z",
        districts: tuple[str, ...] = tuple(DISTRICTS),
        changes: Changes | None = None,
    ) -> Path:
        return build_release(home, release_id, districts, changes or {})

    return publish_release


@pytest.fixture
def promised() -> Callable[[str], dict[str, Any]]:
    """Return a function that returns what the yml of a mart promises: its columns and its caveats."""
    return model_of
