"""The audit through Great Expectations: its verdict, what it writes, and that it lets go of the file."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from integration.audit_warehouse import DISTRICT, STREET, change, healthy_warehouse

from expectations.suites import suites
from ogi.warehouse.audit import AuditResult, audit

pytestmark = pytest.mark.integration

DEFINED = [definition.name for suite in suites() for definition in suite.definitions]


@pytest.fixture
def build(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the healthy warehouse in a folder of its own, as a build is."""
    folder = tmp_path / "builds" / "20261123T020000.123Z"
    folder.mkdir(parents=True)
    return Path(shutil.copy(healthy_warehouse(tmp_path_factory), folder))


def _change(build: Path, *statements: str) -> None:
    with duckdb.connect(str(build)) as connection:
        for statement in statements:
            change(connection, statement)


def _contents(build: Path) -> dict[str, tuple]:
    """A checksum of each table that was there before the audit."""
    with duckdb.connect(str(build), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name <> 'audit'"
        ).fetchall()
        return {
            name: connection.execute(f"select count(*), bit_xor(hash(t)) from {name} as t").fetchone()
            for (name,) in tables
        }


def _audit(build: Path, previous: Path | None = None) -> AuditResult:
    return audit(build.parent, previous)


def _named(found: list, name: str):
    (one,) = [finding for finding in found if finding.name == name]
    return one


def test_a_healthy_build_passes_and_every_expectation_ran(build, tmp_path_factory):
    result = _audit(build, previous=healthy_warehouse(tmp_path_factory))
    assert (result.passed, result.could_run, result.expectations_failed, result.not_run) == (
        True,
        True,
        [],
        {},
    )
    assert result.expectations_run == len(DEFINED)
    assert result.statistics["seconds"]["expectations"] < 60


def test_findings_about_the_reports_warn_and_say_which(build):
    result = _audit(build)
    assert result.passed
    broken = _named(result.warnings, "identity_broken")
    assert (broken.kind, broken.suite, broken.observed) == ("sources", "sources", 2)
    assert broken.rows[0]["agency_id"] == DISTRICT
    assert broken.rows[0]["identity_id"] == "applications.applicants.granted"
    assert (broken.rows[0]["left_value"], broken.rows[0]["residual"]) == (2, -7)
    assert [row["year"] for row in _named(result.warnings, "report_late").rows] == [2021]
    shares = result.statistics["identities_within"]
    assert 0 < shares["broken_share"] < 0.02
    assert 0.98 < shares["assessed_share"] < 1
    assert shares["broken_share_of_last_release"] is None


def test_a_doubled_key_is_named_with_its_rows(build):
    _change(
        build,
        f"insert into marts.fct_report_cell from marts.fct_report_cell where agency_id = '{STREET}' "
        "and year = 2020 and cell = 'applications.granted.total'",
    )
    result = _audit(build)
    assert (result.passed, result.could_run) == (False, True)
    doubled = _named(result.expectations_failed, "key_unique.marts.fct_report_cell")
    assert (doubled.suite, doubled.kind, doubled.observed) == ("keys", "pipeline", 1)
    assert doubled.rows == [
        {"agency_id": STREET, "year": 2020, "cell": "applications.granted.total", "rows_sharing": 2}
    ]
    assert "fct_report_cell" in doubled.meaning_zh
    assert "fct_report_cell" in doubled.meaning_en


def test_of_many_rows_the_first_are_shown_and_all_are_counted(build):
    _change(build, "update marts.fct_report_cell set state = 'empty'")
    state = _named(_audit(build).expectations_failed, "state_accepted")
    assert len(state.rows) == 20
    assert state.observed > 1000


def test_a_table_that_is_missing_is_no_failure_but_could_not_run(build):
    _change(build, "drop view marts.fct_problem")
    result = _audit(build)
    assert (result.passed, result.could_run) == (False, False)
    assert result.expectations_failed == []
    assert "fct_problem does not exist" in result.not_run["key_unique.marts.fct_problem"]
    assert "\n" not in result.not_run["key_unique.marts.fct_problem"]
    assert result.expectations_run == len(DEFINED) - len(result.not_run) > 50


@pytest.mark.parametrize("content", [b"", b"this is no database" * 1000])
def test_what_is_no_warehouse_could_not_run(tmp_path, content):
    build = tmp_path / "warehouse.duckdb"
    build.write_bytes(content)
    result = _audit(build)
    assert (result.passed, result.could_run) == (False, False)
    assert result.not_run


def test_a_last_release_that_cannot_be_read_could_not_run(build, tmp_path):
    result = _audit(build, previous=tmp_path / "nowhere.duckdb")
    assert (result.passed, result.could_run, result.expectations_run) == (False, False, 0)
    assert "nowhere.duckdb" in result.not_run["audit"]


def test_what_is_lost_against_the_last_release_stops_it(build, tmp_path_factory):
    _change(build, "delete from raw.report where year = 2012")
    failed = _named(
        _audit(build, healthy_warehouse(tmp_path_factory)).expectations_failed, "reports_not_fewer"
    )
    assert failed.rows == [{"year": 2012, "template": None, "reports_of_last_release": 1, "reports": 0}]


def test_writes_its_results_and_its_page_and_nothing_else(build, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.setenv("HOME", str(elsewhere))
    before = _contents(build)
    _audit(build)
    assert list(elsewhere.iterdir()) == []
    assert _contents(build) == before
    written = {str(path.relative_to(build.parent)) for path in build.parent.rglob("*") if path.is_file()}
    results = {f"expectations/{suite.name}.json" for suite in suites()}
    assert written == results | {"data_docs/index.html", "warehouse.duckdb"}
    names = []
    for result in results:
        content = json.loads((build.parent / result).read_text(encoding="utf-8"))
        names += [entry["expectation_config"]["meta"]["name"] for entry in content["results"]]
    assert sorted(names) == sorted(DEFINED)
    page = (build.parent / "data_docs" / "index.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in page for name in DEFINED)
    assert "://" not in page


def test_another_process_can_write_to_the_file_and_its_release_afterwards(build, tmp_path, tmp_path_factory):
    previous = Path(shutil.copy(healthy_warehouse(tmp_path_factory), tmp_path / "previous.duckdb"))
    _audit(build, previous)
    for file in (build, previous):
        code = f"import duckdb; duckdb.connect({str(file)!r}).execute('create table opened (a int)')"
        opened = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert opened.returncode == 0, opened.stderr


def test_says_nothing_of_its_own_on_the_terminal(build):
    code = (
        "from pathlib import Path; from ogi.warehouse.audit import audit;"
        f"build = Path({str(build)!r}); raise SystemExit(not audit(build.parent, None).passed)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout, said.stderr) == (0, "", "")


def test_every_result_is_kept_and_a_warning_has_its_age_in_nights(build, tmp_path):
    _audit(build)
    tonight = tmp_path / "builds" / "20261124T020000.123Z"
    tonight.mkdir()
    shutil.copy(build, tonight)
    second = audit(tonight, build)
    assert _named(second.warnings, "identity_broken").nights == 2
    with duckdb.connect(str(tonight / "warehouse.duckdb"), read_only=True) as connection:
        kept = connection.execute(
            "select release, count(*), count(*) filter (where passed) from audit.expectation_result "
            "group by release order by release"
        ).fetchall()
        sample = connection.execute(
            "select sample[1].identity_id::varchar from audit.expectation_result "
            "where expectation = 'identity_broken' limit 1"
        ).fetchone()
    passed = len(DEFINED) - len(second.warnings)
    assert kept == [(build.parent.name, len(DEFINED), passed), (tonight.name, len(DEFINED), passed)]
    assert "applications." in sample[0]


def test_what_is_usual_is_learnt_from_the_shares_of_the_releases_before(build, tmp_path):
    _audit(build)
    with duckdb.connect(str(build)) as connection:
        kept = dict(
            connection.execute(
                "select class, share from audit.source_share where measure = 'broken' order by class"
            ).fetchall()
        )
        connection.execute("update audit.source_share set share = 0 where measure = 'late'")
        connection.execute("update audit.source_share set share = 1 where measure = 'missing'")
    assert 0 < kept["within"] < 0.02
    assert 0 < kept["hierarchy"] < 0.02
    tonight = tmp_path / "builds" / "20261124T020000.123Z"
    tonight.mkdir()
    shutil.copy(build, tonight)
    second = audit(tonight, build)
    assert second.passed
    [late] = _named(second.warnings, "share_unusual").rows
    assert (late["measure"], late["part"], float(late["ceiling"])) == ("late", 1, 0.02)
