"""Folders as sources: find the files, and land those that are new."""

import datetime as dt
import os
import stat
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ogi.documents.files import printable
from ogi.warehouse.clock import now
from ogi.warehouse.errors import NotThere
from ogi.warehouse.home import Home
from ogi.warehouse.intake import FileProblem, Intake
from ogi.warehouse.landing import LandingZone
from ogi.warehouse.ledger import Ledger, Origin, SeenFile
from ogi.warehouse.progress import track
from ogi.warehouse.queue import LandedDocument
from ogi.warehouse.rosters import ROSTERS

_CHUNK = 1 << 20
_COMMIT_EVERY = 200
# To put a file on the disk is mostly to wait for it: several are landed at once, and some more wait for their turn
_LANDED_AT_ONCE = 4
_COMING = 16
# A file written a moment ago may be written again within the same tick of its clock: it is read again next time
_FRESH = dt.timedelta(seconds=2)


class _CannotTakeIn(Exception):
    """A file cannot be read; the message is Chinese first."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def take_in_folder(home: Home, folder: Path, ledger: Ledger, intake: Intake, origin: Origin) -> None:
    """Take in what is new in a folder; what cannot be read is a problem of that file and stops no other.

    Args:
        home: the OGI_HOME to take it into.
        folder: it is searched with its subfolders.
        ledger: the memory of what was seen.
        intake: counts and problems are added to it.
        origin: the source that the folder is.

    Raises:
        FolderUnreadable: the folder is none, or cannot be read.
        WarehouseError: the landing zone cannot be written.
    """
    paths = find_files(home, folder)
    if not paths and origin.source and (before := ledger.count_files(origin.source)):
        # Where nothing is mounted, the mount point is an empty folder
        raise FolderUnreadable(
            f"文件夹 {folder} 是空的，而以前见过 {before} 个文件；请检查共享是否已挂载。",
            f"It is empty, and held {before} files before: check that the share is mounted.",
        )
    take_files(home, folder, paths, ledger, intake, origin)


def find_files(home: Home, folder: Path) -> list[Path]:
    """List the files of a folder in a fixed order, without hidden and temporary ones and without OGI_HOME.

    Raises:
        FolderUnreadable: the folder is none, or cannot be read.
    """
    if not folder.is_dir():
        raise FolderUnreadable(
            f"收件箱不存在或不是文件夹：{folder}；请在命令中写出收件箱，或在设置里写 [[source]]。",
            f"The inbox is not a folder: {folder}. Name it in the command, or a [[source]] in the settings.",
        )
    root = folder.resolve()
    if root == home.root.resolve():
        raise FolderUnreadable("收件箱不能就是 OGI_HOME。", f"The inbox cannot be OGI_HOME itself: {folder}.")
    try:
        return list(_walk(root, home.root.resolve()))
    except OSError as error:
        raise FolderUnreadable(
            f"收件箱无法读取：{error.strerror}。", f"The inbox cannot be read: {error}."
        ) from error


def take_files(
    home: Home, folder: Path, paths: list[Path], ledger: Ledger, intake: Intake, origin: Origin
) -> None:
    """Take in what is new among these files of a folder, as `take_in_folder` does.

    Raises:
        WarehouseError: the landing zone cannot be written.
    """
    _Taker(LandingZone(home), folder.resolve(), ledger, intake, origin).take(paths)


class FolderUnreadable(NotThere):
    """An inbox that is no folder, cannot be read, or lost everything at once."""


def _walk(root: Path, ignored: Path) -> Iterator[Path]:
    """Yield the files below a folder in a fixed order, without hidden and temporary ones and without OGI_HOME.

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
            # The roster at the top is no document (`rosters`)
            if not _is_ignored(name) and here / name != root / ROSTERS:
                yield here / name
    yield from unlisted


def _is_ignored(name: str) -> bool:
    """Hidden files, and the temporary files of word processors."""
    return name.startswith((".", "~$"))


@dataclass(frozen=True, slots=True)
class _Coming:
    """A file that is being landed; `mtime_ns` as the ledger keeps it, `landed` will be its hash and size."""

    path: Path
    mtime_ns: int
    landed: Future[tuple[str, int]]


class _Taker:
    """One pass over an inbox; writes to the ledger now and then, so that a crash costs little."""

    def __init__(
        self, landing: LandingZone, root: Path, ledger: Ledger, intake: Intake, origin: Origin
    ) -> None:
        self._landing = landing
        self._root = root
        self._ledger = ledger
        self._intake = intake
        self._origin = origin
        self._files: list[SeenFile] = []
        self._documents: dict[str, LandedDocument] = {}
        self._coming: deque[_Coming] = deque()

    def take(self, paths: list[Path]) -> None:
        with ThreadPoolExecutor(_LANDED_AT_ONCE) as beside:
            try:
                for path in track(paths, len(paths), f"收件 / take in {self._origin.source}".strip()):
                    self._look_at(path, beside)
                    if len(self._coming) >= _COMING:
                        self._finish(self._coming.popleft())
                    if len(self._files) >= _COMMIT_EVERY:
                        self._commit()
                while self._coming:
                    self._finish(self._coming.popleft())
            finally:  # what ends the run does not wait for those that have not begun
                for coming in self._coming:
                    coming.landed.cancel()
        self._commit()

    def _look_at(self, path: Path, beside: ThreadPoolExecutor) -> None:
        """Count a file that is known, and begin to land any other."""
        with self._naming_problems(path):
            file = self._find(path)
            if file is None:  # a link to a folder of the inbox, whose files are seen where they are
                return
            actual, status = file
            known = self._ledger.seen_file(printable(path))
            if (
                known
                and (known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns)
                and self._landing.has(known.sha256)
            ):
                self._intake.unchanged += 1
                self._files.append(known)
                return
            modified = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC)
            mtime_ns = 0 if now() - modified < _FRESH else status.st_mtime_ns
            self._coming.append(_Coming(path, mtime_ns, beside.submit(self._land, actual, status)))

    def _finish(self, coming: _Coming) -> None:
        """Count a file when it has landed."""
        with self._naming_problems(coming.path):
            sha256, size = coming.landed.result()
            if sha256 in self._documents or self._ledger.has_document(sha256):
                self._intake.unchanged += 1
            else:
                shown = self._shown(coming.path)
                self._documents[sha256] = LandedDocument(sha256, shown, size, self._intake.at)
                self._intake.new += 1
            self._files.append(SeenFile(printable(coming.path), size, coming.mtime_ns, sha256))

    @contextmanager
    def _naming_problems(self, path: Path) -> Iterator[None]:
        """Let what stops one file be its problem."""
        try:
            yield
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

    def _problem(self, path: Path, code: str, message: str) -> None:
        shown = self._shown(path)
        self._intake.problems.append(FileProblem(shown, code, f"{shown}：{message}"))

    def _shown(self, path: Path) -> str:
        """Name a file: below the inbox, after the name of its source if that has one."""
        return printable(Path(self._origin.source) / path.relative_to(self._root))

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

    def _land(self, path: Path, before: os.stat_result) -> tuple[str, int]:
        """Copy a file into the landing zone; return the hash and the size."""
        with path.open("rb") as source:

            def is_whole(size: int) -> None:
                if (size, os.fstat(source.fileno()).st_mtime_ns) != (before.st_size, before.st_mtime_ns):
                    raise _CannotTakeIn(
                        "file_changing",
                        "文件正在写入，下次再读。 / The file is still being written; left for the next run.",
                    )

            return self._landing.land(iter(lambda: source.read(_CHUNK), b""), is_whole)

    def _commit(self) -> None:
        self._ledger.record_intake(self._origin, self._files, list(self._documents.values()), self._intake.at)
        self._files.clear()
        self._documents.clear()
