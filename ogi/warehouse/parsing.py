"""Parse every landed document that the current parser has not read, a batch at a time."""

import hashlib
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport
from ogi.reports.parse import PARSER_VERSION, parse_bytes
from ogi.warehouse.batches import BatchWriter, clean_batches
from ogi.warehouse.home import Home
from ogi.warehouse.landing import FileProblem
from ogi.warehouse.ledger import LandedDocument, Ledger, Quarantined, open_ledger
from ogi.warehouse.progress import track
from ogi.warehouse.rows import FileRows

BATCH_SIZE = 500

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Parsing:
    """What was parsed in this run; `lost` are landed documents whose bytes are gone or damaged."""

    documents: int = 0
    batches: list[str] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    lost: list[FileProblem] = field(default_factory=list)


def parse_landed(home: Home) -> Parsing:
    """Parse what has landed and not been read; a crash loses at most the batch in hand.

    Raises:
        WarehouseError: the ledger cannot be used.
    """
    with open_ledger(home) as ledger:
        clean_batches(home, ledger)
        waiting = ledger.unparsed(PARSER_VERSION)
        parser = _Parser(home, ledger)
        for document in track(waiting, len(waiting), "解析 / parse"):
            parser.parse(document)
        parser.close()
    return parser.result


class _Parser:
    """Reads documents into batches of about `BATCH_SIZE` reports."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger
        self._batch: BatchWriter | None = None
        self.result = Parsing()

    def parse(self, document: LandedDocument) -> None:
        """Read one landed file, whatever happens, and put its rows into a batch."""
        started = time.monotonic()
        data = self._bytes(document)
        if data is None:
            return
        rows = FileRows(document, PARSER_VERSION)
        parts: BatchWriter | None = None
        try:
            for parsed in _read(data, document.path):
                rows.add(parsed)
                if len(rows.rows["report"]) >= BATCH_SIZE:
                    # A file of its own size gets a batch of its own, written in parts as it is read
                    parts = parts or self._fresh_batch()
                    parts.write_part(rows)
        except Exception as error:  # one document never stops the others
            _log.exception("reader failed", extra={"file": document.path, "sha256": document.sha256})
            rows.fail(error)
        quarantined = rows.finish()
        batch = parts or self._batch_for(rows)
        batch.add(document.sha256, rows, quarantined)
        self.result.documents += 1
        self.result.quarantined += quarantined
        if parts or len(batch.landed) >= BATCH_SIZE or batch.reports >= BATCH_SIZE:
            self.close()
        seconds = round(time.monotonic() - started, 4)
        _log.info("parsed", extra={"file": document.path, "sha256": document.sha256, "seconds": seconds})

    def close(self) -> None:
        """Finish the batch in hand, if there is one."""
        if self._batch is not None and self._batch.landed:
            self._batch.close()
            self.result.batches.append(self._batch.batch_id)
        self._batch = None

    def _fresh_batch(self) -> BatchWriter:
        self.close()
        self._batch = BatchWriter(self._home, self._ledger, PARSER_VERSION)
        return self._batch

    def _batch_for(self, rows: FileRows) -> BatchWriter:
        """Return the batch in hand, or the next one if a document of these is in it already."""
        if self._batch is None or self._batch.sources & rows.sources:
            return self._fresh_batch()
        return self._batch

    def _bytes(self, document: LandedDocument) -> bytes | None:
        """Return a document as it landed; None, and a problem, if it is no longer there as it was."""
        try:
            data = self._home.landed(document.sha256).read_bytes()
        except OSError as error:
            self._lose(
                document,
                f"原件无法读取：{error.strerror}。 / The landed file cannot be read: {error.strerror}.",
            )
            return None
        if hashlib.sha256(data).hexdigest() != document.sha256:
            self._lose(document, "原件已损坏。 / The landed file is damaged.")
            return None
        return data

    def _lose(self, document: LandedDocument, message: str) -> None:
        path = self._home.landed(document.sha256)
        problem = FileProblem(document.path, "landed_file_lost", f"{document.path}：{message} ({path})")
        self.result.lost.append(problem)
        _log.error("landed file lost", extra={"file": document.path, "sha256": document.sha256})


def _read(data: bytes, path: str) -> Iterator[ParsedReport]:
    if path.lower().endswith(".jsonl"):
        yield from read_parsed_lines(data, path)
    else:
        yield from parse_bytes(data, path)
