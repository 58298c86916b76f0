"""A load that is killed at any moment loses nothing and doubles nothing, and the next one finishes the work."""

import random
import time
from pathlib import Path

import pytest
from integration.command_line import TITLE, query, release_of, run_ogi, start_ogi

pytestmark = pytest.mark.integration

KILLS = 10
CONTENT = (
    "select agency_id, year, version, source_sha256 from marts.fct_report_version order by all",
    "select agency_id, year, cell, value, state, raw from marts.fct_report_cell order by all",
    "select agency_id, year, identity_id, status, residual from marts.fct_identity_check order by all",
    "select source_sha256, outcome from raw.document order by all",
)


def _documents(street_2020: bytes) -> list[bytes]:
    """One report a night; the figures of a street, for another year each."""
    return [
        street_2020.decode().replace(TITLE, TITLE.replace("2020", str(year))).encode()
        for year in range(2009, 2009 + KILLS)
    ]


@pytest.mark.timeout(1200)
def test_killed_ten_times_the_next_load_finishes_with_nothing_lost_or_doubled(tmp_path: Path, street_2020):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "first.txt").write_bytes(street_2020)
    (inbox / "empty.txt").touch()
    home, undisturbed = tmp_path / "home", tmp_path / "undisturbed"
    started = time.monotonic()
    assert run_ogi(home, "load", str(inbox)).returncode == 0
    duration = time.monotonic() - started
    moments = random.Random()
    for night, document in enumerate(_documents(street_2020)):
        (inbox / f"night-{night}.txt").write_bytes(document)
        last = release_of(home)
        load = start_ogi(home, "load", str(inbox))
        # A random moment within each tenth of a load, so that every stage is hit
        time.sleep(duration * (night + moments.random()) / KILLS)
        load.kill()
        load.communicate()
        assert query(home, "select count(*) > 0 from marts.fct_report") == [(True,)]
        assert release_of(home) >= last
    finished = run_ogi(home, "load", str(inbox))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert run_ogi(undisturbed, "load", str(inbox)).returncode == 0
    for content in CONTENT:
        assert query(home, content) == query(undisturbed, content)
    assert [path for path in (home / "builds").iterdir() if path.is_dir()] == []
