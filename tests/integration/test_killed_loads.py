"""A load that is killed at any moment loses nothing and doubles nothing, and the next one finishes the work."""

import random
from pathlib import Path

import pytest
from integration.command_line import TITLE, release_of, run_ogi

from benchmarks.endurance.contents import differences
from benchmarks.endurance.kills import kill_within
from benchmarks.endurance.loads import CommandLoad
from benchmarks.endurance.watch import STAGES, Analyst, Follower, faults_of_release

pytestmark = pytest.mark.integration


@pytest.mark.timeout(1200)
def test_killed_in_every_stage_the_next_load_finishes_with_nothing_lost_or_doubled(
    tmp_path: Path, street_2020
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "first.txt").write_bytes(street_2020)
    (inbox / "empty.txt").touch()
    home, undisturbed = tmp_path / "home", tmp_path / "undisturbed"
    first = Follower(home)
    assert run_ogi(home, "load", str(inbox)).returncode == 0
    seconds = dict(first.finished())
    analyst, moments = Analyst(home), random.Random()
    for year, wanted in enumerate(STAGES, start=2009):
        # One report a night; the figures of the street, for another year each
        text = street_2020.decode().replace(TITLE, TITLE.replace("2020", str(year)))
        (inbox / f"{year}.txt").write_text(text, encoding="utf-8")
        last, follower = release_of(home), Follower(home)
        stage, error = kill_within(CommandLoad(home, inbox), follower, wanted, seconds, moments)
        assert error is None
        assert stage not in STAGES[: STAGES.index(wanted)]
        assert faults_of_release(home) == []
        assert release_of(home) >= last
        assert analyst.is_undisturbed()
    finished = run_ogi(home, "load", str(inbox))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert run_ogi(undisturbed, "load", str(inbox)).returncode == 0
    published = [(folder / "warehouse.duckdb").resolve() for folder in (home, undisturbed)]
    assert differences(*published, ignored=["landed_at"]) == {}
    assert list((home / "builds").iterdir()) == []
