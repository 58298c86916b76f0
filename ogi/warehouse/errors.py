"""What stops a command on the warehouse, said in one bilingual sentence."""

import errno

# A full disk, a share that went away, a device or a network that failed, no process or memory to be had
_PASSING = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EAGAIN,
        errno.ENOMEM,
        errno.EIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
    }
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
# DuckDB, SQLite, polars and dbt say in words what the system said to them
_FULL_WORDS = ("no space left on device", "disk quota exceeded", "disk is full")
_PASSING_WORDS = (*_FULL_WORDS, "database is locked")


class WarehouseError(Exception):
    """The command cannot do what was asked; the message is for people, Chinese first."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both languages, together the message."""
        super().__init__(f"{zh} / {en}")
        self.languages = zh, en


class NotThere(WarehouseError):
    """A folder that should be there is not, as when a share is not mounted."""


class NoRoom(WarehouseError):
    """The disk is full; what was taken in stays, and the next load takes up the work."""


def may_pass(error: BaseException | None) -> bool:
    """Tell whether what stopped a run may be gone in some minutes, by the error or by what caused it."""
    return isinstance(error, NotThere | NoRoom) or _says(error, _PASSING, _PASSING_WORDS)


def is_full_disk(error: BaseException | None) -> bool:
    """Tell whether it was a full disk that stopped a run, by the error or by what caused it."""
    return _says(error, _FULL, _FULL_WORDS)


def _says(error: BaseException | None, numbers: frozenset[int], words: tuple[str, ...]) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in numbers:
            return True
        if any(said in str(error).lower() for said in words):
            return True
        error = error.__cause__
    return False
