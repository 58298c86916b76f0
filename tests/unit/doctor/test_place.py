"""Room, permissions, clock, and who is at work."""

import datetime as dt
import json
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest
from _pytest.monkeypatch import MonkeyPatch

from ogi.warehouse.doctor import place
from ogi.warehouse.home import Home, holder_file

Usage = namedtuple("Usage", "total used free")


def statuses(verdicts: list) -> list[str]:
    return [status for status, _, how in verdicts if status == "ok" or how]


def hold(home: Home, **changed: object) -> None:
    now = dt.datetime.now(dt.UTC).isoformat()
    holder = {"pid": os.getpid(), "user": "u", "host": socket.gethostname(), "since": now} | changed
    holder_file(home).write_text(json.dumps(holder), encoding="utf-8")


def test_a_healthy_place_is_well(examine) -> None:
    for check in (place.disk_space, place.permissions, place.clock, place.lock):
        assert statuses(examine(check)) == ["ok"], check.__name__


def test_a_home_that_is_not_there_yet_is_no_illness(home: Home, examine) -> None:
    shutil.rmtree(home.root)
    for check in (place.disk_space, place.permissions, place.clock, place.lock):
        assert statuses(examine(check)) == ["ok"], check.__name__


def test_a_full_disk_is_said_with_both_figures(examine, monkeypatch: MonkeyPatch) -> None:
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 1_500_000_000))
    [(status, found, _)] = examine(place.disk_space)
    assert status == "mend"
    assert "1.5 GB" in found
    assert "2.0 GB" in found


def test_one_more_copy_of_the_release_must_fit(home: Home, examine, monkeypatch: MonkeyPatch) -> None:
    free = 2_000_000_000 + home.warehouse.stat().st_size
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _: Usage(free, 0, free))
    assert statuses(examine(place.disk_space)) == ["ok"]
    monkeypatch.setattr(place.shutil, "disk_usage", lambda _: Usage(free, 0, free - 1))
    assert statuses(examine(place.disk_space)) == ["mend"]


def test_what_cannot_be_written_is_named(home: Home, examine, monkeypatch: MonkeyPatch) -> None:
    # Whoever runs the tests may be root, to whom all is writable
    may = os.access
    monkeypatch.setattr(place.os, "access", lambda path, mode: Path(path) != home.ledger and may(path, mode))
    [(status, found, how)] = examine(place.permissions)
    assert status == "mend"
    assert str(home.ledger) in found
    assert "chown" in how


@pytest.mark.parametrize(("hours", "status"), [(-48, "mend"), (48, "ok")])
def test_a_clock_behind_the_newest_release_is_an_illness(
    home: Home, examine, hours: int, status: str
) -> None:
    os.utime(home.ledger, (1, 1))
    released = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)
    assert statuses(examine(place.clock, now=released + dt.timedelta(hours=hours))) == [status]


def test_a_clock_behind_the_ledger_is_an_illness(home: Home, examine) -> None:
    later = dt.datetime.now(dt.UTC).timestamp() + 7200
    os.utime(home.ledger, (later, later))
    assert statuses(examine(place.clock)) == ["mend"]


def test_a_load_at_work_is_well_until_its_time_limit(home: Home, examine) -> None:
    hold(home)
    assert statuses(examine(place.lock)) == ["ok"]
    hold(home, since=(dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)).isoformat())
    assert statuses(examine(place.lock)) == ["ok"]
    [(status, _, how)] = examine(place.lock, schedule={"time_limit_minutes": 60})
    assert status == "mend"
    assert f"kill {os.getpid()}" in how


def test_a_load_that_was_killed_needs_nothing(home: Home, examine) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    hold(home, pid=ended.pid)
    [(status, found, _)] = examine(place.lock)
    assert (status, str(ended.pid) in found) == ("advice", True)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"since": 1}'])
def test_a_damaged_holder_is_no_illness(home: Home, examine, text: str) -> None:
    holder_file(home).write_text(text, encoding="utf-8")
    assert statuses(examine(place.lock)) == ["advice"]


def test_a_load_on_another_machine_is_named(home: Home, examine) -> None:
    hold(home, host="elsewhere")
    [(status, found, _)] = examine(place.lock)
    assert (status, "elsewhere" in found) == ("advice", True)
