"""Loads on a disk that fills up at a random moment, and with a landing zone that may only be read."""

import datetime as dt
import random
import shutil
from pathlib import Path

from benchmarks.endurance.disks import filled, read_only, small_disk
from benchmarks.endurance.loads import ForkedLoad
from benchmarks.endurance.watch import documents_in, faults_of_release
from ogi.warehouse.home import Home
from ogi.warehouse.room import release_bytes

# Beside the copy of the release: what the models, the audit and the export of a small warehouse write
_MOST_ROOM = 12_000_000


class FailingDisk:
    """A copy of a home on a small disk, whose inbox holds something new."""

    def __init__(self, home: Path, inbox: Path, folder: Path, later: dt.timedelta) -> None:
        """Remember where everything is."""
        self._home, self._inbox, self._folder, self._later = home, inbox, folder, later
        self.refused: dict[str, int] = {}

    def faults(self, times: int, documents: int, rng: random.Random) -> list[str]:
        """Load with too little room and without leave to write; return what went wrong.

        Args:
            times: how many times with too little room.
            documents: how many there must be in the end.
            rng: draws how little.

        Raises:
            CannotMount: this process may not mount a disk.
        """
        self._folder.mkdir()
        size = 3 * sum(path.lstat().st_size for path in self._home.rglob("*")) + 20 * _MOST_ROOM
        with small_disk(self._folder, size) as disk:
            home = self._fresh(disk / "home")
            needed = release_bytes(Home(home)) + _MOST_ROOM
            before = Home(home).current_release()
            found = []
            for _ in range(times):
                with filled(disk, room=rng.randrange(needed)):
                    found += self._load(home, "磁盘已满")
                if Home(home).current_release() != before:  # there was room enough, and nothing new is left
                    home = self._fresh(home)
            with read_only(Home(home).landing):
                found += self._load(home, "无法写入")
            outcome = ForkedLoad(home, self._inbox, later=self._later).finish()
            found += [f"with room again: {outcome.error}"] if outcome.error else faults_of_release(home)
            there = documents_in(Home(home).warehouse.resolve())
        return found if there == documents else [*found, f"{there} documents of {documents} are there"]

    def _fresh(self, home: Path) -> Path:
        shutil.rmtree(home, ignore_errors=True)
        return Path(shutil.copytree(self._home, home, symlinks=True))

    def _load(self, home: Path, message: str) -> list[str]:
        """Load; what stops it must be said with these words, and the release must stand."""
        outcome = ForkedLoad(home, self._inbox, later=self._later).finish()
        if outcome.error is not None:
            self.refused[message] = self.refused.get(message, 0) + 1
        is_said = outcome.error is None or message in outcome.error
        return faults_of_release(home) + ([] if is_said else [f"not said plainly: {outcome.error}"])
