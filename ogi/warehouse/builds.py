"""Builds: a folder in which a release is made, kept for inspection when it did not become one."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from ogi.warehouse.clock import id_after
from ogi.warehouse.files import write_json
from ogi.warehouse.home import Home

_KEPT_FAILURES = 3
FAILED = "failed.json"
_HELD = "held.json"


@dataclass(frozen=True, slots=True)
class Build:
    """A build; its id becomes the release's."""

    id: str
    folder: Path


def new_build(home: Home) -> Build:
    """Make the folder of a build, named after this moment and after every release and build there is."""
    taken = [folder.name for parent in (home.releases, home.builds) for folder in _folders(parent)]
    folder = home.builds / id_after(max(taken, default=None))
    folder.mkdir(parents=True)
    return Build(folder.name, folder)


def keep_failed(build: Build, reason: str) -> None:
    """Mark a build as failed, so that it is kept for inspection."""
    write_json(build.folder / FAILED, {"build": build.id, "reason": reason})


def keep_held(build: Build, reason: str) -> None:
    """Mark a build that passed its audit and is held back, so that it is kept for inspection."""
    write_json(build.folder / _HELD, {"build": build.id, "reason": reason})


def held_build(home: Home) -> Path | None:
    """Return the folder of the newest build that is held back, None if there is none."""
    held = [folder for folder in _folders(home.builds) if (folder / _HELD).is_file()]
    return held[-1] if held else None


def clean_builds(home: Home, *, is_pinned: bool) -> None:
    """Remove builds that a crash left unfinished, and all but the newest failed ones and, while pinned, the held one."""
    failed = [folder for folder in _folders(home.builds) if (folder / FAILED).is_file()]
    kept = [*failed[-_KEPT_FAILURES:], held_build(home) if is_pinned else None]
    for folder in _folders(home.builds):
        if folder not in kept:
            shutil.rmtree(folder)


def _folders(parent: Path) -> list[Path]:
    return sorted(parent.iterdir()) if parent.is_dir() else []
