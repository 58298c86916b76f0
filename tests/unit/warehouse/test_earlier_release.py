"""A release that an earlier version made is what a load starts from, as far as its raw tables are the same."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ogi.warehouse.home import Home
from ogi.warehouse.load import usable_base
from ogi.warehouse.run import Run


@pytest.fixture
def release(
    home: Home, inbox: Path, load: Callable[..., Run], line: Callable[..., bytes], tmp_path: Path
) -> Path:
    """A copy of a release that may be changed."""
    (inbox / "report.jsonl").write_bytes(line("a" * 64))
    load()
    copy = Path(shutil.copyfile(home.warehouse.resolve(), tmp_path / "release.duckdb"))
    copy.chmod(0o644)
    return copy


@pytest.mark.parametrize(
    ("change", "is_usable"),
    [
        ("drop table raw.touched_year", True),
        ("alter table raw.touched_agency add column earlier integer", True),
        ("alter table raw.cell add column earlier integer", False),
        ("drop table raw.roster", False),
    ],
)
def test_only_what_lasts_has_to_be_as_this_version_has_it(
    release: Path, change: str, is_usable: bool
) -> None:
    with duckdb.connect(str(release)) as connection:
        connection.execute(change)
    assert (usable_base(release) is not None) == is_usable


def test_what_is_said_of_one_load_is_made_anew_by_the_next(
    home: Home, inbox: Path, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    (inbox / "first.jsonl").write_bytes(line("a" * 64))
    load()
    release = home.warehouse.resolve()
    release.chmod(0o644)
    with duckdb.connect(str(release)) as connection:
        connection.execute("drop table raw.touched_year")
    (inbox / "second.jsonl").write_bytes(line("b" * 64, year=2021))
    run = load()
    assert run.base == release
    with duckdb.connect(str(home.warehouse.resolve()), read_only=True) as connection:
        assert ("touched_year",) in connection.execute("select table_name from duckdb_tables()").fetchall()
