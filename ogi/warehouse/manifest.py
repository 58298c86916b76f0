"""The manifest of a release: what it holds, and with what code, seeds and reader it was made."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ogi import __version__
from ogi.reports.parse import PARSER_VERSION
from ogi.warehouse.builds import Build
from ogi.warehouse.clock import now
from ogi.warehouse.counts import Counts
from ogi.warehouse.files import write_json
from ogi.warehouse.fingerprint import fingerprint, seed_hashes
from ogi.warehouse.home import Home

_MANIFEST = "manifest.json"


def write_manifest(
    build: Build,
    hashes: dict[str, str],
    counts: Counts,
    audit: dict[str, Any],
    batches: list[str],
    changes: dict[str, Any],
) -> None:
    """Write what a release is and holds, for people and for the next run; `hashes` are the BLAKE3 hashes of its files."""
    write_json(
        build.folder / _MANIFEST,
        {
            "release": build.id,
            "created_at": now(),
            "files": {
                name: {"bytes": (build.folder / name).stat().st_size, "blake3": blake3}
                for name, blake3 in hashes.items()
            },
            "version": __version__,
            "fingerprint": fingerprint(),
            "parser_version": PARSER_VERSION,
            "seeds": seed_hashes(),
            **asdict(counts),
            "expectations": audit,
            "changes": changes,
            "batches": batches,
        },
    )


def read_manifest(home: Home, release: str) -> dict[str, Any]:
    """Read a release's manifest; empty if it cannot be read, so that nothing depends on it but comfort."""
    return manifest_in(home.releases / release)


def manifest_in(folder: Path) -> dict[str, Any]:
    """Read the manifest in a release's or a build's folder; empty if it cannot be read."""
    try:
        content = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
