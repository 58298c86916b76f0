"""Parse what has landed, a batch at a time: new documents at once, those that an older parser read within a budget."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from ogi.reports.model import ParsedReport, from_json
from ogi.reports.parse import PARSER_VERSION
from ogi.reports.worker import Task
from ogi.reports.workers import ParsedFile, ReadersNotStarted, Start, parse_files
from ogi.warehouse.batches import BatchWriter, clean_batches
from ogi.warehouse.compaction import merge_small_batches
from ogi.warehouse.errors import WarehouseError, may_pass
from ogi.warehouse.file_rows import FileRows, PartRows, as_landed
from ogi.warehouse.files import sha256_of
from ogi.warehouse.home import Home
from ogi.warehouse.intake import FileProblem
from ogi.warehouse.ledger import Ledger, Quarantined, open_ledger
from ogi.warehouse.lines import Part, cut, is_parsed_elsewhere, read_part, refused_part, reports_of
from ogi.warehouse.progress import track
from ogi.warehouse.queue import LandedDocument, ReadingQueue

BATCH_SIZE = 500
# polars, DuckDB and Prefect have threads running here, which a fork would copy in whatever state they are
START: Start = "forkserver"

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Parsing:
    """What was parsed in this run.

    `lost` are landed documents whose bytes are gone or damaged, `waiting` counts those to be read again on later nights.
    """

    documents: int = 0
    waiting: int = 0
    batches: list[str] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    lost: list[FileProblem] = field(default_factory=list)

    def add(self, later: "Parsing") -> None:
        """Take in what was parsed later in the same run."""
        self.documents += later.documents
        self.waiting = later.waiting
        self.batches += later.batches
        self.quarantined += later.quarantined
        self.lost += later.lost


def parse_landed(home: Home, again_seconds: float) -> Parsing:
    """Parse what is new, then again what a backfill or a newer parser wants read; a crash loses at most a batch.

    Args:
        home: where the documents are.
        again_seconds: how long to go on with documents that were read before; a document that was begun is finished.

    Raises:
        WarehouseError: the ledger cannot be used, or no process can be started to read.
    """
    return _parse(home, lambda queue: _in_turn(queue, again_seconds))


def parse_wanted(home: Home) -> Parsing:
    """Parse what is new, then all that a backfill wants read.

    Raises:
        WarehouseError: the ledger cannot be used, or no process can be started to read.
    """
    return _parse(home, lambda queue: chain(queue.new(), queue.wanted()))


def _parse(home: Home, choose: Callable[[ReadingQueue], Iterator[LandedDocument]]) -> Parsing:
    with open_ledger(home) as ledger:
        clean_batches(home, ledger)
        merge_small_batches(home, ledger)
        clean_batches(home, ledger)
        queue = ledger.queue
        total = queue.count_new() + queue.count_wanted()
        parser = _Parser(home, ledger)
        try:
            parser.parse(track(choose(queue), total or None, "解析 / parse"))
        except ReadersNotStarted as error:
            raise WarehouseError(*error.languages) from error
        parser.close()
        parser.result.waiting = queue.count_wanted() + queue.count_outdated(PARSER_VERSION)
    return parser.result


def _in_turn(queue: ReadingQueue, again_seconds: float) -> Iterator[LandedDocument]:
    yield from queue.new()
    until = time.monotonic() + again_seconds
    for document in chain(queue.wanted(), queue.outdated(PARSER_VERSION)):
        if time.monotonic() >= until:
            return
        yield document


@dataclass(frozen=True, slots=True)
class _Turn:
    """What a task was about: a document, or a part of it."""

    document: LandedDocument
    part: Part | None
    is_last: bool


@dataclass(slots=True)
class _InHand:
    """A document that is being read; a large one has a batch of its own."""

    document: LandedDocument
    rows: FileRows
    batch: BatchWriter | None = None
    seconds: float = 0.0


class _Parser:
    """Reads documents into batches of about `BATCH_SIZE` reports."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger
        self._batch: BatchWriter | None = None
        self.result = Parsing()

    def parse(self, documents: Iterable[LandedDocument]) -> None:
        """Read landed files in worker processes, whatever happens, and put their rows into batches in order."""
        turn: deque[_Turn] = deque()
        with closing(parse_files(self._tasks(documents, turn), os.cpu_count() or 1, START)) as files:
            in_hand: _InHand | None = None
            for file in files:
                now = turn.popleft()
                in_hand = in_hand or _InHand(now.document, FileRows(now.document, PARSER_VERSION))
                self._take(in_hand, now.part, file)
                if now.is_last:
                    self._finish(in_hand)
                    in_hand = None

    def _tasks(self, documents: Iterable[LandedDocument], turn: deque[_Turn]) -> Iterator[Task]:
        for document in documents:
            file = self._home.landed(document.sha256)
            parts = self._parts(document, file)
            for number, part in enumerate(parts, start=1):
                turn.append(_Turn(document, part, is_last=number == len(parts)))
                read = partial(read_part, file, part, document, PARSER_VERSION) if part else None
                yield Task(file, document.path, read=read)

    def _parts(self, document: LandedDocument, file: Path) -> list[Part | None]:
        """Return the parts in which a file is read, None for the whole; no part, and a problem, if it is not as it landed."""
        try:
            digest = sha256_of(file)
            parts: list[Part | None] = [*cut(file)] if is_parsed_elsewhere(document) else [None]
        except OSError as error:
            self._lose(
                document,
                f"原件无法读取：{error.strerror}。 / The landed file cannot be read: {error.strerror}.",
            )
            return []
        if digest != document.sha256:
            self._lose(document, "原件已损坏。 / The landed file is damaged.")
            return []
        return parts

    def _take(self, in_hand: _InHand, part: Part | None, file: ParsedFile) -> None:
        """Take what a document, or a part of it, gave."""
        document, rows = in_hand.document, in_hand.rows
        in_hand.seconds += file.seconds
        for failure in file.failures:
            _log.error("reader failed", extra={"file": document.path, "traceback": failure})
        try:
            if part is None or not isinstance(file.result, PartRows) or not rows.add_part(file.result):
                for text, parsed in self._reports(document, part, file):
                    rows.add(text, parsed)
                    self._write_part(in_hand)
            self._write_part(in_hand)
        except Exception as error:  # one document never stops the others
            if isinstance(error, OSError) or may_pass(error):  # which is no fault of the document
                raise
            _log.exception(
                "report cannot be stored", extra={"file": document.path, "sha256": document.sha256}
            )
            rows.fail(error)

    def _reports(
        self, document: LandedDocument, part: Part | None, file: ParsedFile
    ) -> Iterator[tuple[bytes, ParsedReport]]:
        """Return the reports that a task gave, or that its part of a file holds, where they must be added one by one.

        Each comes with its JSON.
        """
        given = [(report.json, from_json(report.json)) for report in file.reports]
        if part is None:
            return ((text, as_landed(parsed, document)) for text, parsed in given)
        landed = self._home.landed(document.sha256)
        if given:  # it killed its reader: it is not to be read here
            text, refusal = given[0]
            return iter([(text, refused_part(landed, part, document, refusal.problems[0]))])
        return reports_of(landed, part, document)

    def _write_part(self, in_hand: _InHand) -> None:
        """Write what a file of a batch's size has brought so far; it gets a batch of its own."""
        if in_hand.rows.reports >= BATCH_SIZE:
            in_hand.batch = in_hand.batch or self._fresh_batch()
            in_hand.batch.write_part(in_hand.rows)

    def _finish(self, in_hand: _InHand) -> None:
        """Put a document of which nothing more comes into a batch."""
        document, rows = in_hand.document, in_hand.rows
        quarantined = rows.finish()
        batch = in_hand.batch or self._batch_for(rows)
        batch.add(document, rows, quarantined)
        self.result.documents += 1
        self.result.quarantined += quarantined
        if in_hand.batch or len(batch.landed) >= BATCH_SIZE or batch.reports >= BATCH_SIZE:
            self.close()
        told = {"file": document.path, "sha256": document.sha256, "seconds": round(in_hand.seconds, 4)}
        _log.info("parsed", extra=told)

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

    def _lose(self, document: LandedDocument, message: str) -> None:
        path = self._home.landed(document.sha256)
        problem = FileProblem(document.path, "landed_file_lost", f"{document.path}：{message} ({path})")
        self.result.lost.append(problem)
        _log.error("landed file lost", extra={"file": document.path, "sha256": document.sha256})
