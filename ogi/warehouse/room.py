"""Room on the disk: asked for before a load starts, and named as the reason where it ran out in the middle of one."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from ogi.warehouse.errors import NoRoom, is_full_disk
from ogi.warehouse.home import DATABASE, Home

# Below this not even the log, the ledger and Prefect's database of one load fit beside the copy of the release
_LEAST_BYTES = 32_000_000
# With less free, whatever fails fails for that: SQLite and Prefect speak of an I/O error only
_NOTHING_BYTES = 1_000_000


def require_room(home: Home) -> None:
    """Make sure that a load can begin at all.

    Raises:
        NoRoom: it cannot.
    """
    if shutil.disk_usage(home.root).free < _LEAST_BYTES + release_bytes(home):
        raise _no_room(home)


def release_bytes(home: Home) -> int:
    """Return the size of the published database, of which a load makes a copy; 0 if there is none."""
    current = home.current_release()
    return (home.releases / current / DATABASE).stat().st_size if current else 0


@contextmanager
def naming_a_full_disk(home: Home) -> Iterator[None]:
    """Turn whatever a full disk led to into `NoRoom`.

    Raises:
        NoRoom: the disk was full.
    """
    try:
        yield
    except NoRoom:
        raise
    except Exception as error:
        if not is_full_disk(error) and shutil.disk_usage(home.root).free >= _NOTHING_BYTES:
            raise
        raise _no_room(home) from error


def _no_room(home: Home) -> NoRoom:
    """Say how much is free and what to do."""
    free = shutil.disk_usage(home.root).free / 1e6
    needed = (_LEAST_BYTES + release_bytes(home)) / 1e6
    return NoRoom(
        f"磁盘已满：{home.root} 所在磁盘剩余 {free:.0f} MB，一次入库至少需要 {needed:.0f} MB。"
        "当前发布不受影响，已收文件不会丢失；请腾出空间（ogi doctor 有建议）后重新运行 ogi load",
        f"The disk is full: {free:.0f} MB free, a load needs {needed:.0f} MB at least. The release stands and nothing"
        " is lost: free some (`ogi doctor` advises) and run `ogi load` again.",
    )
