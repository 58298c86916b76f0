"""Small batches become one: nothing is loaded again for it, and a full refresh gives the same release."""

import shutil
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse import batches, compaction
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.load import unloaded_batches

CONTENT = (
    "select source_sha256, landed_sha256, outcome from raw.document order by all",
    # Their numbers follow the order in which they came
    "select * exclude (agency_id, report_key) from raw.report order by all",
    "select report_id, cell.* exclude (report_key) from raw.cell join raw.report using (report_key) order by all",
    "select * from raw.problem order by all",
)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three batches are too many."""
    monkeypatch.setattr(compaction, "_MANY", 2)


@pytest.fixture
def night(inbox: Path, line, load):
    """Load one more report."""

    def one(number: int, sha256: str | None = None):
        (inbox / f"{number}.jsonl").write_bytes(line(sha256 or f"{number:064}", year=2000 + number))
        return load()

    return one


def parsed(home: Home) -> list[str]:
    return sorted(folder.name for folder in home.parsed.iterdir())


def contents(home: Home) -> list[list[tuple]]:
    return [table(home, query) for query in CONTENT]


def test_many_small_batches_become_one_and_nothing_is_loaded_again(home, night, load):
    ids = [night(number).parsing.batches[0] for number in range(1, 4)]
    before, release = contents(home), home.current_release()
    run = load()
    assert (run.unloaded, run.has_news, home.current_release()) == ([], False, release)
    assert parsed(home) == [ids[-1] + "+"]
    assert contents(home) == before
    assert night(4).loaded.documents == 1


def test_a_full_refresh_from_merged_batches_gives_the_same(home, night, load):
    for number in range(1, 5):
        night(number)
    load()
    assert len(parsed(home)) == 2
    before = contents(home)
    shutil.rmtree(home.releases)
    home.warehouse.unlink()
    assert load().published
    assert contents(home) == before


def test_a_merged_batch_may_be_part_of_the_next(home, night, load):
    for number in range(1, 6):
        night(number)
    assert load().unloaded == []
    with open_ledger(home) as ledger:
        known, parts = ledger.batches(), ledger.parts()
    assert any(part in parts for merged in parts.values() for part in merged)
    assert unloaded_batches(home.warehouse.resolve(), known, parts) == []


def test_a_release_that_lacks_a_part_loads_the_whole_and_doubles_nothing(home, night, load):
    first = night(1).published
    for number in range(2, 4):
        night(number)
    before = contents(home)
    for release in home.releases.iterdir():
        if release.name != first:
            shutil.rmtree(release)
    home.warehouse.unlink()
    home.warehouse.symlink_to(Path("releases") / first / "warehouse.duckdb")
    assert len(load().unloaded) == 1
    assert contents(home) == before


def test_a_document_that_comes_again_is_in_no_batch_twice(home, night, load):
    for number in range(1, 4):
        night(number, sha256="0" * 64)
    before = contents(home)
    load()
    assert len(parsed(home)) == 3
    assert contents(home) == before


def test_a_crash_before_the_ledger_knows_loses_and_doubles_nothing(home, night, load, monkeypatch):
    for number in range(1, 4):
        night(number)
    before = contents(home)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("ogi.warehouse.ledger.Ledger.merge_batches", crash)
        load()
    assert len(parsed(home)) == 4
    assert load().unloaded == []
    assert len(parsed(home)) == 1
    assert contents(home) == before
    assert not list(home.parsed.glob(f"*{batches._UNFINISHED}"))


def test_batches_of_many_reports_are_left_alone_however_few_files_they_came_in(
    home, inbox, line, load, monkeypatch
):
    monkeypatch.setattr(compaction, "_SMALL", 2)
    for night in range(3):
        (inbox / f"{night}.jsonl").write_bytes(
            b"".join(line(f"{night}{n}" * 32, year=2010 + n) for n in range(2))
        )
        load()
    load()
    assert len(parsed(home)) == 3
