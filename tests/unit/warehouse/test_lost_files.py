"""A landed file that is gone or damaged is named, stays to be read, and holds up no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse import parsing
from ogi.warehouse.home import Home
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.run import Run
from ogi.warehouse.sources import take_in


def remove(file: Path) -> None:
    file.unlink()


def damage(file: Path) -> None:
    file.chmod(0o644)
    file.write_bytes(b"other bytes")


@pytest.mark.parametrize("lose", [remove, damage])
@pytest.mark.parametrize("name", ["b.jsonl", "b.txt"])
def test_a_lost_file_is_named_and_read_when_it_is_back(
    home: Home,
    inbox: Path,
    load: Callable[..., Run],
    line: Callable[..., bytes],
    street_2020: bytes,
    name: str,
    lose: Callable[[Path], None],
) -> None:
    (inbox / "a.jsonl").write_bytes(line("a" * 64, year=2019))
    (inbox / "c.jsonl").write_bytes(line("c" * 64, year=2018))
    content = line("b" * 64) if name.endswith(".jsonl") else street_2020
    (inbox / name).write_bytes(content)
    take_in(home, inbox)
    landed = next(file for file in home.landing.rglob("*") if file.is_file() and file.read_bytes() == content)
    lose(landed)
    (inbox / name).unlink()  # what is in the inbox lands again
    run = load()
    assert run.parsing is not None
    assert [(problem.path, problem.code) for problem in run.parsing.lost] == [(name, "landed_file_lost")]
    assert run.parsing.quarantined == []
    assert table(home, "select year from raw.report order by 1") == [(2018,), (2019,)]
    (inbox / name).write_bytes(content)
    load()
    assert table(home, "select year from raw.report order by 1") == [(2018,), (2019,), (2020,)]


def test_a_file_that_cannot_be_read_a_second_time_is_lost(
    home: Home, inbox: Path, line: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (inbox / "a.jsonl").write_bytes(line("a" * 64))
    take_in(home, inbox)
    monkeypatch.setattr(parsing, "cut", _fails)
    read = parse_landed(home, again_seconds=0)
    assert (read.documents, [problem.path for problem in read.lost]) == (0, ["a.jsonl"])


def _fails(_file: Path) -> list[object]:
    raise OSError(5, "Input/output error")
