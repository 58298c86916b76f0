"""Backfill: read landed documents again, or take in an archive, as a run of its own that can be stopped and resumed."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ogi.settings.model import Settings
from ogi.warehouse.folders import find_files, take_files
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake
from ogi.warehouse.ledger import Origin, open_ledger
from ogi.warehouse.parsing import Parsing, parse_landed, parse_wanted
from ogi.warehouse.progress import Pace
from ogi.warehouse.release import release_file
from ogi.warehouse.run import Run
from ogi.warehouse.sources import begin_intake

# So many files are landed before they are parsed: the work that a crash costs, and a line of progress
SLICE = 5_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are read again: those with reports of a year, of a district, or those in quarantine."""

    year: int | None = None
    district: str | None = None
    is_quarantined: bool = False

    def __str__(self) -> str:
        """Name it: what was not finished is taken up under this name."""
        return f"year={self.year} district={self.district} quarantined={self.is_quarantined}"


class ReadingAgain(Run):
    """A run that takes nothing in and reads again what is wanted, whatever parser read it before."""

    def __init__(self, home: Home, settings: Settings, wanted: Wanted) -> None:
        """Start; the caller holds the lock of OGI_HOME."""
        super().__init__(home, settings, None)
        self._wanted = wanted

    def _collect(self) -> Intake:
        return begin_intake(self.home)

    def _read(self) -> Parsing:
        with open_ledger(self.home) as ledger:
            ledger.queue.want(str(self._wanted), _landed(self.home, self._wanted))
        return parse_wanted(self.home)


class ArchivePart(Run):
    """A run over a part of an archive's files: a slice is landed and parsed before the next one."""

    def __init__(self, home: Home, settings: Settings, folder: Path, files: list[Path], pace: Pace) -> None:
        """Start; the caller holds the lock of OGI_HOME."""
        super().__init__(home, settings, folder)
        self._folder = folder
        self._files = files
        self._pace = pace
        self.done_before = 0

    def _collect(self) -> Intake:
        return begin_intake(self.home)

    def _read(self) -> Parsing:
        parsing = Parsing()
        assert self.intake is not None  # noqa: S101 - the stage before
        for start in range(0, len(self._files), SLICE):
            files = self._files[start : start + SLICE]
            with open_ledger(self.home) as ledger:
                take_files(self.home, self._folder, files, ledger, self.intake, Origin())
            parsing.add(parse_landed(self.home, again_seconds=0))
            done = self.done_before + start + len(files)
            sys.stderr.write(f"文件 / files: {self._pace.say(done)}\n")
        return parsing


def archive_parts(
    home: Home, settings: Settings, folder: Path, publish_every: int | None
) -> Iterator[ArchivePart]:
    """Cut an archive into runs of so many files each, one run if None.

    Raises:
        FolderUnreadable: the folder is none, or cannot be read.
    """
    files = find_files(home, folder)
    pace = Pace(len(files))
    size = publish_every or max(1, len(files))
    for start in range(0, len(files), size):
        part = ArchivePart(home, settings, folder, files[start : start + size], pace)
        part.done_before = start
        yield part


def _landed(home: Home, wanted: Wanted) -> list[str]:
    """Return the landed files that hold the wanted documents."""
    if wanted.is_quarantined:
        with open_ledger(home) as ledger:
            return sorted({item.landed_sha256 for item in ledger.quarantined()})
    with duckdb.connect(str(release_file(home)), read_only=True) as connection:
        rows = connection.execute(
            """
            select distinct landed_sha256 from raw.document inner join raw.report using (source_sha256)
            where (year = $year or $year is null)
                and (starts_with(coalesce(division_code, printed_division_code), $within) or $within is null)
            order by 1
            """,
            {"year": wanted.year, "within": _prefix(wanted.district)},
        ).fetchall()
    return [sha256 for (sha256,) in rows]


def _prefix(code: str | None) -> str | None:
    """Return what the codes of all divisions within this one begin with: 3505 for the city 350500."""
    if code is None:
        return None
    return (
        code[:2] if code.endswith("0000") else code.removesuffix("00") if len(code) == len("350502") else code
    )
