"""Ledger, release, builds, Prefect's database."""

import json
from pathlib import Path

import duckdb
import pytest

from ogi.warehouse.doctor import holdings
from ogi.warehouse.home import DATABASE, Home

ALL = (holdings.ledger, holdings.release, holdings.builds, holdings.prefect)


def statuses(verdicts: list) -> list[str]:
    return [status for status, _, how in verdicts if status == "ok" or how]


def test_a_healthy_home_is_well(examine) -> None:
    assert [statuses(examine(check)) for check in ALL] == [["ok"]] * len(ALL)


def test_a_home_without_anything_is_well(home: Home, examine) -> None:
    for path in (home.warehouse, home.ledger):
        path.unlink()
    assert [statuses(examine(check)) for check in ALL] == [["ok"]] * len(ALL)


@pytest.mark.parametrize("name", ["ledger", "prefect"])
def test_a_damaged_database_is_said_with_what_is_lost(home: Home, examine, name: str) -> None:
    home.prefect.mkdir()
    file = {"ledger": home.ledger, "prefect": home.prefect / "prefect.db"}[name]
    file.write_bytes(b"no database" * 1000)
    [(status, found, how)] = examine(getattr(holdings, name))
    assert (status, str(file) in found, bool(how)) == ("mend", True, True)


def test_a_page_torn_out_of_the_ledger_is_found(home: Home, examine) -> None:
    content = bytearray(home.ledger.read_bytes())
    content[4096 : 3 * 4096] = b"\xff" * (2 * 4096)
    home.ledger.write_bytes(content)
    assert statuses(examine(holdings.ledger)) == ["mend"]


def test_a_link_that_leads_nowhere_is_an_illness(home: Home, examine) -> None:
    home.warehouse.unlink()
    home.warehouse.symlink_to(Path("releases") / "gone" / DATABASE)
    [(status, _, how)] = examine(holdings.release)
    assert (status, "ogi rollback" in how) == ("mend", True)


def test_a_file_in_the_place_of_the_link_is_an_illness(home: Home, examine) -> None:
    home.warehouse.unlink()
    home.warehouse.write_bytes(b"")
    assert statuses(examine(holdings.release)) == ["mend"]


def test_a_release_that_does_not_open_is_an_illness(home: Home, examine) -> None:
    home.warehouse.resolve().write_bytes(b"no database" * 1000)
    [(status, _, how)] = examine(holdings.release)
    assert (status, "ogi rollback" in how) == ("mend", True)


def test_a_release_that_was_changed_since_it_was_published_is_an_illness(home: Home, examine) -> None:
    with duckdb.connect(str(home.warehouse.resolve())) as connection:
        connection.execute("insert into marts.fct_report values (2020)")
    [(status, found, how)] = examine(holdings.release)
    assert (status, DATABASE in found, "ogi rollback" in how) == ("mend", True, True)


def test_a_release_that_lost_a_file_is_an_illness(home: Home, examine) -> None:
    (home.warehouse.resolve().parent / "changes.parquet").unlink()
    [(status, found, _)] = examine(holdings.release)
    assert (status, "changes.parquet" in found) == ("mend", True)


@pytest.mark.parametrize("name", ["published", "manifest.json"])
def test_a_release_without_its_mark_or_manifest_is_named(home: Home, examine, name: str) -> None:
    (home.warehouse.resolve().parent / name).unlink()
    assert statuses(examine(holdings.release)) == ["advice"]


def test_a_night_that_was_not_published_is_an_illness_until_the_next_release(home: Home, examine) -> None:
    for build, status in (("20261123T020000.000Z", "ok"), ("20261125T020000.000Z", "mend")):
        folder = home.builds / build
        folder.mkdir(parents=True)
        (folder / "failed.json").write_text(json.dumps({"reason": "key_unique"}), encoding="utf-8")
        verdicts = examine(holdings.builds)
        assert statuses(verdicts) == [status]
    assert "key_unique" in verdicts[0][1]


@pytest.mark.parametrize("path", ["builds/20261125T020000.000Z", "landing/incoming-1.tmp"])
def test_what_a_crash_left_needs_nothing(home: Home, examine, path: str) -> None:
    (home.root / path).mkdir(parents=True)
    assert statuses(examine(holdings.builds)) == ["advice"]
