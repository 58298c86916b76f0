"""What may be gone in some minutes, and what will not."""

import errno
import sqlite3

import pytest

from ogi.reports.workers import ReadersNotStarted
from ogi.warehouse.errors import NotThere, WarehouseError, may_pass


def caused(error: BaseException) -> WarehouseError:
    outer = WarehouseError("无法写入", "cannot be written")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    "error",
    [
        NotThere("收件箱不存在", "no inbox"),
        OSError(errno.ENOSPC, "No space left on device"),
        caused(ReadersNotStarted("Resource temporarily unavailable")),
        caused(OSError(errno.ESTALE, "Stale file handle")),
        caused(sqlite3.OperationalError("database or disk is full")),
        RuntimeError("IO Error: Could not write file: No space left on device"),
    ],
)
def test_a_share_that_is_away_a_full_disk_or_want_of_memory_may_pass(error: BaseException) -> None:
    assert may_pass(error)


@pytest.mark.parametrize(
    "error",
    [
        WarehouseError("审核未通过", "expectations failed"),
        PermissionError(errno.EACCES, "Permission denied"),
        caused(sqlite3.DatabaseError("file is not a database")),
        None,
    ],
)
def test_what_will_be_the_same_in_an_hour_may_not(error: BaseException | None) -> None:
    assert not may_pass(error)
