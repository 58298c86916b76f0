"""Nights in a row with new, corrected and withdrawn documents: each release is that of a full refresh."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

pytestmark = pytest.mark.integration


@pytest.mark.timeout(1200)
def test_every_night_gives_what_a_full_refresh_gives(tmp_path: Path):
    # In a process of its own: the loads are forks of it, and would have whatever other tests left in this one
    command = [sys.executable, "-m", "benchmarks.endurance.soak", "--nights", "3", "--folder", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    nights = [line.split(" | ") for line in done.stdout.splitlines()[2:]]
    assert [night[-1] for night in nights] == ["0 |", "0 |", "0 |"]
    withdrawn = [int(night[2]) for night in nights]
    # Whose documents are counted among those that must be there
    assert withdrawn[-1] > 0
