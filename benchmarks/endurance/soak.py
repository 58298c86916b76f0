"""Many nights in a row, each release against a full refresh of the same inputs.

    python -m benchmarks.endurance.soak [--nights 60] [--seed 1] [--folder DIR]

Every night new documents come, some are corrected and some withdrawn; the clock goes on by a day. A copy of OGI_HOME is
then loaded with `--full-refresh`, and every table of the two releases compared; what the night says has changed, with what
the whole releases say. Prints a row a night and a table; exit status 1 if a release differs or disk or memory grow beyond
their bounds.
"""

import argparse
import datetime as dt
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.endurance.contents import differences
from benchmarks.endurance.inbox import ChangingInbox
from benchmarks.endurance.loads import ForkedLoad, forked_loads
from benchmarks.endurance.watch import documents_in, faults_of_release
from ogi.settings.model import Releases
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.manifest import read_manifest
from ogi.warehouse.release import release_side
from ogi.warehouse.release_diff import compare_published

_BASE = 40
_BATCHES_BOUND = 40
# A file that is changed every night against one that was made anew
_FILE_BOUND = 2.0
_MEMORY_BOUND = 1.25


@dataclass(frozen=True, slots=True)
class Night:
    """What a night left behind; bytes as the disk has them, a file with two names once."""

    documents: int
    withdrawn: int
    seconds: float
    peak_bytes: int
    home_bytes: int
    release_bytes: int
    refreshed_bytes: int
    releases: int
    batches: int
    faults: tuple[str, ...]


class Soak:
    """Nights in a row on one OGI_HOME."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Start with an empty home and the inbox of the first night."""
        self.home, self._copy = Home(folder / "home"), folder / "copy"
        self._inbox = ChangingInbox(folder, seed)
        self._nights: list[Night] = []

    def night(self) -> Night:
        """Live through a night."""
        if self._nights:
            # What never landed could not stay
            self._inbox.withdraw(2)
            self._inbox.add(3)
            self._inbox.correct(3)
        else:
            self._inbox.add(_BASE)
        before = self.home.current_release()
        later = dt.timedelta(days=len(self._nights))
        outcome = ForkedLoad(self.home.root, self._inbox.inbox, later=later).finish()
        shutil.copytree(self.home.root, self._copy, symlinks=True)
        refreshed = ForkedLoad(self._copy, self._inbox.inbox, is_full_refresh=True, later=later).finish()
        for load in (outcome, refreshed):
            if load.error is not None:
                sys.exit(load.error)
        faults = faults_of_release(self.home.root)
        one, other = self.home.warehouse.resolve(), Home(self._copy).warehouse.resolve()
        faults += [f"{table} differs in {rows} rows" for table, rows in differences(one, other).items()]
        faults += self._told_otherwise(before) if before else []
        ever = len(list(self._inbox.ever.iterdir()))
        if (there := documents_in(one)) != ever:
            faults.append(f"{there} documents of {ever} are there; what is withdrawn stays")
        night = Night(
            documents=ever,
            withdrawn=ever - len(list(self._inbox.inbox.iterdir())),
            seconds=outcome.seconds,
            peak_bytes=outcome.peak_bytes,
            home_bytes=_bytes_below(self.home.root),
            release_bytes=one.stat().st_size,
            refreshed_bytes=other.stat().st_size,
            releases=len(list(self.home.releases.iterdir())),
            batches=len(list(self.home.parsed.iterdir())),
            faults=(*faults, *self._beyond_bounds(outcome.peak_bytes, one, other)),
        )
        shutil.rmtree(self._copy)
        self._nights.append(night)
        return night

    def _told_otherwise(self, before: str) -> list[str]:
        """Say where the changes that a night has written are not those between the whole releases."""
        now = self.home.current_release() or before
        out = self._copy / "changes.parquet"
        whole = compare_published(release_side(self.home, before), release_side(self.home, now), out)
        told = read_manifest(self.home, now)["changes"]["reports"]
        is_same_file = out.read_bytes() == (self.home.releases / now / out.name).read_bytes()
        return [] if told == whole.reports and is_same_file else [f"the changes since {before} are others"]

    def _beyond_bounds(self, peak_bytes: int, one: Path, other: Path) -> list[str]:
        """Say which bound does not hold."""
        releases = list(self.home.releases.iterdir())
        # What the policy keeps when a run starts, and what that run publishes
        kept = Releases().keep_last + 2 + len(self._nights) // 28
        exports = [folder.name for folder in self.home.exports.iterdir()]
        # The first night reads everything, so the second is what a night may take
        first = self._nights[1].peak_bytes if len(self._nights) > 1 else peak_bytes
        bounds = {
            "more releases than the policy keeps": len(releases) <= kept,
            "an export without a release": set(exports) <= {release.name for release in releases},
            "a build was left": not list(self.home.builds.iterdir()),
            "small batches are not merged": len(list(self.home.parsed.iterdir())) <= _BATCHES_BOUND,
            "the release is much larger than one made anew": one.stat().st_size
            <= _FILE_BOUND * other.stat().st_size,
            "the night takes more and more memory": peak_bytes <= _MEMORY_BOUND * first,
            "the home is larger than what it keeps": _bytes_below(self.home.root) <= self._bound(releases),
        }
        return [what for what, holds in bounds.items() if not holds]

    def _bound(self, releases: list[Path]) -> int:
        """What the documents, the kept releases with what lies beside them, and the logs may take."""
        largest = max((release / DATABASE).stat().st_size for release in releases)
        return (
            2 * (_bytes_below(self.home.landing) + _bytes_below(self.home.parsed))
            + 3 * len(releases) * largest
        )


def _bytes_below(folder: Path) -> int:
    statuses = {path.lstat().st_ino: path.lstat() for path in folder.rglob("*")}
    return sum(status.st_blocks * 512 for status in statuses.values())


def main() -> int:
    """Run the nights; return 1 if a fault was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="an empty folder; everything is kept there")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="ogi-soak-"))
    print(
        "| night | documents so far | withdrawn | seconds | peak memory MB | home MB | release MB | made anew MB | releases | batches | faults |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    has_faults = False
    try:
        with forked_loads(folder):
            soak = Soak(folder, arguments.seed)
            for number in range(1, arguments.nights + 1):
                night = soak.night()
                sizes = (night.peak_bytes, night.home_bytes, night.release_bytes, night.refreshed_bytes)
                shown = " | ".join(f"{size / 1e6:.1f}" for size in sizes)
                print(
                    f"| {number} | {night.documents} | {night.withdrawn} | {night.seconds:.1f} | {shown} | {night.releases} | {night.batches}"
                    f" | {len(night.faults)} |",
                    flush=True,
                )
                print(*night.faults, sep="\n", end="\n" if night.faults else "", file=sys.stderr)
                has_faults |= bool(night.faults)
    finally:
        if arguments.folder is None:
            shutil.rmtree(folder)
    return int(has_faults)


if __name__ == "__main__":
    sys.exit(main())
