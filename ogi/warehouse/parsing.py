"""Parse what has landed, a batch at a time: new documents at once, those that an older parser read within a budget."""

import hashlib
import logging
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import msgspec

from ogi.reports.hints import Hints, with_hints
from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport, Problem, from_json
from ogi.reports.parse import PARSER_VERSION
from ogi.reports.workers import ParsedFile, Start, parse_files
from ogi.warehouse.batches import BatchWriter, clean_batches
from ogi.warehouse.compaction import merge_small_batches
from ogi.warehouse.errors import may_pass
from ogi.warehouse.home import Home
from ogi.warehouse.intake import FileProblem
from ogi.warehouse.ledger import Ledger, Quarantined, open_ledger
from ogi.warehouse.progress import track
from ogi.warehouse.queue import LandedDocument, ReadingQueue
from ogi.warehouse.rows import FileRows

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
        WarehouseError: the ledger cannot be used.
    """
    return _parse(home, lambda queue: _in_turn(queue, again_seconds))


def parse_wanted(home: Home) -> Parsing:
    """Parse what is new, then all that a backfill wants read.

    Raises:
        WarehouseError: the ledger cannot be used.
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
        parser.parse(track(choose(queue), total or None, "解析 / parse"))
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


class _Parser:
    """Reads documents into batches of about `BATCH_SIZE` reports."""

    def __init__(self, home: Home, ledger: Ledger) -> None:
        self._home = home
        self._ledger = ledger
        self._batch: BatchWriter | None = None
        self.result = Parsing()

    def parse(self, documents: Iterable[LandedDocument]) -> None:
        """Read landed files in worker processes, whatever happens, and put their rows into batches in order."""
        # Reports that were parsed elsewhere are no work for a reader: they wait for their turn
        turn: deque[LandedDocument] = deque()
        with closing(parse_files(self._files(documents, turn), os.cpu_count() or 1, START)) as files:
            for file in files:
                while _is_parsed_elsewhere(turn[0]):
                    self._take_lines(turn.popleft())
                self._take_file(turn.popleft(), file)
        for document in turn:
            self._take_lines(document)

    def _files(
        self, documents: Iterable[LandedDocument], turn: deque[LandedDocument]
    ) -> Iterator[tuple[Path, str]]:
        for document in documents:
            if self._is_intact(document):
                turn.append(document)
                if not _is_parsed_elsewhere(document):
                    yield self._home.landed(document.sha256), document.path

    def _take_file(self, document: LandedDocument, file: ParsedFile) -> None:
        for failure in file.failures:
            _log.error("reader failed", extra={"file": file.path, "traceback": failure})
        self._take(document, (from_json(report.json) for report in file.reports))
        _log.info("parsed", extra={"file": file.path, "sha256": document.sha256, "seconds": file.seconds})

    def _take_lines(self, document: LandedDocument) -> None:
        data = self._home.landed(document.sha256).read_bytes()
        self._take(document, read_parsed_lines(data, document.path))
        _log.info("taken over", extra={"file": document.path, "sha256": document.sha256})

    def _take(self, document: LandedDocument, reports: Iterable[ParsedReport]) -> None:
        """Put what one file gave into a batch."""
        rows = FileRows(document, PARSER_VERSION)
        hints = Hints(document.district, document.agency)
        parts: BatchWriter | None = None
        try:
            for parsed in reports:
                rows.add(_with_page(with_hints(parsed, hints), document.page_url))
                if len(rows.rows["report"]) >= BATCH_SIZE:
                    # A file of its own size gets a batch of its own, written in parts as it is read
                    parts = parts or self._fresh_batch()
                    parts.write_part(rows)
        except Exception as error:  # one document never stops the others
            if may_pass(error):  # a full disk is no fault of the document
                raise
            _log.exception(
                "report cannot be stored", extra={"file": document.path, "sha256": document.sha256}
            )
            rows.fail(error)
        quarantined = rows.finish()
        batch = parts or self._batch_for(rows)
        batch.add(document, rows, quarantined)
        self.result.documents += 1
        self.result.quarantined += quarantined
        if parts or len(batch.landed) >= BATCH_SIZE or batch.reports >= BATCH_SIZE:
            self.close()

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

    def _is_intact(self, document: LandedDocument) -> bool:
        """Tell whether a document is still there as it landed; add a problem if not."""
        try:
            with self._home.landed(document.sha256).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self._lose(
                document,
                f"原件无法读取：{error.strerror}。 / The landed file cannot be read: {error.strerror}.",
            )
            return False
        if digest != document.sha256:
            self._lose(document, "原件已损坏。 / The landed file is damaged.")
        return digest == document.sha256

    def _lose(self, document: LandedDocument, message: str) -> None:
        path = self._home.landed(document.sha256)
        problem = FileProblem(document.path, "landed_file_lost", f"{document.path}：{message} ({path})")
        self.result.lost.append(problem)
        _log.error("landed file lost", extra={"file": document.path, "sha256": document.sha256})


def _with_page(parsed: ParsedReport, page_url: str | None) -> ParsedReport:
    """Say of which page a document was an attachment."""
    if page_url is None:
        return parsed
    message = f"此文档是网页 {page_url} 的附件。 / It was attached to that page."
    found = Problem("found_as_attachment", "notice", message)
    return msgspec.structs.replace(parsed, problems=[*parsed.problems, found])


def _is_parsed_elsewhere(document: LandedDocument) -> bool:
    return document.path.lower().endswith(".jsonl")
