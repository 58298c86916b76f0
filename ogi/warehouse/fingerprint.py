"""What a release was made with: one hash over the code, the seeds, the models and the parser's version."""

import hashlib
from functools import cache
from pathlib import Path

import expectations
import ogi
from ogi.project import project_root
from ogi.reports.parse import PARSER_VERSION
from ogi.warehouse.files import sha256_of


@cache
def fingerprint() -> str:
    """Return the hash of everything that decides what a release holds; another one calls for a new build."""
    root = project_root()
    parts = [
        *_files(Path(ogi.__file__).parent, "*.py"),
        *_files(Path(expectations.__file__).parent, "*.py"),
        *_files(root / "models", "*.sql", "*.yml"),
        *_files(root / "macros", "*.sql"),
        *_files(root / "seeds", "*.csv", "*.yml"),
        ("dbt_project.yml", root / "dbt_project.yml"),
        ("profiles.yml", root / "profiles.yml"),
    ]
    digest = hashlib.sha256(PARSER_VERSION.encode())
    for name, path in parts:
        digest.update(f"\0{name}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def seed_hashes() -> dict[str, str]:
    """Return the SHA-256 of each seed by its name."""
    return {path.stem: sha256_of(path) for _, path in _files(project_root() / "seeds", "*.csv")}


def _files(folder: Path, *patterns: str) -> list[tuple[str, Path]]:
    """List the files of a folder by name, the same on every machine."""
    found = (path for pattern in patterns for path in folder.rglob(pattern))
    named = ((f"{folder.name}/{path.relative_to(folder).as_posix()}", path) for path in found)
    return sorted(named)
