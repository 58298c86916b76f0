"""Loads in processes that may be killed: the true command, or a fork of a process that has imported the tools already.

The fork runs the flow that the command runs, under the same lock and log; it saves the seconds in which Python imports
Prefect, dbt and Great Expectations and Prefect's server starts: all forks share one.
"""

import datetime as dt
import logging
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import SimpleNamespace

from flows.server import prefect_server
from ogi.project import project_root
from ogi.settings.model import Settings
from ogi.warehouse import clock
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home, one_writer
from ogi.warehouse.runlog import start_run_log

_NONE = dt.timedelta(0)
_TOOLS = ["flows.nightly", "ogi.warehouse.audit", "dbt.cli.main", "dbt.adapters.duckdb", "great_expectations"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a load ended that was not killed: `error` says why nothing was published."""

    published: str | None
    error: str | None
    peak_bytes: int
    seconds: float


class ForkedLoad:
    """A load in a fork."""

    def __init__(
        self, home: Path, inbox: Path, *, is_full_refresh: bool = False, later: dt.timedelta = _NONE
    ) -> None:
        """Start it; its clock is `later` than the machine's."""
        context = get_context("forkserver")
        context.set_forkserver_preload(_TOOLS)
        self._answer, theirs = context.Pipe(duplex=False)
        self._process: ForkServerProcess = context.Process(
            target=_load, args=(theirs, home, inbox, is_full_refresh, later)
        )
        self._process.start()
        theirs.close()

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._process.exitcode

    def kill(self) -> str | None:
        """Kill it as `kill -9` does; return why it had failed by itself before, if it had."""
        self._process.kill()
        self._process.join()
        try:
            return self._answer.recv().error if self._answer.poll() else None
        except EOFError:
            return None if self._process.exitcode == -signal.SIGKILL else f"exit {self._process.exitcode}"

    def finish(self) -> Outcome:
        """Wait for its end.

        Raises:
            EOFError: it ended without a word.
        """
        outcome: Outcome = self._answer.recv()
        self._process.join()
        return outcome


class CommandLoad:
    """A load by the command itself."""

    def __init__(self, home: Path, inbox: Path) -> None:
        """Start it."""
        self._process = start_ogi(home, "load", str(inbox))

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return self._process.poll()

    def kill(self) -> str | None:
        """Kill it as `kill -9` does; return why it had failed by itself before, if it had."""
        self._process.kill()
        _, error = self._process.communicate()
        return error if self._process.returncode not in (0, -signal.SIGKILL) else None


@contextmanager
def forked_loads(scratch: Path) -> Iterator[None]:
    """Have Prefect's server run for all the forks; no fork may have started before."""
    with prefect_server(scratch / "prefect") as server:
        server.wait()
        yield


def start_ogi(
    home: Path, *arguments: str, code: str = "from ogi.cli import main; main()"
) -> "subprocess.Popen[str]":
    """Start the command `ogi`; `code` is what the process runs, where a test must bring a fault into it."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=project_root(),
        env={**os.environ, "OGI_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def set_clock(later: dt.timedelta) -> None:
    """Put the clock of the warehouse in this process forward, or back."""

    class Moved(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.now(tz) + later

    clock.dt = SimpleNamespace(datetime=Moved, UTC=dt.UTC, timedelta=dt.timedelta)  # type: ignore[assignment]


def _load(answer: Connection, root: Path, inbox: Path, is_full_refresh: bool, later: dt.timedelta) -> None:
    """Run one load in the fork, as `flows.start` does, and say how it ended."""
    from flows.nightly import nightly

    started = time.monotonic()
    set_clock(later)
    # Prefect, imported before our log was there, put its own on the terminal
    logging.getLogger().handlers.clear()
    home = Home(root)
    published = error = None
    try:
        with one_writer(home):
            start_run_log(home)
            published = nightly(Settings(home=root), inbox, is_full_refresh).published
    except WarehouseError as reason:
        error = str(reason)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    answer.send(Outcome(published, error, peak, time.monotonic() - started))
