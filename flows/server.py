"""Prefect's API server in a process that ends with the one that needs it, however that ends.

Prefect starts such a server itself if it knows of none. That one outlives a load that is killed and goes on holding
its database; and the load imports the whole server too, only to start it. This one watches its standard input: when the
load is gone, the pipe is closed, and the server ends. It listens on a port of the loopback that was opened for it, so
that the address is known before Prefect is imported, which is when Prefect reads it; behind a password.
"""

import os
import secrets
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.prefect_home import discard, make_usable
from flows.server_process import READY
from flows.settings import prefect_environment, use

_PATIENCE_SECONDS = 90
_STOP_SECONDS = 3


class ServerFailed(Exception):
    """Prefect's server did not start; its log says why."""


@contextmanager
def prefect_server(
    home: Path, *, port: int = 0, password: str = "", releases: Path | None = None
) -> Iterator["Starting"]:
    """Start the server in the background and stop it in the end.

    Args:
        home: Prefect's folder. It may be deleted or damaged: what a run needs is in OGI_HOME's own files.
        port: where it listens; any free port if this one is 0 or taken.
        password: what it asks for; a new one if empty.
        releases: the folder of releases, for a server that keeps the schedule and shows it; None for one load.
    """
    starting = Starting(home, port, password or new_password(), releases)
    try:
        yield starting
    finally:
        starting.stop()


def new_password() -> str:
    """Make a password that nobody guesses, as user:password, the way Prefect takes it."""
    return f"ogi:{secrets.token_urlsafe(24)}"


class Starting:
    """A server that is starting; importing Prefect meanwhile costs no time."""

    def __init__(self, home: Path, port: int, password: str, releases: Path | None) -> None:
        """Start it on a database that is sound, and make it the API of this process."""
        self._home = home
        self._releases = releases
        self._password = password
        self._listener = _listen(port)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        make_usable(home)
        use(
            {
                **prefect_environment(home, is_schedule=releases is not None),
                "PREFECT_API_URL": f"{self.address}/api",
                "PREFECT_API_AUTH_STRING": password,
            }
        )
        self._process = self._launch()

    @property
    def is_running(self) -> bool:
        """Whether its process is alive."""
        return self._process.poll() is None

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            ServerFailed: it does not start, not even on a new database; the message is where its log is.
        """
        if not self._is_ready():
            self._end()
            discard(self._home)
            self._process = self._launch()
            if not self._is_ready():
                raise ServerFailed(str(self._home / "server.log"))
        # From now on a server that ends refuses connections, where an open port would leave callers waiting
        self._listener.close()

    def stop(self) -> None:
        """End the server and leave no process behind."""
        self._listener.close()
        self._end()

    def _launch(self) -> subprocess.Popen[bytes]:
        self._home.mkdir(parents=True, exist_ok=True)
        descriptor = self._listener.fileno()
        with (self._home / "server.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "flows.server_process", str(descriptor), str(self._releases or "")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, "PREFECT_SERVER_API_AUTH_STRING": self._password},
                pass_fds=[descriptor],
                # Ctrl-C is for the load, which then ends its server itself
                start_new_session=True,
            )

    def _is_ready(self) -> bool:
        """Wait for the server to say that it answers; False if it ended or takes too long."""
        out = self._process.stdout
        assert out is not None  # noqa: S101 - it was opened as a pipe
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            is_there = bool(selector.select(_PATIENCE_SECONDS))
        return is_there and bool(out.readline() == READY)

    def _end(self) -> None:
        process = self._process
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))
