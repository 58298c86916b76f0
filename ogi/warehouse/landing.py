"""Take in: find the files of an inbox, and keep each new content in the landing zone under its hash."""

import datetime as dt
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ogi.documents.files import printable
from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import rename, sync_file
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import LandedDocument, Ledger, SeenFile, open_ledger
from ogi.warehouse.progress import track
from ogi.warehouse.rosters import ROSTERS

_CHUNK = 1 << 20
_COMMIT_EVERY = 200
# A file written a moment ago may be written again within the same tick of its clock: it is read again next time
_FRESH = dt.timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A file of the inbox that could not be taken in, and why."""

    path: str
    code: str
    message: str


@dataclass(slots=True)
class Intake:
    """What an inbox held, in files: `seen` = `new` + `unchanged` + the problems.

    `new` counts contents that had not landed before; a copy of a known content under another name is `unchanged`.
    """

    at: dt.datetime
    new: int = 0
    unchanged: int = 0
    problems: list[FileProblem] = field(default_factory=list)

    @property
    def seen(self) -> int:
        """How many files there were."""
        return self.new + self.unchanged + len(self.problems)


class _CannotTakeIn(Exception):
    """A file cannot be read; the message is Chinese first."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def take_in(home: Home, inbox: Path) -> Intake:
    """Take in what is new in an inbox; what cannot be read is a problem of that file and stops no other.

    Raises:
        WarehouseError: the inbox is not a folder that can be read, or the landing zone cannot be written.
    """
    if not inbox.is_dir():
        raise WarehouseError(f"收件箱不存在或不是文件夹：{inbox}。", f"The inbox is not a folder: {inbox}.")
    root = inbox.resolve()
    if root == home.root.resolve():
        raise WarehouseError("收件箱不能就是 OGI_HOME。", f"The inbox cannot be OGI_HOME itself: {inbox}.")
    try:
        paths = list(_walk(root, home.root.resolve()))
    except OSError as error:
        raise WarehouseError(
            f"收件箱无法读取：{error.strerror}。", f"The inbox cannot be read: {error}."
        ) from error
    with open_ledger(home) as ledger:
        return _Taker(home, root, ledger).take(paths)


def _walk(root: Path, ignored: Path) -> Iterator[Path]:
    """Yield the documents below a folder in a fixed order, without hidden and temporary files, OGI_HOME and the roster.

    A folder that cannot be listed is yielded itself, so that it becomes a problem.
    """
    unlisted: list[Path] = []

    def fail(error: OSError) -> None:
        if Path(error.filename) == root:
            raise error
        unlisted.append(Path(error.filename))

    for folder, folders, names in os.walk(root, onerror=fail):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_ignored(name) and here / name != ignored)
        # os.walk does not enter links to folders: they go the way of files, to be judged there
        links = [name for name in folders if (here / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not _is_ignored(name) and here / name != root / ROSTERS:
                yield here / name
    yield from unlisted


def _is_ignored(name: str) -> bool:
    """Hidden files, and the temporary files of word processors."""
    return name.startswith((".", "~$"))


class _Taker:
    """One pass over an inbox; writes to the ledger now and then, so that a crash costs little."""

    def __init__(self, home: Home, root: Path, ledger: Ledger) -> None:
        self._home = home
        self._root = root
        self._ledger = ledger
        self._intake = Intake(now())
        self._files: list[SeenFile] = []
        self._documents: dict[str, LandedDocument] = {}

    def take(self, paths: list[Path]) -> Intake:
        for path in track(paths, len(paths), "收件 / take in"):
            self._take_one(path)
            if len(self._files) >= _COMMIT_EVERY:
                self._commit()
        self._commit()
        return self._intake

    def _take_one(self, path: Path) -> None:
        try:
            file = self._find(path)
            if file is None:  # a link to a folder of the inbox, whose files are seen where they are
                return
            seen = self._read(path, *file)
        except _CannotTakeIn as error:
            self._problem(path, error.code, str(error))
        except FileNotFoundError:
            self._problem(
                path, "file_vanished", "文件在读取前消失了。 / The file was gone before it was read."
            )
        except OSError as error:
            self._problem(
                path,
                "file_unreadable",
                f"文件无法读取：{error.strerror}。 / The file cannot be read: {error.strerror}.",
            )
        else:
            self._files.append(seen)

    def _problem(self, path: Path, code: str, message: str) -> None:
        shown = printable(path.relative_to(self._root))
        self._intake.problems.append(FileProblem(shown, code, f"{shown}：{message}"))

    def _find(self, path: Path) -> tuple[Path, os.stat_result] | None:
        """Follow a link within the inbox and refuse what is no file of it; None for a linked folder."""
        actual = path
        if path.is_symlink():
            # Unlike Path.resolve, this reports a loop of links as the OSError it is on every Python
            actual = Path(os.path.realpath(path, strict=True))
            if not actual.is_relative_to(self._root):
                raise _CannotTakeIn(
                    "link_leaves_inbox",
                    "链接指向收件箱以外，未读取。 / A link out of the inbox; not followed.",
                )
            if actual.is_dir():
                return None
        status = actual.stat()
        if stat.S_ISDIR(status.st_mode):
            raise PermissionError(0, "文件夹无法打开 / folder cannot be listed")
        if not stat.S_ISREG(status.st_mode):
            raise _CannotTakeIn("not_a_file", "不是普通文件，未读取。 / Not a regular file; skipped.")
        return actual, status

    def _read(self, path: Path, actual: Path, status: os.stat_result) -> SeenFile:
        """Land a file's content unless it is known, and count the file."""
        key = printable(path)
        known = self._ledger.seen_file(key)
        if (
            known
            and (known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns)
            and self._home.landed(known.sha256).exists()
        ):
            self._intake.unchanged += 1
            return known
        sha256, size = self._land(actual, status)
        if sha256 in self._documents or self._ledger.has_document(sha256):
            self._intake.unchanged += 1
        else:
            shown = printable(path.relative_to(self._root))
            self._documents[sha256] = LandedDocument(sha256, shown, size, self._intake.at)
            self._intake.new += 1
        modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
        is_fresh = now() - modified < _FRESH
        return SeenFile(key, size, 0 if is_fresh else status.st_mtime_ns, sha256)

    def _land(self, path: Path, before: os.stat_result) -> tuple[str, int]:
        """Copy a file into the landing zone under its hash; return the hash and the size."""
        digest = hashlib.sha256()
        size = 0
        temporary = self._home.landing / "incoming.tmp"
        with path.open("rb") as source:
            with _writing(self._home):
                self._home.landing.mkdir(exist_ok=True)
                copy = temporary.open("wb", buffering=_CHUNK)
            with copy:
                while chunk := source.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    with _writing(self._home):
                        copy.write(chunk)
                        copy.flush()
            after = os.fstat(source.fileno())
        if (size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            raise _CannotTakeIn(
                "file_changing",
                "文件正在写入，下次再读。 / The file is still being written; left for the next run.",
            )
        with _writing(self._home):
            target = self._home.landed(digest.hexdigest())
            if not target.exists() or target.stat().st_size != size:
                target.parent.mkdir(exist_ok=True)
                temporary.chmod(0o444)
                sync_file(temporary)
                rename(temporary, target)
            temporary.unlink(missing_ok=True)
        return digest.hexdigest(), size

    def _commit(self) -> None:
        self._ledger.record_intake(self._files, list(self._documents.values()), self._intake.at)
        self._files.clear()
        self._documents.clear()


@contextmanager
def _writing(home: Home) -> Iterator[None]:
    """Tell a full or broken disk of ours, which stops the run, from a file that cannot be read, which does not."""
    try:
        yield
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {home.landing}：{error.strerror}。", f"The landing zone cannot be written: {error}."
        ) from error
