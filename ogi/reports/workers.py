"""Documents read by worker processes: what kills a reader or holds it up costs one document."""

import errno
import gc
import selectors
import signal
import time
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Literal

import msgspec

from ogi.documents.archive import FoundDocument
from ogi.documents.files import refused_file
from ogi.documents.limits import MAX_WAITING_SECONDS, over_limit
from ogi.documents.model import UnreadableDocument
from ogi.reports.parse import prepare, refused_report
from ogi.reports.worker import Begun, Done, Encoded, Ended, Message, Messages, Ready, Task, encode, serve

# A worker has the next file at hand while it reads one
_QUEUE = 2
# How many tasks may be done ahead of the one whose turn it is: what they gave waits in memory
_AHEAD = 50
_SECONDS_TO_GO = 2.0
# So many processes in a row may end before they read anything: one is killed now and then where memory is short
_FAILED_STARTS = 3

# `fork` starts at once but only where no threads run; `forkserver` costs a start of Python, then as little
Start = Literal["fork", "forkserver"]


class ReadersNotStarted(OSError):
    """Worker processes end before they read anything, or are not to be had: no document is to blame."""

    def __init__(self, why: str) -> None:
        """Say what became of them; it may go better in some minutes."""
        self.languages = (
            f"读取进程无法启动（{why}），其余文件未读取；请检查内存是否足够、安装是否完整，再重新运行。",
            f"The process that reads files cannot start ({why}), and what is left was not read: see whether there is"
            " memory and the installation is whole, and run again.",
        )
        super().__init__(errno.EAGAIN, " / ".join(self.languages))

    def __str__(self) -> str:
        """Leave out the number of the error."""
        return str(self.strerror)


@dataclass(slots=True)
class ParsedFile:
    """The reports of one task in the order of its documents; `failures` are tracebacks of our own faults.

    `result` is what the task's own `read` returned (None if it failed), `done` counts the documents that were read,
    `seconds` what the last worker took.
    """

    task: Task
    reports: list[Encoded] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    result: object = None
    done: int = 0
    seconds: float = 0.0

    @property
    def rest(self) -> Task:
        """What is left to read of it."""
        return msgspec.structs.replace(self.task, skip=self.done)


def parse_files(tasks: Iterable[Task], jobs: int, start: Start = "fork") -> Generator[ParsedFile, None, None]:
    """Read files in `jobs` processes and yield what they gave, in the order given; nothing is raised for their content.

    Args:
        tasks: what to read, and the name that messages and sources give it; taken one by one as there is room.
        jobs: how many processes.
        start: how to start them.

    Raises:
        ReadersNotStarted: no process can be started, or each ends before it reads anything.
    """
    pool = _Pool(jobs, start)
    coming = iter(tasks)
    turn: deque[ParsedFile] = deque()
    try:
        while True:
            while len(turn) < _AHEAD * jobs and pool.has_room() and (one := next(coming, None)):
                turn.append(ParsedFile(one))
                pool.give(turn[-1])
            if not turn:
                return
            if pool.holds(turn[0]):
                pool.listen()
            else:
                yield turn.popleft()
    finally:
        pool.close()


class _Worker:
    """One process and the files it was given; it reads the first of them."""

    def __init__(self, start: Start, others: list[Connection]) -> None:
        context = get_context("fork") if start == "fork" else get_context("forkserver")
        self.connection, theirs = context.Pipe()
        inherited = [*others, self.connection] if start == "fork" else []
        self.process: BaseProcess = context.Process(target=serve, args=(theirs, inherited), daemon=True)
        self.process.start()
        theirs.close()
        self.files: deque[ParsedFile] = deque()
        self.is_ready = False
        self.is_busy = False
        self.begun: Begun | None = None
        self.heard_at = time.monotonic()

    def give(self, file: ParsedFile) -> None:
        if not self.files:
            self.heard_at = time.monotonic()
            self.is_busy = True
        self.files.append(file)
        with suppress(OSError):  # it has died: the end of its connection says so when it is listened to
            self.connection.send(file.rest)

    def stop(self) -> int | None:
        """End the process, gently first; return how it ended. One that waits for work goes by itself."""
        self.connection.close()
        if self.is_busy:
            self.process.terminate()
        self.process.join(_SECONDS_TO_GO)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        return self.process.exitcode


class _Pool:
    def __init__(self, jobs: int, start: Start) -> None:
        self._jobs = jobs
        self._start = start
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        # One that stays, because messages are many; it has no file of its own that a fork would copy
        self._selector = selectors.PollSelector()
        if start == "forkserver":
            get_context("forkserver").set_forkserver_preload([serve.__module__])
        else:
            prepare()
            gc.freeze()  # what is shared stays shared: the workers' collections do not touch it

    def has_room(self) -> bool:
        return len(self._workers) < self._jobs or any(len(w.files) < _QUEUE for w in self._workers)

    def holds(self, file: ParsedFile) -> bool:
        return any(file is given for worker in self._workers for given in worker.files)

    def give(self, file: ParsedFile) -> None:
        worker = min(self._workers, key=lambda w: len(w.files), default=None)
        if worker is None or (worker.files and len(self._workers) < self._jobs):
            try:
                worker = _Worker(self._start, [w.connection for w in self._workers])
            except (EOFError, OSError) as error:  # no fork, or the one that forks for us has died of it
                raise ReadersNotStarted(str(error) or type(error).__name__) from error
            self._workers.append(worker)
            self._selector.register(worker.connection, selectors.EVENT_READ, worker)
        worker.give(file)

    def listen(self) -> None:
        """Wait until a worker says something, or has said nothing for too long."""
        deadline = min(w.heard_at for w in self._workers if w.files) + MAX_WAITING_SECONDS
        ready = [key.data for key, _ in self._selector.select(max(0.0, deadline - time.monotonic()))]
        for worker in ready:
            self._hear(worker)
        for worker in [w for w in self._workers if w.files and w not in ready]:
            if time.monotonic() - worker.heard_at > MAX_WAITING_SECONDS:
                self._replace(worker, over_limit("MAX_WAITING_SECONDS"))

    def _hear(self, worker: _Worker) -> None:
        try:
            messages: Messages = worker.connection.recv()
        except (EOFError, OSError):
            if worker.files:
                self._replace(worker, None)
            else:
                self._dismiss(worker)
            return
        worker.heard_at = time.monotonic()
        for message in messages:
            self._take(worker, message)

    def _take(self, worker: _Worker, message: Message) -> None:
        if isinstance(message, Ready):
            worker.is_ready = True
            self._failed_starts = 0
            return
        file = worker.files[0]
        if isinstance(message, Begun):
            worker.begun = message
        elif isinstance(message, Done):
            worker.begun = None
            file.done += 1
            file.reports += message.reports
            file.failures += [message.failure] if message.failure else []
            file.result = message.result
        elif isinstance(message, Ended):
            worker.files.popleft().seconds = message.seconds
            worker.is_busy = bool(worker.files)
            if message.is_last:
                self._dismiss(worker)

    def _replace(self, worker: _Worker, refusal: UnreadableDocument | None) -> None:
        """Put the document down that killed or blocked its worker, and have another read what is left.

        Raises:
            ReadersNotStarted: it was no document, for the worker had not even started, nor had those before it.
        """
        if not worker.is_ready:
            self._start_again(worker)
            return
        file, begun = worker.files[0], worker.begun
        if begun is None:  # a plain file, or an archive that was not even opened: nothing is left of it
            worker.files.popleft()
        exit_code = self._dismiss(worker)
        if exit_code == -signal.SIGXCPU:
            refusal = over_limit("MAX_SECONDS")
        refusal = refusal or _crashed(exit_code)
        if begun is None:
            found = refused_file(file.task.file, file.task.path, refusal)
        else:
            found = FoundDocument(begun.path, b"", begun.sha256, begun.size, refusal)
        file.reports.append(encode(refused_report(found, refusal)))

    def _start_again(self, worker: _Worker) -> None:
        """Give what one was to read, who never came to it, to another."""
        self._failed_starts += 1
        if self._failed_starts < _FAILED_STARTS:
            self._dismiss(worker)
        else:
            raise ReadersNotStarted(f"退出码 / exit code {self._end(worker)}")

    def _dismiss(self, worker: _Worker) -> int | None:
        """End a worker and give what it had to others; a document that it had begun counts as done."""
        if worker.begun is not None:
            worker.files[0].done += 1
        exit_code = self._end(worker)
        for file in worker.files:
            self.give(file)
        return exit_code

    def _end(self, worker: _Worker) -> int | None:
        """End a worker; return how it ended."""
        self._workers.remove(worker)
        self._selector.unregister(worker.connection)
        return worker.stop()

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()


def _crashed(exit_code: int | None) -> UnreadableDocument:
    return UnreadableDocument(
        "reader_crashed",
        f"读取程序崩溃（退出码 {exit_code}），其他文件不受影响；请报告此文件。"
        f" / The reader crashed over it (exit code {exit_code}); no other file is affected. Report this file.",
    )
