"""The landing zone: every document as received, under its hash."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import rename, sync_file
from ogi.warehouse.home import Home


class LandingZone:
    """Takes contents in; may be used by several threads at once."""

    def __init__(self, home: Home) -> None:
        """Clear away what a crash left half written."""
        self._home = home
        for left in home.landing.glob("incoming*.tmp") if home.landing.is_dir() else []:
            with _writing(home):
                left.unlink()

    def has(self, sha256: str) -> bool:
        """Tell whether a document is there."""
        return self._home.landed(sha256).exists()

    def land(self, chunks: Iterable[bytes], check: Callable[[int], None] = lambda _: None) -> tuple[str, int]:
        """Keep a content that comes in pieces; return its hash and size.

        Args:
            chunks: the pieces; an error while they come goes on to the caller, and nothing lands.
            check: is given the size when all has come; if it raises, nothing lands.

        Raises:
            WarehouseError: the landing zone cannot be written.
        """
        digest = hashlib.sha256()
        size = 0
        temporary = self._home.landing / f"incoming-{uuid4().hex}.tmp"
        try:
            with _writing(self._home):
                self._home.landing.mkdir(exist_ok=True, parents=True)
                copy = temporary.open("wb", buffering=0)
            with copy:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    with _writing(self._home):
                        # The last room that a disk has may be taken without an error
                        if copy.write(chunk) != len(chunk):
                            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            check(size)
            self._keep(temporary, digest.hexdigest(), size)
        finally:
            # Where nothing may be written, this fails too, and must not take the place of the error that says so
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _keep(self, temporary: Path, sha256: str, size: int) -> None:
        with _writing(self._home):
            target = self._home.landed(sha256)
            if not target.exists() or target.stat().st_size != size:
                target.parent.mkdir(exist_ok=True)
                temporary.chmod(0o444)
                sync_file(temporary)
                rename(temporary, target)


@contextmanager
def _writing(home: Home) -> Iterator[None]:
    """Tell a full or broken disk of ours, which stops the run, from a file that cannot be read, which does not."""
    try:
        yield
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {home.landing}：{error.strerror}。", f"The landing zone cannot be written: {error}."
        ) from error
