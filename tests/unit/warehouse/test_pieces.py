"""A night writes what it adds, not what a table had before, until the pieces that nights add take too much room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse import load as load_module
from ogi.warehouse.home import Home
from ogi.warehouse.run import Run

PIECES = "select count(distinct row_group_id) from pragma_storage_info('raw.report')"


def test_what_nights_add_stays_apart_as_long_as_it_takes_little_room(
    home: Home,
    inbox: Path,
    load: Callable[..., Run],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def night(year: int) -> list[tuple[object, ...]]:
        (inbox / f"{year}.jsonl").write_bytes(line(f"{year:064}", year=year))
        load()
        return table(home, PIECES)

    assert night(2020) == [(1,)]
    with monkeypatch.context() as patched:
        patched.setattr(load_module, "_BYTES_OF_A_NIGHT", 0)
        assert [night(2019), night(2018)] == [[(2,)], [(3,)]]
    assert night(2017) == [(1,)]


def test_rows_that_are_gone_do_not_stay_in_the_file(
    home: Home,
    inbox: Path,
    load: Callable[..., Run],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(load_module, "_BYTES_OF_A_NIGHT", 0)
    for sha256 in ("a" * 64, "b" * 64):
        (inbox / "file.jsonl").write_bytes(line("c" * 64, year=2020) + line(sha256, year=2019))
        load()
        stored = "select count(*) from pragma_storage_info('raw.report') where column_id = 0 and segment_type <> 'VALIDITY'"
        assert table(home, stored) == [(1,)]
