"""Prefect's API server for one load, in a process that ends with the load, however that ends.

Prefect starts such a server itself if it knows of none. That one outlives a load that is killed and goes on holding
its database; and the load imports the whole server too, only to start it. This one watches its standard input: when the
load is gone, the pipe is closed, and the server ends. It listens on a port of the loopback that the load has opened for
it, so that the address is known before Prefect is imported, which is when Prefect reads it; behind a password of this
run.
"""

import os
import secrets
import selectors
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.settings import prefect_environment, use

_PATIENCE_SECONDS = 90
_STOP_SECONDS = 3
_MAX_DATABASE_BYTES = 64_000_000
_READY = b"ready\n"


class ServerFailed(Exception):
    """Prefect's server did not start; its log says why."""


@contextmanager
def prefect_server(home: Path) -> Iterator["Starting"]:
    """Start the server in the background and stop it in the end.

    `home` is Prefect's folder. It may be deleted or damaged: what a run needs is in OGI_HOME's own files.
    """
    starting = Starting(home)
    try:
        yield starting
    finally:
        starting.stop()


class Starting:
    """A server that is starting; importing Prefect meanwhile costs no time."""

    def __init__(self, home: Path) -> None:
        """Start it on a database that is sound, and make it the API of this process."""
        self._home = home
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._password = f"ogi:{secrets.token_urlsafe(24)}"
        if not _is_sound(home):
            _discard(home)
        use(
            {
                **prefect_environment(home),
                "PREFECT_API_URL": f"http://127.0.0.1:{self._listener.getsockname()[1]}/api",
                "PREFECT_API_AUTH_STRING": self._password,
            }
        )
        self._process = self._launch()

    def wait(self) -> None:
        """Wait until it answers.

        Raises:
            ServerFailed: it does not start, not even on a new database; the message is where its log is.
        """
        if not self._is_ready():
            self._end()
            _discard(self._home)
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
                [sys.executable, "-m", "flows.server", str(descriptor)],
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
        return is_there and bool(out.readline() == _READY)

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


def _is_sound(home: Path) -> bool:
    """Tell whether Prefect's database can be used, or made: whole, and not grown beyond reason."""
    database = home / "prefect.db"
    if not home.exists() or (home.is_dir() and not database.exists()):
        return True
    try:
        if database.stat().st_size > _MAX_DATABASE_BYTES:
            return False
        connection = sqlite3.connect(database)
        try:
            return connection.execute("pragma quick_check").fetchall() == [("ok",)]
        finally:
            connection.close()
    except (OSError, sqlite3.Error):
        return False


def _discard(home: Path) -> None:
    """Start over with an empty folder: it holds only Prefect's memory of former runs."""
    if home.is_dir() and not home.is_symlink():
        shutil.rmtree(home, ignore_errors=True)
    else:
        home.unlink(missing_ok=True)


def _serve(descriptor: int) -> None:
    """Run in the server's process until standard input is closed."""

    def end_with_the_load() -> None:
        while sys.stdin.buffer.read(1):
            pass
        os._exit(0)

    threading.Thread(target=end_with_the_load, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    class Server(uvicorn.Server):
        """Says when it answers."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                sys.stdout.buffer.write(_READY)
                sys.stdout.buffer.flush()

    config = uvicorn.Config(create_app(ephemeral=True), log_level="warning", lifespan="on")
    Server(config).run([socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
