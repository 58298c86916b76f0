"""A new parser reads old documents again within the budget of each night, the oldest reading first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import Clock, table

from ogi.warehouse import parsing
from ogi.warehouse.batches import clean_batches
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.lines import Part
from ogi.warehouse.run import Run

VERSIONS = "select source_sha256[1], parser_version from raw.document order by 1"


@pytest.fixture
def clock(clock: Clock) -> Clock:
    """A clock on which half a minute passes each time that it is read."""
    clock.step = 30
    return clock


@pytest.fixture
def parser(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Change the version of the parser."""
    return lambda version: monkeypatch.setattr(parsing, "PARSER_VERSION", version)


@pytest.fixture
def three(inbox: Path, line: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Three documents, each of which gets a batch of its own."""
    monkeypatch.setattr(parsing, "BATCH_SIZE", 1)
    for number, name in enumerate("abc"):
        (inbox / f"{name}.jsonl").write_bytes(line(name * 64, year=2020 + number))


def test_nothing_is_read_again_by_the_same_parser(
    three: None, load: Callable[..., Run], parser: Callable[[str], None]
) -> None:
    parser("1")
    load()
    run = load()
    assert run.parsing is not None
    assert (run.parsing.documents, run.parsing.waiting, run.has_news) == (0, 0, False)


def test_each_night_reads_as_many_again_as_its_budget_allows_the_oldest_first(
    three: None,
    home: Home,
    load: Callable[..., Run],
    parser: Callable[[str], None],
    clock: Clock,
) -> None:
    parser("1")
    load()
    parser("2")
    # The clock is read once to begin with and once for each document
    run = load(reparse_minutes=1)
    assert run.parsing is not None
    assert (run.parsing.documents, run.parsing.waiting) == (1, 2)
    assert table(home, VERSIONS) == [("a", "2"), ("b", "1"), ("c", "1")]
    load(reparse_minutes=1)
    assert table(home, VERSIONS) == [("a", "2"), ("b", "2"), ("c", "1")]
    # A third parser goes on with the oldest reading
    parser("3")
    load(reparse_minutes=1)
    assert table(home, VERSIONS) == [("a", "2"), ("b", "2"), ("c", "3")]


def test_new_documents_are_read_whatever_the_budget(
    three: None,
    home: Home,
    inbox: Path,
    load: Callable[..., Run],
    parser: Callable[[str], None],
    line: Callable[..., bytes],
) -> None:
    parser("1")
    load()
    parser("2")
    (inbox / "d.jsonl").write_bytes(line("d" * 64, year=2023))
    run = load(reparse_minutes=0)
    assert run.parsing is not None
    assert (run.parsing.documents, run.parsing.waiting) == (1, 3)
    assert table(home, VERSIONS) == [("a", "1"), ("b", "1"), ("c", "1"), ("d", "2")]


def test_a_batch_of_which_only_a_part_was_read_again_stays(
    inbox: Path,
    home: Home,
    load: Callable[..., Run],
    parser: Callable[[str], None],
    line: Callable[..., bytes],
    clock: Clock,
) -> None:
    for name, year in (("a", 2020), ("b", 2021)):
        (inbox / f"{name}.jsonl").write_bytes(line(name * 64, year=year))
    parser("1")
    load()
    (first,) = [folder.name for folder in home.parsed.iterdir()]
    parser("2")
    load(reparse_minutes=1)
    with open_ledger(home) as ledger:
        clean_batches(home, ledger)
    assert first in {folder.name for folder in home.parsed.iterdir()}
    # From nothing, both readings are there again: the new one of a, the old one of b
    home.warehouse.unlink()
    load(reparse_minutes=0)
    assert table(home, VERSIONS) == [("a", "2"), ("b", "1")]


def test_what_only_the_former_reading_of_a_file_found_is_gone_even_from_nothing(
    inbox: Path,
    home: Home,
    load: Callable[..., Run],
    parser: Callable[[str], None],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    first = line("a" * 64, year=2020)
    (inbox / "1.jsonl").write_bytes(first + line("b" * 64, year=2021))
    (inbox / "2.jsonl").write_bytes(line("c" * 64, year=2022))
    parser("1")
    load()
    parser("2")
    # The new parser does not find the second report of the first file, and the second file waits for another night
    monkeypatch.setattr(parsing, "cut", lambda _: [Part(1, 0, len(first))])
    load(reparse_minutes=1)
    assert table(home, VERSIONS) == [("a", "2"), ("c", "1")]
    home.warehouse.unlink()
    load(reparse_minutes=0)
    assert table(home, VERSIONS) == [("a", "2"), ("c", "1")]


def test_the_next_night_knows_what_was_read_again_since_the_last_release(
    three: None,
    home: Home,
    load: Callable[..., Run],
    parser: Callable[[str], None],
    clock: Clock,
) -> None:
    parser("1")
    load()
    parser("2")
    for name in "abc":
        ((last,),) = table(home, "select max(batch_id) from raw.batch")
        load(reparse_minutes=1)
        assert table(home, f"select source_sha256[1] from raw.document where batch_id > '{last}'") == [
            (name,)
        ]
