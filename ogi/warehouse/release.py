"""Releases: publish a build by one rename of a link, go back by the same rename, list and clear away old ones."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ogi.warehouse.builds import Build
from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import rename, sync_file, sync_tree
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.manifest import read_manifest
from ogi.warehouse.pin import Pin, read_pin, set_pin
from ogi.warehouse.release_diff import Side
from ogi.warehouse.retention import kept_releases

if TYPE_CHECKING:
    from ogi.settings.model import Releases

PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Release:
    """A published release; the counts are those of its manifest."""

    id: str
    is_current: bool
    pin: Pin | None
    documents: int
    reports: int
    broken: int
    bytes: int


def release_file(home: Home) -> Path:
    """Return the published file itself, not the link, so that a reader stays on one release.

    Raises:
        WarehouseError: nothing is published yet.
    """
    release = home.current_release()
    if release is None:
        raise WarehouseError(
            f"{home.root} 里还没有已发布的数据，请先运行 ogi load。",
            "Nothing is published yet: run `ogi load` first.",
        )
    return home.releases / release / DATABASE


def publish(home: Home, build: Build) -> None:
    """Make a build the release that everybody reads from now on; readers of the old one keep it.

    The order makes a crash harmless: the release is complete before the link points to it, and counts as published
    once it does. The file is made read-only: a client that opened it for writing would shut all others out.
    """
    (build.folder / DATABASE).chmod(0o444)
    sync_tree(build.folder)
    home.releases.mkdir(exist_ok=True)
    rename(build.folder, home.releases / build.id)
    sync_file(home.builds)
    _point(home, build.id)
    _mark(home, build.id)


def rollback(home: Home, wanted: str | None, who: str, why: str) -> tuple[str, str]:
    """Point the link at another published release, the one before the current if none is named, and pin it there.

    The pin is written first: what a crash leaves undone, the next `clean_releases` finishes.

    Returns:
        The id of the release that was current, and of the one that is now.

    Raises:
        WarehouseError: there is no such release.
    """
    current = home.current_release()
    published = published_releases(home)
    if wanted is None:
        earlier = [release for release in published if current and release < current]
        if current is None or not earlier:
            raise WarehouseError("没有更早的发布可以退回。", "There is no earlier release to go back to.")
        wanted = earlier[-1]
    _require(published, wanted)
    set_pin(home, wanted, who, why)
    _point(home, wanted)
    return current or "—", wanted


def release_side(home: Home, release: str) -> Side:
    """Return a published release as one side of a comparison.

    Raises:
        WarehouseError: there is no such release.
    """
    _require(published_releases(home), release)
    manifest = read_manifest(home, release)
    file = home.releases / release / DATABASE
    return Side(release, file, manifest.get("fingerprint"), manifest.get("seeds"))


def _require(published: list[str], release: str) -> None:
    if release not in published:
        raise WarehouseError(
            f"没有名为 {release} 的发布；ogi releases 列出全部发布。",
            f"No release {release}; `ogi releases` lists them.",
        )


def releases(home: Home) -> list[Release]:
    """List the published releases, the newest first."""
    current, pin = home.current_release(), read_pin(home)
    listed = []
    for release in reversed(published_releases(home)):
        manifest = read_manifest(home, release)
        listed.append(
            Release(
                id=release,
                is_current=release == current,
                pin=pin if pin is not None and pin.release == release else None,
                documents=manifest.get("documents", 0),
                reports=manifest.get("reports", 0),
                broken=manifest.get("identities", {}).get("broken", 0),
                bytes=(home.releases / release / DATABASE).stat().st_size,
            )
        )
    return listed


def clean_releases(home: Home, policy: "Releases") -> None:
    """Finish what a crash cut short, and remove releases that never were and those that the policy lets go."""
    current = home.current_release()
    if current is not None:
        _mark(home, current)
    published = published_releases(home)
    pin = read_pin(home)
    if pin is not None and pin.release in published and pin.release != current:
        _point(home, pin.release)
        current = pin.release
    always = [release for release in (current, pin.release if pin else None) if release is not None]
    kept = kept_releases(published, always, policy)
    for folder in home.releases.iterdir() if home.releases.is_dir() else []:
        if folder.name not in kept:
            shutil.rmtree(folder)
    _new_link(home).unlink(missing_ok=True)


def published_releases(home: Home) -> list[str]:
    """List the ids of the published releases, the oldest first."""
    if not home.releases.is_dir():
        return []
    return sorted(folder.name for folder in home.releases.iterdir() if (folder / PUBLISHED).exists())


def _mark(home: Home, release: str) -> None:
    """Mark a release as published; done after the link points to it, and again after a crash in between."""
    marker = home.releases / release / PUBLISHED
    if not marker.exists():
        marker.write_text(now().isoformat() + "\n", encoding="utf-8")
        sync_file(marker)
        sync_file(marker.parent)


def _point(home: Home, release: str) -> None:
    """Swap the link in one step."""
    link = _new_link(home)
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release / DATABASE)
    rename(link, home.warehouse)


def _new_link(home: Home) -> Path:
    return home.warehouse.with_name(".warehouse.duckdb.new")
