"""A warehouse without dbt, Great Expectations and Prefect: stand-ins for both make a run take milliseconds."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import msgspec
import pytest

from ogi.reports.model import ParsedReport, to_json
from ogi.reports.parse import parse_bytes
from ogi.settings.model import Load, Settings
from ogi.warehouse import parsing, progress
from ogi.warehouse import run as run_module
from ogi.warehouse.audit import AuditResult
from ogi.warehouse.build import Built
from ogi.warehouse.counts import read_counts
from ogi.warehouse.engine import open_build
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.run import Run


@pytest.fixture
def home(tmp_path: Path) -> Home:
    root = tmp_path / "data"
    root.mkdir()
    return Home(root)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def parsed(street_2020: bytes) -> ParsedReport:
    [report] = parse_bytes(street_2020, "street.txt")
    return report


@pytest.fixture
def line(parsed: ParsedReport) -> Callable[..., bytes]:
    """Write the street's report as one line, under another hash, agency or year."""

    def write(sha256: str, *, agency: str | None = "江南街道办事处", year: int | None = 2020) -> bytes:
        assert parsed.report is not None
        source = msgspec.structs.replace(parsed.source, sha256=sha256, path=f"{sha256}.txt")
        header = msgspec.structs.replace(parsed.report, agency=agency, year=year)
        return to_json(msgspec.structs.replace(parsed, source=source, report=header)) + b"\n"

    return write


class Clock:
    """A clock that stands still, or goes on by `step` seconds each time that it is read."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.step = 0.0

    def monotonic(self) -> float:
        self.seconds += self.step
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the parsing and of the progress."""
    clock = Clock()
    monkeypatch.setattr(parsing, "time", clock)
    monkeypatch.setattr(progress, "time", clock)
    return clock


def build_stand_in(folder: Path, **_how: bool) -> Built:
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("create schema if not exists marts")
        connection.execute(
            "create or replace table marts.fct_report as select agency_id, year from raw.report"
        )
        connection.execute("create schema if not exists intermediate")
        for table, query in {
            "int_report_source": "select *, true as is_current, true as is_representing from raw.report",
            "int_report_version": "select report_key, true as is_current from raw.report",
            "int_report_rows": "select report_key, 0 as cells, 0 as outcomes, 0 as reviews, 0 as statements from raw.report",
            "int_subtotal_cell": "select report_key from raw.report where false",
            "int_narrative_count": "select report_key from raw.narrative",
            "int_identity_verdict": "select report_key from raw.identity",
            "int_report_judged": "select report_key, 1 as expected, 1 as assessed, 0 as broken from raw.identity",
        }.items():
            connection.execute(f"create or replace table intermediate.{table} as {query}")
    return Built(models=2, seeds=0, tests=0, warnings=())


def audit_stand_in(
    folder: Path, _previous: Path | None, *, is_repeated: bool, meanwhile: Callable[[], object]
) -> AuditResult:
    assert not is_repeated
    meanwhile()
    with open_build(folder) as connection:
        return AuditResult(passed=True, could_run=True, expectations_run=3, counts=read_counts(connection))


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], Run]:
    """Run all stages with the stand-ins, as the flow does."""
    monkeypatch.setattr(run_module, "build_models", build_stand_in)
    monkeypatch.setattr("ogi.warehouse.audit.audit", audit_stand_in)
    monkeypatch.setattr(run_module, "list_findings", lambda _build: [])

    def run_all(run: Run) -> Run:
        run.take_in()
        run.parse()
        if run.has_news:
            run.load()
            run.build_models()
            run.audit()
            run.publish()
        return run

    return run_all


@pytest.fixture
def load(home: Home, inbox: Path, stages: Callable[[Run], Run]) -> Callable[..., Run]:
    """Run one night."""

    def run_once(reparse_minutes: int = 60) -> Run:
        settings = Settings(home=home.root, load=Load(reparse_budget_minutes=reparse_minutes))
        return stages(Run(home, settings, inbox))

    return run_once


def table(home: Home, query: str) -> list[tuple[object, ...]]:
    """Read from the published release."""
    with duckdb.connect(str(home.warehouse.resolve()), read_only=True) as connection:
        return connection.execute(query).fetchall()
