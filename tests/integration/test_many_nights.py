"""Nights in a row with new, corrected and withdrawn documents: each release is that of a full refresh."""

from pathlib import Path

import pytest

from benchmarks.endurance.loads import forked_loads
from benchmarks.endurance.soak import Soak

pytestmark = pytest.mark.integration


@pytest.mark.timeout(1200)
def test_every_night_gives_what_a_full_refresh_gives(tmp_path: Path):
    with forked_loads(tmp_path):
        soak = Soak(tmp_path, seed=1)
        nights = [soak.night() for _ in range(3)]
    assert [night.faults for night in nights] == [(), (), ()]
    # Whose documents are counted among those that must be there
    assert nights[2].withdrawn > 0
