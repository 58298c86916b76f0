"""A full refresh of nothing new: it gives what is published, and says so where what is published was wrong."""

from pathlib import Path

import duckdb
import pytest
from integration.command_line import SAMPLES, query, release_of, run_ogi

pytestmark = pytest.mark.integration

DIFFERS = "full_refresh_repeats"
WRONG = "update marts.fct_procurement set items = items + 1 where items > 0"
ITEMS = "select sum(items) from marts.fct_procurement"


def test_what_a_full_refresh_finds_other_than_published_is_mended_and_told(home: Path) -> None:
    before, items = release_of(home), query(home, ITEMS)
    same = run_ogi(home, "load", str(SAMPLES), "--full-refresh")
    assert (same.returncode, DIFFERS in same.stdout) == (0, False), same.stdout + same.stderr
    published = release_of(home)
    assert published > before

    file = (home / "warehouse.duckdb").resolve()
    file.chmod(0o644)
    with duckdb.connect(str(file)) as connection:
        connection.execute(WRONG)
    assert query(home, ITEMS) != items
    other = run_ogi(home, "load", str(SAMPLES), "--full-refresh")
    assert other.returncode == 0, other.stdout + other.stderr
    _, _, told = other.stdout.partition(DIFFERS)
    assert "marts.fct_procurement" in told
    assert release_of(home) > published
    assert query(home, ITEMS) == items
