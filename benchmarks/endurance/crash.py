"""Loads killed at random moments of all stages, under a clock that jumps, before an analyst who holds the old release.

    python -m benchmarks.endurance.crash [--kills 200] [--seed 1] [--folder DIR]

Every load has new, corrected and withdrawn documents. After each kill the published release must open and have passed its
expectations; in the end the warehouse must hold, table by table, what an undisturbed one holds. Every tenth load is the
command itself, the others are forks of a process that has imported the tools. Prints a table; exit status 1 on a fault.
"""

import argparse
import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.endurance.contents import differences
from benchmarks.endurance.disks import CannotMount
from benchmarks.endurance.failing import FailingDisk
from benchmarks.endurance.inbox import ChangingInbox
from benchmarks.endurance.kills import kill_within
from benchmarks.endurance.loads import CommandLoad, ForkedLoad, Outcome, forked_loads
from benchmarks.endurance.watch import STAGES, Analyst, Follower, faults_of_release
from ogi.warehouse.home import Home

_BASE, _TRUE_COMMAND_EVERY, _UNDISTURBED_EVERY = 40, 10, 10
# An hour's correction, a dead battery, a year that somebody mistyped
_JUMPS = (dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(days=400), dt.timedelta(days=9000))
# When a document landed depends on which load was killed
_MAY_DIFFER = ("landed_at",)


class Crash:
    """One run of the test."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Load a base, to be disturbed from now on."""
        self.home, self._undisturbed, self._disk = folder / "home", folder / "undisturbed", folder / "disk"
        self._inbox = ChangingInbox(folder, seed)
        self._rng = random.Random(seed)
        self._later = dt.timedelta(0)
        self.hits: Counter[str] = Counter()
        self.jumps = 0
        self.loads = self.refused = 0
        self.refused_by_disk: dict[str, int] = {}
        self.faults: list[str] = []
        self._inbox.add(_BASE)
        self._expect_published(self._load())
        self._night()
        follower = Follower(self.home)
        self._expect_published(self._load())
        self._seconds = dict(follower.finished())
        self._analyst = Analyst(self.home)

    def kill(self, number: int) -> None:
        """Let a night begin and kill its load; from time to time start two at once, of which one goes through."""
        self._night()
        wanted = STAGES[number % len(STAGES)]
        last = Home(self.home).current_release() or ""
        follower = Follower(self.home)
        is_true = number % _TRUE_COMMAND_EVERY == _TRUE_COMMAND_EVERY - 1
        load = CommandLoad(self.home, self._inbox.inbox) if is_true else self._start()
        hit, error = kill_within(load, follower, wanted, self._seconds, self._rng)
        self.hits[hit] += 1
        if error is not None:
            self.faults.append(f"kill {number}: the load had failed: {error}")
        self._examine(f"kill {number} in {hit}", last)
        if number % _UNDISTURBED_EVERY == _UNDISTURBED_EVERY - 1:
            self._go_through(number)

    def fail_disks(self, times: int) -> None:
        """Fill the disk of a copy, and take the leave to write from its landing zone."""
        self._night()
        failing = FailingDisk(self.home, self._inbox.inbox, self._disk, self._later)
        documents = len(list(self._inbox.ever.iterdir()))
        self.faults += failing.faults(times, documents, self._rng)
        self.refused_by_disk = failing.refused

    def compare(self) -> None:
        """Finish, and compare with a warehouse that was never disturbed."""
        self._expect_published(self._load())
        self._examine("the last load", "")
        whole = ForkedLoad(self._undisturbed, self._inbox.ever)
        self._expect_published(whole.finish())
        found = differences(
            Home(self.home).warehouse.resolve(), Home(self._undisturbed).warehouse.resolve(), _MAY_DIFFER
        )
        self.faults += [f"{table} differs in {rows} rows" for table, rows in found.items()]
        left = [folder.name for folder in Home(self.home).builds.iterdir()]
        self.faults += [f"builds/{name} was left" for name in left]

    def _go_through(self, number: int) -> None:
        follower = Follower(self.home)
        outcomes = [load.finish() for load in (self._start(), self._start())]
        refused = [outcome for outcome in outcomes if outcome.error and "Another process" in outcome.error]
        self.refused += len(refused)
        if len(refused) != 1:
            self.faults.append(f"of two loads at once {len(refused)} were refused")
        for outcome in outcomes:
            if outcome not in refused:
                self._expect_published(outcome)
        self._seconds = dict(follower.finished()) or self._seconds
        self._examine(f"the loads after kill {number}", "")
        # What has landed for certain may go
        self._inbox.withdraw(5)

    def _night(self) -> None:
        self._inbox.add(2)
        self._inbox.correct(2)
        if self._rng.random() < 0.2:  # noqa: PLR2004
            self._later = self._rng.choice((-1, 1)) * self._rng.choice(_JUMPS)
            self.jumps += 1

    def _start(self) -> ForkedLoad:
        return ForkedLoad(self.home, self._inbox.inbox, later=self._later)

    def _load(self) -> Outcome:
        return self._start().finish()

    def _expect_published(self, outcome: Outcome) -> None:
        self.loads += 1
        if outcome.error is not None:
            self.faults.append(f"load {self.loads}: {outcome.error}")

    def _examine(self, when: str, last: str) -> None:
        found = faults_of_release(self.home)
        if (Home(self.home).current_release() or "") < last:
            found.append("the release went back")
        if not self._analyst.is_undisturbed():
            found.append("the analyst was disturbed")
        self.faults += [f"{when}: {fault}" for fault in found]


def main() -> int:
    """Run the test; return 1 if anything was lost, doubled or disturbed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder; everything is kept there")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="ogi-crash-"))
    started = time.monotonic()
    try:
        with forked_loads(folder):
            crash = Crash(folder, arguments.seed)
            for number in range(arguments.kills):
                crash.kill(number)
                print(number + 1, dict(crash.hits), len(crash.faults), file=sys.stderr, flush=True)
            try:
                crash.fail_disks(max(3, arguments.kills // 10))
            except CannotMount as error:
                print(f"no small disk: {error}", file=sys.stderr)
            crash.compare()
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder)
    minutes = (time.monotonic() - started) / 60
    print("| what | measured |\n|---|---|")
    for stage in (*STAGES, "finished"):
        print(f"| killed in `{stage}` | {crash.hits[stage]} |")
    print(f"| loads that went through | {crash.loads} |")
    print(f"| loads refused, because another was at work | {crash.refused} |")
    for message, count in crash.refused_by_disk.items():
        print(f"| loads that ended with “{message}” and lost nothing | {count} |")
    print(f"| jumps of the clock | {crash.jumps} |")
    print(f"| faults | {len(crash.faults)} |")
    print(f"| minutes | {minutes:.0f} |")
    print(*crash.faults, sep="\n", file=sys.stderr)
    return int(bool(crash.faults))


if __name__ == "__main__":
    sys.exit(main())
