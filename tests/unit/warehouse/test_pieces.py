"""A night writes what it adds, not what a table had before, until the pieces that nights add take too much room."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse import load as load_module
from ogi.warehouse.home import Home
from ogi.warehouse.run import Run

PIECES = "select count(distinct row_group_id) from pragma_storage_info('raw.report')"
ROWS = """
    select sum("count") from pragma_storage_info('raw.report') where column_id = 0 and segment_type <> 'VALIDITY'
"""

# Run a night in which a file is this; return what the query finds in its release
Night = Callable[[str, bytes, str], object]


@pytest.fixture
def night(home: Home, inbox: Path, load: Callable[..., Run]) -> Night:
    def run_one(file: str, content: bytes, query: str) -> object:
        (inbox / file).write_bytes(content)
        load()
        ((found,),) = table(home, query)
        return found

    return run_one


def test_what_nights_add_stays_apart_as_long_as_it_takes_little_room(
    night: Night, line: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def added(year: int) -> object:
        return night(f"{year}.jsonl", line(f"{year:064}", year=year), PIECES)

    assert added(2020) == 1
    with monkeypatch.context() as patched:
        patched.setattr(load_module, "_BYTES_OF_A_NIGHT", 0)
        assert [added(2019), added(2018)] == [2, 3]
    assert added(2017) == 1


def test_rows_that_are_gone_do_not_stay_in_the_file(
    night: Night, inbox: Path, line: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "_BYTES_OF_A_NIGHT", 0)
    (inbox / "kept.jsonl").write_bytes(line("a" * 64, year=2020))
    for year in (2019, 2018):
        assert night("replaced.jsonl", line("b" * 64, year=year), ROWS) == 2
