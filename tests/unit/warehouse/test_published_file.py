"""What is published is what was hashed."""

from collections.abc import Callable
from pathlib import Path

from ogi.warehouse.files import blake3_of
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.manifest import read_manifest
from ogi.warehouse.run import Run


def test_the_manifest_has_the_hash_of_the_published_file(
    home: Home, inbox: Path, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    for year in (2019, 2020):
        (inbox / f"{year}.jsonl").write_bytes(line(f"{year:064}", year=year))
        run = load()
        assert run.published is not None
        files = read_manifest(home, run.published)["files"]
        assert files[DATABASE]["blake3"] == blake3_of(home.releases / run.published / DATABASE)
