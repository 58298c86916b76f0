"""Prefect's own folder: only its memory of former runs, which may be lost, so whatever is wrong with it is thrown away."""

import shutil
import sqlite3
from pathlib import Path

_MAX_BYTES = 256_000_000


def database(home: Path) -> Path:
    """Return the file of the embedded database in Prefect's folder."""
    return home / "prefect.db"


def make_usable(home: Path) -> None:
    """Keep a folder whose database is whole and not grown beyond reason, or make it anew."""
    if not _is_sound(home):
        discard(home)
    home.mkdir(parents=True, exist_ok=True)


def discard(home: Path) -> None:
    """Start over with nothing."""
    if home.is_dir() and not home.is_symlink():
        shutil.rmtree(home, ignore_errors=True)
    else:
        home.unlink(missing_ok=True)


def _is_sound(home: Path) -> bool:
    file = database(home)
    if not home.exists() or (home.is_dir() and not file.exists()):
        return True
    try:
        if file.stat().st_size > _MAX_BYTES:
            return False
        connection = sqlite3.connect(file)
        try:
            return connection.execute("pragma quick_check").fetchall() == [("ok",)]
        finally:
            connection.close()
    except (OSError, sqlite3.Error):
        return False
