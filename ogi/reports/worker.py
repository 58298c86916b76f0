"""The process that reads documents on behalf of another, so that a reader's crash, hang or hunger is its own."""

import math
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from ogi.documents.archive import FoundDocument
from ogi.documents.files import documents_of
from ogi.documents.limits import MAX_SECONDS, over_limit
from ogi.documents.memory import Memory
from ogi.documents.model import UnreadableDocument
from ogi.documents.progress import listen
from ogi.reports.model import ParsedReport, to_json
from ogi.reports.parse import parse_found, refused_report

# Shares of the memory that a worker may have: with that much it goes, because little comes back to the next document;
# with that much a library that failed over a document failed for want of memory
_MUCH, _ALL = 0.45, 0.9


class Task(msgspec.Struct, frozen=True):
    """A file to read under the name `path`; `skip` documents of it are done already.

    `read` stands in for reading documents, where a file has none: what it returns comes back as it is, and nothing where
    it raises. The whole of it is one step, of which nothing can be skipped.
    """

    file: Path
    path: str
    skip: int = 0
    read: Callable[[], object] | None = None


class Ready(msgspec.Struct, frozen=True):
    """The worker has started; what ends it from now on comes from what it reads."""


class Begun(msgspec.Struct, frozen=True):
    """The worker has opened a member of an archive and will read it now; a plain file begins by itself."""

    path: str
    sha256: str
    size: int


class Encoded(msgspec.Struct, frozen=True):
    """A parsed report as its line of JSON; `is_report` is false where the document gave none."""

    json: bytes
    is_report: bool


class Done(msgspec.Struct, frozen=True):
    """The worker has read the document; `failure` is the traceback where ours is the fault.

    `result` is what the task's own `read` returned.
    """

    reports: list[Encoded]
    failure: str | None = None
    result: object = None


class Step(msgspec.Struct, frozen=True):
    """The document is long and moves on."""


class Ended(msgspec.Struct, frozen=True):
    """The file has no more documents; where `is_last`, the worker goes, and another must take its place."""

    is_last: bool
    seconds: float


Message = Ready | Begun | Step | Done | Ended
# Sent in one go, because each costs both processes some time
Messages = tuple[Message, ...]


def serve(connection: Connection, inherited: Iterable[Connection]) -> None:
    """Read the files that come through a connection until it is closed at the other end.

    `inherited` are the ends that a fork copied here; while they are open, no other worker would see its own closed.
    """
    for other in inherited:
        other.close()
    _confine()
    memory = Memory()
    listen(lambda: _step(connection))
    with suppress(OSError):  # it was not needed after all
        connection.send((Ready(),))
    while True:
        try:
            task: Task = connection.recv()
            is_last = _read(task, connection, memory)
        except (EOFError, OSError):
            return
        if is_last:
            return


def encode(report: ParsedReport) -> Encoded:
    """Write a report as it goes to the other process, to a file and to the terminal."""
    return Encoded(to_json(report), report.report is not None)


def _read(task: Task, connection: Connection, memory: Memory) -> bool:
    """Read what is left of a file; return whether this worker has taken so much memory that it should go."""
    _allow_seconds()
    started = time.monotonic()
    last = _read_documents(task, connection, memory) if task.read is None else (_call(task.read),)
    ended = Ended(memory.share_used() > _MUCH, round(time.monotonic() - started, 4))
    connection.send((*last, ended))
    return ended.is_last


def _read_documents(task: Task, connection: Connection, memory: Memory) -> Messages:
    """Read and send the members of an archive one by one; return what a plain file gives, to go with its end."""
    of_file: Messages = ()
    for number, found in enumerate(documents_of(task.file, task.path)):
        if number < task.skip:
            continue
        if found.path == task.path:
            of_file = (_parse(found, memory),)
        else:
            connection.send((Begun(found.path, found.sha256, found.size),))
            connection.send((_parse(found, memory),))
            _allow_seconds()
    return of_file


def _call(read: Callable[[], object]) -> Done:
    try:
        return Done([], result=read())
    except Exception:
        return Done([], traceback.format_exc())


def _parse(found: FoundDocument, memory: Memory) -> Done:
    try:
        reports = parse_found(found)
        if memory.share_used() > _ALL and not any(report.report for report in reports):
            # A library that got no more memory says anything but that
            reports = [refused_report(found, over_limit("MAX_MEMORY_BYTES"))]
        return Done([encode(report) for report in reports])
    except Exception as error:  # one document never stops the others
        refusal = UnreadableDocument(
            "reader_failed",
            f"读取程序出错（{type(error).__name__}），请报告此文件。"
            f" / The reader failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}",
        )
        return Done([encode(refused_report(found, refusal))], traceback.format_exc())


def _step(connection: Connection) -> None:
    connection.send((Step(),))
    _allow_seconds()


def _allow_seconds() -> None:
    """Have the system end this process (SIGXCPU) when it has worked for `MAX_SECONDS` from now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = math.ceil(used.ru_utime + used.ru_stime) + MAX_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))


def _confine() -> None:
    """Leave no dumps of memory, leave Ctrl-C to the one that started it, and keep libraries from the terminal."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An orderly end, so that temporary folders go with it
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
