"""A night builds the years that it touched, and those whose identities read a figure of them, and leaves the others."""

import copy
import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb
import polars as pl
import pytest
from integration.command_line import SAMPLES, copy_home, query, run_ogi
from integration.dbt_fixture import Agency, Figure, RawWarehouse, hash_figures

from benchmarks.endurance.contents import differences
from ogi.warehouse.build import build_models
from ogi.warehouse.counts import read_counts
from ogi.warehouse.frames import RAW_TABLES
from ogi.warehouse.touched import note_touched

pytestmark = pytest.mark.integration

FINANCE = "350502:财政局"
CARRIED = (
    "select year, left_value, right_value, status from marts.fct_identity_check "
    f"where agency_id = '{FINANCE}' and identity_id = 'carry.total' and year > 2020 order by year"
)
CHANGES = (
    "select year, new_requests, new_requests_change from marts.mart_agency_year "
    f"where agency_id = '{FINANCE}' and year between 2021 and 2024 order by year"
)


def test_what_the_next_year_reads_of_a_corrected_report_is_judged_anew_and_no_other_year(home, tmp_path):
    report = (SAMPLES / "泉州市鲤城区" / "财政局" / "财政局-2022.md").read_text(encoding="utf-8")
    for figures, corrected in (
        ("| 10 | 5 | 0 | 0 | 3 | 0 | 18 |", "| 12 | 5 | 0 | 0 | 3 | 0 | 20 |"),
        ("| 1 | 1 | 0 | 0 | 0 | 0 | 2 |", "| 3 | 1 | 0 | 0 | 0 | 0 | 4 |"),
    ):
        assert report.count(figures) == 1
        report = report.replace(figures, corrected)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "corrected.md").write_text(report, encoding="utf-8")
    loaded = run_ogi(home, "load", str(inbox))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr

    assert query(home, "from raw.touched_year order by year") == [(FINANCE, 2022), (FINANCE, 2023)]
    assert query(home, CARRIED) == [
        (2021, 1, 1, "holds"),
        (2022, 2, 2, "holds"),
        (2023, 2, 4, "broken"),
        (2024, 1, 1, "holds"),
    ]
    assert query(home, CHANGES) == [(2021, 20, 5), (2022, 20, 0), (2023, 22, 2), (2024, 26, 4)]

    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        counted = read_counts(connection).marts
        assert counted == {
            mart: connection.execute(f"select count(*) from marts.{mart}").fetchall()[0][0]
            for mart in counted
        }

    anew = copy_home(home, tmp_path / "anew")
    loaded = run_ogi(anew, "load", str(inbox), "--full-refresh")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    release, refreshed = (folder / "warehouse.duckdb" for folder in (home, anew))
    assert differences(release.resolve(), refreshed.resolve()) == {}


DATE = dt.date(2021, 1, 20)
AMOUNT = "proactive.procurement.amount"
TABLES = (
    "int_report_source",
    "int_report_indicator",
    "int_report_judged",
    "int_report_rows",
    "int_amount_without_unit",
    "int_identity_verdict",
    "int_narrative_count",
    "int_subtotal_cell",
)


def _agency(name: str, kind: str = "department") -> Agency:
    return Agency(f"350502:{name}", name, kind, "350502")


def _figures(new: int, left_over: int, **other: Figure) -> dict[str, Figure]:
    """So many requests of natural persons, of which so many are carried forward."""
    rows = {"new_requests": new, "carried_forward": left_over}
    columns = ("natural_person", "total")
    return {f"applications.{row}.{column}": n for row, n in rows.items() for column in columns} | other


def _before() -> tuple[RawWarehouse, dict[str, str]]:
    """Agencies with reports of several years; return the ids of those reports that leave by a name each."""
    raw = RawWarehouse()
    without_unit = _figures(3, 1) | {AMOUNT: "5 件"}
    for name in ("首年撤下", "末年撤下", "更名", "更正"):
        for year in (2019, 2020):
            raw.add_report(_agency(name), year, "2019", _figures(year - 2010, 1))
    for name in ("缺中间年", "迁出", "只有一年", "无关"):
        raw.add_report(_agency(name), 2019, "2019", without_unit)
    for name in ("缺中间年", "更名", "更正", "迁入", "无关"):
        raw.add_report(_agency(name), 2021, "2021", _figures(4, 2))
    raw.add_report(_agency("人民政府", "government"), 2020, "2019", _figures(20, 2))
    leaving = {
        "first": raw.add_report(_agency("首年撤下"), 2018, "2019", without_unit),
        "last": raw.add_report(_agency("末年撤下"), 2021, "2021", _figures(5, 0)),
        "moved": raw.add_report(_agency("迁出"), 2020, "2019", _figures(6, 1)),
        "only": raw.add_report(_agency("来去"), 2020, "2019", without_unit),
        "district": raw.add_report(
            Agency("350503:财政局", "财政局", "department", "350503"), 2020, "2019", without_unit
        ),
    }
    raw.rows["roster"] = [
        {
            "source": "operator",
            "line": line,
            "division_code": "350502",
            "agency": name,
            "agency_id": f"350502:{name}",
        }
        | {"agency_name": name, "valid_from": 2018, "valid_to": None}
        for line, name in enumerate(("首年撤下", "末年撤下", "更名", "更正", "缺中间年"), start=2)
    ]
    return raw, leaving


def _night(before: RawWarehouse, leaving: dict[str, str]) -> tuple[RawWarehouse, list[int]]:
    """What is there after a night, and the numbers of the reports that came."""
    after = copy.deepcopy(before)
    known = {row["report_key"] for row in after.rows["report"]}
    # A year between two others; the year before the first; another name; another figure; another agency
    after.add_report(_agency("缺中间年"), 2020, "2019", _figures(7, 9))
    after.add_report(_agency("只有一年"), 2017, "2019", _figures(1, 1))
    after.add_report(replace(_agency("更名"), name="新名"), 2020, "2019", _figures(11, 1), published_on=DATE)
    after.add_report(_agency("更正"), 2020, "2019", _figures(12, 3) | {AMOUNT: "7 件"}, published_on=DATE)
    after.add_report(_agency("迁入"), 2020, "2019", _figures(6, 1))
    gone = set(leaving.values())
    keys = {row["report_key"] for row in after.rows["report"] if row["report_id"] in gone}
    documents = {report_id.partition("#")[0] for report_id in gone}
    for rows in after.rows.values():
        rows[:] = [
            row
            for row in rows
            if row.get("report_key") not in keys
            and row.get("report_id") not in gone
            and row.get("source_sha256") not in documents
        ]
    return after, [row["report_key"] for row in after.rows["report"] if row["report_key"] not in known]


def _load_night(file: Path, after: RawWarehouse, came: list[int]) -> None:
    """Bring the raw tables of a warehouse to what they are after the night, and note what was touched."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create temp table was as select report_key, agency_id, division_code, year from raw.report"
        )
        for table, columns in RAW_TABLES.items():
            connection.execute(f"delete from raw.{table}")
            if not table.startswith("touched_"):
                connection.register("written", pl.DataFrame(after.rows[table], schema=columns))
                connection.execute(f"insert into raw.{table} by name select * from written")
        hash_figures(connection)
        connection.execute(
            "create temp table left_report as from was anti join raw.report using (report_key)"
        )
        connection.execute("create temp table new_report as select unnest(?) as report_key", [came])
        connection.execute("create temp table changed_roster (division_code varchar)")
        note_touched(connection, everywhere=False)


def test_whatever_comes_leaves_or_moves_a_night_gives_what_a_full_refresh_gives(tmp_path):
    raw, leaving = _before()
    after, came = _night(raw, leaving)
    night, anew = (tmp_path / name / "warehouse.duckdb" for name in ("night", "anew"))
    for file in (night, anew):
        file.parent.mkdir()
    raw.write(night)
    build_models(night.parent, is_full=True)
    _load_night(night, after, came)
    build_models(night.parent, is_full=False)
    after.write(anew)
    build_models(anew.parent, is_full=True)

    assert differences(night, anew) == {}
    with duckdb.connect(str(night)) as connection:
        connection.execute(f"attach '{anew}' as anew (read_only)")
        for table in TABLES:
            names = f"intermediate.{table}", f"anew.intermediate.{table}"
            for one, other in (names, names[::-1]):
                assert connection.execute(f"from {one} except all from {other}").fetchall() == []
        untouched = connection.execute(
            "select count(*) from marts.fct_report anti join raw.touched_year using (agency_id, year)"
        ).fetchall()
    assert untouched > [(0,)]
