"""The number of a report is that of one reading: in a build and in the release that it starts from it is the same."""

from collections.abc import Callable
from pathlib import Path

from unit.warehouse.conftest import table

from ogi.warehouse.home import Home
from ogi.warehouse.run import Run

NUMBERS = "select year, report_key from raw.report order by year"


def test_a_number_that_a_report_leaves_is_not_given_to_the_one_that_comes_for_it(
    home: Home, inbox: Path, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    (inbox / "kept.jsonl").write_bytes(line("a" * 64, year=2019))
    load()
    (inbox / "corrected.jsonl").write_bytes(line("b" * 64, year=2020))
    load()
    assert table(home, NUMBERS) == [(2019, 1), (2020, 2)]
    (inbox / "corrected.jsonl").write_bytes(line("b" * 64, year=2021))
    load()
    assert table(home, NUMBERS) == [(2019, 1), (2021, 3)]
