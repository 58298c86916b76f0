"""What is lost of OGI_HOME is made anew from the landing zone, as a restore or an operator relies on."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse.home import Home
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.run import Run

REPORTS = "select source_sha256[1], source_path, landed_sha256, landed_at from raw.document order by 1"


@pytest.fixture
def loaded(inbox: Path, load: Callable[..., Run], line: Callable[..., bytes]) -> None:
    """Two documents, one of which has left the inbox since."""
    (inbox / "a.jsonl").write_bytes(line("a" * 64, year=2020))
    (inbox / "b.jsonl").write_bytes(line("b" * 64, year=2021))
    load()
    (inbox / "b.jsonl").unlink()


def test_without_its_ledger_nothing_is_lost(loaded: None, home: Home, load: Callable[..., Run]) -> None:
    before = table(home, REPORTS)
    home.ledger.unlink()
    run = load()
    assert run.parsing is not None
    assert run.intake is not None
    assert (run.parsing.documents, run.intake.new) == (2, 0)
    assert table(home, REPORTS) == before


def test_without_ledger_and_release_the_documents_bear_their_hashes_as_names(
    loaded: None, home: Home, load: Callable[..., Run]
) -> None:
    home.ledger.unlink()
    home.warehouse.unlink()
    load()
    with open_ledger(home) as ledger:
        assert len(ledger.batches()) == 1
    assert [name for (name, *_) in table(home, REPORTS)] == ["a", "b"]


def test_from_landing_zone_and_ledger_alone_the_same_comes_out(
    loaded: None, home: Home, load: Callable[..., Run]
) -> None:
    before = table(home, REPORTS)
    for folder in (home.parsed, home.releases, home.builds):
        shutil.rmtree(folder)
    home.warehouse.unlink()
    load()
    assert table(home, REPORTS) == before
