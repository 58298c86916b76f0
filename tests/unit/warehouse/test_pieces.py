"""A night writes what it adds, not what a table had before; what is built anew puts the pieces together."""

from collections.abc import Callable
from pathlib import Path

from unit.warehouse.conftest import table

from ogi.settings.model import Settings
from ogi.warehouse.home import Home
from ogi.warehouse.run import Run

PIECES = "select count(distinct row_group_id) from pragma_storage_info('raw.report')"


def test_what_nights_add_stays_apart_until_all_is_built_anew(
    home: Home,
    inbox: Path,
    load: Callable[..., Run],
    stages: Callable[[Run], Run],
    line: Callable[..., bytes],
) -> None:
    for pieces, year in enumerate((2020, 2019, 2018), start=1):
        (inbox / f"{year}.jsonl").write_bytes(line(f"{year:064}", year=year))
        load()
        assert table(home, PIECES) == [(pieces,)]
    (inbox / "2017.jsonl").write_bytes(line(f"{2017:064}", year=2017))
    stages(Run(home, Settings(home=home.root), inbox, is_full_refresh=True))
    assert table(home, PIECES) == [(1,)]
