"""A disk that is full or may only be read: the run says so, nothing is lost, and the next one takes up the work."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from benchmarks.endurance.disks import CannotMount, filled, read_only, small_disk
from ogi.settings.model import Settings
from ogi.warehouse import batches, parsing
from ogi.warehouse.errors import NoRoom, WarehouseError
from ogi.warehouse.home import Home, one_writer
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.room import require_room
from ogi.warehouse.run import Run
from ogi.warehouse.sources import take_in

STAGES = ("take_in", "parse", "load", "build_models", "audit", "publish")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """OGI_HOME on a disk of its own, small enough to be filled at once."""
    (tmp_path / "disk").mkdir()
    try:
        with small_disk(tmp_path / "disk", 64_000_000) as disk:
            yield Home(disk / "data")
    except CannotMount as error:
        if os.environ.get("CI"):
            pytest.fail(f"no disk can be mounted here: {error}")
        pytest.skip(f"a full disk needs one that may be mounted: {error}")


def reports(home: Home) -> list[tuple]:
    return table(home, "select source_sha256 from raw.report order by all")


# The stand-in of the audit writes nothing, and what those before it wrote fits into the file as it is
@pytest.mark.parametrize("full_at", [stage for stage in STAGES if stage != "audit"])
def test_a_full_disk_is_named_and_the_next_run_finishes(full_at, home, inbox, line, load):
    (inbox / "1.jsonl").write_bytes(line("1" * 64, year=2019))
    first = load().published
    (inbox / "2.jsonl").write_bytes(line("2" * 64))
    run = Run(home, Settings(home=home.root), inbox)
    for stage in STAGES[: STAGES.index(full_at)]:
        getattr(run, stage)()
    with filled(home.root.parent), pytest.raises(NoRoom, match=r"磁盘已满.*ogi load"):
        getattr(run, full_at)()
    assert (home.current_release(), reports(home)) == (first, [("1" * 64,)])
    assert not home.builds.exists() or list(home.builds.iterdir()) == []
    assert load().published
    assert reports(home) == [("1" * 64,), ("2" * 64,)]


def test_a_disk_without_room_for_a_load_is_said_before_it_starts(home, inbox, line, load):
    (inbox / "1.jsonl").write_bytes(line("1" * 64))
    load()
    require_room(home)
    with filled(home.root.parent, room=20_000_000), pytest.raises(NoRoom):
        require_room(home)


def test_a_document_that_did_not_fit_on_the_disk_is_not_put_aside(home, inbox, line, monkeypatch):
    monkeypatch.setattr(parsing, "BATCH_SIZE", 1)
    (inbox / "1.jsonl").write_bytes(line("1" * 64) + line("2" * 64))
    take_in(home, inbox)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(batches.BatchWriter, "write_part", lambda *_: _full())
        parse_landed(home, again_seconds=60)
    with open_ledger(home) as ledger:
        assert ledger.quarantined() == []
    assert parse_landed(home, again_seconds=60).documents == 1


def _full() -> None:
    raise OSError(28, "No space left on device")


def test_on_a_full_disk_the_lock_holds_all_the_same(home, inbox):
    home.root.mkdir()
    second = one_writer(home)
    with filled(home.root.parent), one_writer(home), pytest.raises(WarehouseError, match="Another process"):
        second.__enter__()


def test_a_landing_zone_that_may_only_be_read_is_said_and_blames_no_document(home, inbox, line, load):
    (inbox / "1.jsonl").write_bytes(line("1" * 64, year=2019))
    first = load().published
    (inbox / "2.jsonl").write_bytes(line("2" * 64))
    with read_only(home.landing), pytest.raises(WarehouseError, match=r"无法写入 .*landing"):
        load()
    assert home.current_release() == first
    assert load().intake.new == 1
    assert reports(home) == [("1" * 64,), ("2" * 64,)]
