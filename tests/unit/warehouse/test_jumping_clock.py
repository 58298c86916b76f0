"""A clock that jumps: releases, batches and documents keep the order in which they came."""

import datetime as dt
from itertools import pairwise

import pytest
from unit.warehouse.conftest import table

from benchmarks.endurance.loads import set_clock
from ogi.warehouse import clock
from ogi.warehouse.ledger import open_ledger

YEARS = dt.timedelta(days=9000)
JUMPS = [dt.timedelta(0), YEARS, -YEARS, dt.timedelta(hours=-1), dt.timedelta(0)]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set it right again in the end."""
    monkeypatch.setattr(clock, "dt", clock.dt)


def test_releases_and_batches_keep_their_order(home, inbox, line, load):
    published = []
    for night, later in enumerate(JUMPS):
        set_clock(later)
        (inbox / f"{night}.jsonl").write_bytes(line(f"{night:064}", year=2015 + night))
        published.append(load().published)
        assert home.current_release() == published[-1]
    assert published == sorted(set(published))
    with open_ledger(home) as ledger:
        assert len(ledger.batches()) == len(JUMPS)
    assert table(home, "select count(*) from raw.report") == [(len(JUMPS),)]


def test_what_lands_later_says_so(home, inbox, line, load):
    for night, later in enumerate(JUMPS):
        set_clock(later)
        (inbox / f"{night}.jsonl").write_bytes(line(f"{night:064}"))
        load()
    landed = table(home, "select landed_at from raw.document order by source_sha256")
    assert all(earlier < later for earlier, later in pairwise(landed))


def test_a_night_without_news_is_told_from_the_one_before(home, inbox, load):
    set_clock(YEARS)
    (inbox / "empty.txt").touch()
    load()
    set_clock(-YEARS)
    (inbox / "empty.txt").unlink()
    (inbox / "news.txt").write_text("本市召开会议。\n", encoding="utf-8")
    assert load().quarantined_files == 1
