"""A healthy OGI_HOME with a release, to be made ill by each test."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ogi.settings.model import Settings
from ogi.settings.read import Read
from ogi.warehouse.doctor.verdict import Check, Patient
from ogi.warehouse.files import blake3_of
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.ledger import open_ledger

NOW = dt.datetime(2026, 11, 25, 2, 0, tzinfo=dt.UTC)
RELEASE = "20261124T020000.000Z"

Examine = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "data")
    folder = home.releases / RELEASE
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.fct_report (year integer)")
    (folder / "published").touch()
    files = {
        DATABASE: {"blake3": blake3_of(folder / DATABASE)},
        "changes.parquet": {"sha256": "of an earlier make"},
    }
    (folder / "changes.parquet").touch()
    (folder / "manifest.json").write_text(json.dumps({"release": "x", "files": files}), encoding="utf-8")
    home.warehouse.symlink_to(Path("releases") / RELEASE / DATABASE)
    with open_ledger(home):
        pass
    return home


@pytest.fixture
def examine(home: Home) -> Examine:
    """Run one check and return what it says: status and words of each verdict."""

    def run(
        check: Check, *, now: dt.datetime | None = None, online: bool = False, **settings: object
    ) -> list:
        made = Settings.model_validate({"home": home.root, **settings})
        found = check(Patient(Read(made, None, {}), home, now or dt.datetime.now(dt.UTC), online))
        return [(verdict.status, verdict.found, verdict.mend) for verdict in found]

    return run
