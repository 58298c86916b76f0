"""A batch of parsed documents on disk: a folder of Parquet files that exists whole or not at all."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from ogi.warehouse.clock import id_after
from ogi.warehouse.file_rows import FileRows
from ogi.warehouse.files import rename, sync_tree
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import Ledger, Quarantined
from ogi.warehouse.queue import LandedDocument
from ogi.warehouse.report_rows import ReportRows

_UNFINISHED = ".tmp"
# Ends the name of a batch that took the place of several, the last of which it is named after
MERGED = "+"


class BatchWriter:
    """Writes one batch; nothing counts until `close`. No document may be in a batch twice (`sources`)."""

    def __init__(self, home: Home, ledger: Ledger, parser_version: str) -> None:
        """Start a batch under a name that no other has."""
        self._home = home
        self._ledger = ledger
        self._parser_version = parser_version
        self.batch_id = _free_id(home)
        self.sources: set[str] = set()
        self.landed: list[LandedDocument] = []
        self._quarantined: list[Quarantined] = []
        self._waiting: list[FileRows] = []
        self._reports = 0
        self._writes = 0
        self._folder = home.parsed / (self.batch_id + _UNFINISHED)
        self._folder.mkdir(parents=True)

    def add(self, document: LandedDocument, rows: FileRows, quarantined: list[Quarantined]) -> None:
        """Add a landed file that has been read to its end."""
        self.landed.append(document)
        self.sources |= rows.sources
        self._quarantined += quarantined
        self._waiting.append(rows)

    @property
    def reports(self) -> int:
        """How many reports wait to be written."""
        return sum(rows.reports for rows in self._waiting)

    def write_part(self, rows: FileRows) -> None:
        """Write what a large file has brought so far, and forget it."""
        self._write([rows])
        rows.forget_rows()

    def close(self) -> None:
        """Make the batch count: first its folder, then the ledger."""
        self._write(self._waiting)
        sync_tree(self._folder)
        rename(self._folder, self._home.parsed / self.batch_id)
        self._ledger.record_batch(
            self.batch_id, self._parser_version, self.landed, self._quarantined, self._reports
        )

    def _write(self, files: list[FileRows]) -> None:
        """Write the rows of some files; what fails half-way is written again under the same names."""
        rows = ReportRows()
        for file in files:
            rows.add_all(file.rows)
        for name, table in rows.tables.items():
            if len(table):
                table.frame().write_parquet(self._path(name, 0))
        for number, part in enumerate((part for file in files for part in file.parts), start=1):
            for name, data in part.items():
                self._path(name, number).write_bytes(data)
        self._reports += sum(file.reports for file in files)
        self._writes += 1

    def _path(self, table: str, part: int) -> Path:
        return self._folder / f"{table}-{self._writes:04}-{part:04}.parquet"


def batch_files(home: Home, batch_id: str, table: str) -> list[Path]:
    """Return a batch's Parquet files of one table, in the order in which they were written; none where it has no row."""
    return sorted((home.parsed / batch_id).glob(f"{table}-*.parquet"))


def write_batch(home: Home, batch_id: str, tables: Mapping[str, pl.LazyFrame]) -> None:
    """Write a whole batch, a part at a time; it counts when the ledger knows it."""
    folder = home.parsed / (batch_id + _UNFINISHED)
    folder.mkdir()
    for table, frame in tables.items():
        frame.sink_parquet(folder / f"{table}-0000.parquet")
    sync_tree(folder)
    rename(folder, home.parsed / batch_id)


def clean_batches(home: Home, ledger: Ledger) -> None:
    """Remove batches that a crash left unfinished, and those whose documents have been read anew since.

    The documents of a batch that is gone, as after a restore without `parsed/`, are to be read anew.
    """
    ledger.drop_superseded_batches()
    folders = _folders(home)
    for batch in ledger.batches():
        if batch not in folders:
            ledger.forget_batch(batch)
    for name in folders.difference(ledger.batches()):
        shutil.rmtree(home.parsed / name)


def _folders(home: Home) -> set[str]:
    """Return the names of the batches' folders, in one go: there are thousands of them after some years."""
    return {folder.name for folder in home.parsed.iterdir()} if home.parsed.is_dir() else set()


def _free_id(home: Home) -> str:
    """Name a batch after this moment, and after every batch there is, whatever the clock says."""
    return id_after(max(map(_moment, _folders(home)), default=None))


def _moment(folder: str) -> str:
    """Return the name of a batch without the marks of one unfinished or merged."""
    return folder.removesuffix(_UNFINISHED).rstrip(MERGED)
