"""OGI_HOME: the one folder that holds everything a run keeps, and the lock that lets one writer in."""

import datetime as dt
import getpass
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ogi.warehouse.errors import WarehouseError

DATABASE = "warehouse.duckdb"


@dataclass(frozen=True, slots=True)
class Home:
    """The paths under OGI_HOME; `root` is absolute."""

    root: Path

    @property
    def landing(self) -> Path:
        """Every document as received, at `ab/<sha256>`."""
        return self.root / "landing"

    @property
    def ledger(self) -> Path:
        """The memory of the intake."""
        return self.root / "ledger.sqlite"

    @property
    def parsed(self) -> Path:
        """Parsed documents, one folder a batch."""
        return self.root / "parsed"

    @property
    def builds(self) -> Path:
        """Builds in progress, and the last ones that failed."""
        return self.root / "builds"

    @property
    def releases(self) -> Path:
        """What was published, one folder a release."""
        return self.root / "releases"

    @property
    def exports(self) -> Path:
        """The marts of the releases as files, one folder a release."""
        return self.root / "exports"

    @property
    def warehouse(self) -> Path:
        """The link to the published database."""
        return self.root / DATABASE

    @property
    def prefect(self) -> Path:
        """What Prefect keeps; may be deleted at any time."""
        return self.root / "prefect"

    @property
    def run_log(self) -> Path:
        """What happened, as JSON lines."""
        return self.root / "run.log"

    def landed(self, sha256: str) -> Path:
        """Return where a document with this hash is kept."""
        return self.landing / sha256[:2] / sha256

    def current_release(self) -> str | None:
        """Return the id of the release that the link points to, or None if nothing is published."""
        try:
            target = self.warehouse.readlink()
        except OSError:
            return None
        return target.parent.name if (self.root / target).is_file() else None


@contextmanager
def one_writer(home: Home, patience_seconds: float = 0) -> Iterator[None]:
    """Hold the lock of OGI_HOME; the system gives it back when the process ends, however it ends.

    Args:
        home: OGI_HOME.
        patience_seconds: how long to wait for another process that holds it.

    Raises:
        WarehouseError: another process holds it, or the folder cannot be written.
    """
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home.root / "load.lock")
        lock.acquire(timeout=patience_seconds, poll_interval=0.5)
    except Timeout:
        holder = _holder(home)
        raise WarehouseError(
            f"另一个进程正在写入 {home.root}{holder}，请等它结束后再运行。",
            f"Another process is writing there{holder}: wait until it has finished.",
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"无法写入 OGI_HOME（{home.root}）：{error.strerror}。", f"OGI_HOME cannot be written: {error}."
        ) from error
    try:
        with suppress(OSError):  # on a full disk the lock holds all the same
            _say_who_holds(home)
        yield
    finally:
        holder_file(home).unlink(missing_ok=True)
        lock.release()


def _say_who_holds(home: Home) -> None:
    holder_file(home).write_text(
        json.dumps(
            {
                "pid": os.getpid(),
                "user": system_user(),
                "host": socket.gethostname(),
                "since": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )


def holder_file(home: Home) -> Path:
    """Return where the holder of the lock says who it is."""
    return home.root / "load.holder.json"


def _holder(home: Home) -> str:
    """Say who holds the lock; '' in the instant before the holder has written it down."""
    try:
        holder = json.loads(holder_file(home).read_text(encoding="utf-8"))
        return f"（PID {holder['pid']}, {holder['user']}@{holder['host']}, {holder['since']}）"
    except (OSError, ValueError, KeyError):
        return ""


def system_user() -> str:
    """Return the name of the user that this process runs as."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user without an entry
        return f"uid {os.getuid()}"
