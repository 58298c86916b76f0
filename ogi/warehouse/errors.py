"""What stops a command on the warehouse, said in one bilingual sentence."""

import errno

# A full disk, a share that went away, a device or a network that failed
_PASSING = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EIO,
        errno.ESTALE,
        errno.ENOTCONN,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ENETUNREACH,
        errno.ETIMEDOUT,
    }
)
# DuckDB and SQLite say in words what the system said to them
_PASSING_WORDS = ("no space left on device", "disk is full", "database is locked")


class WarehouseError(Exception):
    """The command cannot do what was asked; the message is for people, Chinese first."""

    def __init__(self, zh: str, en: str) -> None:
        """Keep both languages, together the message."""
        super().__init__(f"{zh} / {en}")
        self.languages = zh, en


class NotThere(WarehouseError):
    """A folder that should be there is not, as when a share is not mounted."""


def may_pass(error: BaseException | None) -> bool:
    """Tell whether what stopped a run may be gone in some minutes, by the error or by what caused it."""
    while error is not None:
        if isinstance(error, NotThere) or (isinstance(error, OSError) and error.errno in _PASSING):
            return True
        if any(words in str(error).lower() for words in _PASSING_WORDS):
            return True
        error = error.__cause__
    return False
