"""Backfill: reading landed documents again, and taking in an archive, both resumed where they stopped."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.settings.model import Settings
from ogi.warehouse import backfill, parsing
from ogi.warehouse.backfill import ReadingAgain, Wanted, archive_parts
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.run import Run

VERSIONS = "select source_sha256[1], parser_version from raw.document order by 1"


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda version: monkeypatch.setattr(parsing, "PARSER_VERSION", version)


@pytest.fixture
def read_again(home: Home, stages: Callable[[Run], Run]) -> Callable[[Wanted], Run]:
    return lambda wanted: stages(ReadingAgain(home, Settings(home=home.root), wanted))


@pytest.fixture
def loaded(
    inbox: Path, load: Callable[..., Run], line: Callable[..., bytes], parser: Callable[[str], None]
) -> None:
    """Reports of a subdistrict of 350502 for 2019 and 2020, each in a file of its own, read by parser 1."""
    for name, year in (("a", 2019), ("b", 2020), ("c", 2020)):
        (inbox / f"{name}.jsonl").write_bytes(line(name * 64, year=year))
    (inbox / "empty.jsonl").touch()
    parser("1")
    load()


@pytest.mark.parametrize(
    ("wanted", "read"),
    [
        (Wanted(year=2020), "bc"),
        (Wanted(district="350502"), "abc"),
        (Wanted(district="350500"), "abc"),
        (Wanted(district="350000"), "abc"),
        (Wanted(year=2019, district="350502006"), "a"),
        (Wanted(district="350503"), ""),
        (Wanted(year=2018), ""),
    ],
)
def test_the_documents_of_a_year_or_division_are_read_again(
    loaded: None,
    home: Home,
    parser: Callable[[str], None],
    read_again: Callable[[Wanted], Run],
    wanted: Wanted,
    read: str,
) -> None:
    parser("2")
    run = read_again(wanted)
    assert run.parsing is not None
    assert run.parsing.documents == len(read)
    assert [name for name, version in table(home, VERSIONS) if version == "2"] == list(read)


def test_what_is_in_quarantine_is_read_again(
    loaded: None, home: Home, read_again: Callable[[Wanted], Run]
) -> None:
    run = read_again(Wanted(is_quarantined=True))
    assert run.parsing is not None
    assert run.parsing.documents == 1
    with open_ledger(home) as ledger:
        assert len(ledger.quarantined()) == 1


def test_the_same_parser_may_read_again_too(
    loaded: None, home: Home, read_again: Callable[[Wanted], Run]
) -> None:
    before = table(home, "select report_id, agency_id from raw.report order by all")
    run = read_again(Wanted(year=2020))
    assert run.parsing is not None
    assert run.parsing.documents == 2
    assert table(home, "select report_id, agency_id from raw.report order by all") == before


def test_after_a_crash_only_what_is_left_is_read(
    loaded: None,
    home: Home,
    parser: Callable[[str], None],
    read_again: Callable[[Wanted], Run],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser("2")
    monkeypatch.setattr(parsing, "BATCH_SIZE", 1)
    close = parsing.BatchWriter.close

    def close_and_die(writer: parsing.BatchWriter) -> None:
        close(writer)
        raise MemoryError

    monkeypatch.setattr(parsing.BatchWriter, "close", close_and_die)
    with pytest.raises(MemoryError):
        read_again(Wanted(year=2020))
    monkeypatch.setattr(parsing.BatchWriter, "close", close)
    run = read_again(Wanted(year=2020))
    assert run.parsing is not None
    assert run.parsing.documents == 1
    assert [name for name, version in table(home, VERSIONS) if version == "2"] == ["b", "c"]
    # Finished: the same wish is a new one
    run = read_again(Wanted(year=2020))
    assert run.parsing is not None
    assert run.parsing.documents == 2


def test_a_night_goes_on_with_a_backfill_that_was_cut_off(
    loaded: None, home: Home, load: Callable[..., Run]
) -> None:
    with open_ledger(home) as ledger:
        ledger.queue.want(
            "year=2019", ["a" * 64, *(d for (d,) in table(home, "select landed_sha256 from raw.document"))]
        )
    run = load(reparse_minutes=60)
    assert run.parsing is not None
    assert (run.parsing.documents, run.parsing.waiting) == (4, 0)


def test_without_a_release_there_is_nothing_to_read_again(
    home: Home, read_again: Callable[[Wanted], Run]
) -> None:
    with pytest.raises(WarehouseError, match="ogi load"):
        read_again(Wanted(year=2020))


@pytest.mark.parametrize(("publish_every", "published"), [(None, 1), (2, 2)])
def test_an_archive_comes_in_slices_and_is_published_as_often_as_asked(
    tmp_path: Path,
    home: Home,
    stages: Callable[[Run], Run],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    publish_every: int | None,
    published: int,
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    for name in "abcd":
        (archive / f"{name}.jsonl").write_bytes(line(name * 64, year=2000 + ord(name)))
    monkeypatch.setattr(backfill, "SLICE", 1)
    runs = [stages(part) for part in archive_parts(home, Settings(home=home.root), archive, publish_every)]
    assert len([run for run in runs if run.published]) == published
    assert sum(run.intake.new for run in runs if run.intake) == 4
    assert [name for (name, _) in table(home, VERSIONS)] == list("abcd")
    assert [line.split("（")[0] for line in capsys.readouterr().err.splitlines()] == [
        f"文件 / files: {done}/4" for done in (1, 2, 3, 4)
    ]
