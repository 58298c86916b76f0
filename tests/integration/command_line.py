"""The real command line in a process of its own, and one published warehouse of the samples to try it on."""

import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest
from conftest import REPOSITORY

from benchmarks.endurance.loads import start_ogi

SAMPLES = REPOSITORY / "samples" / "inbox"
SECONDS = 300
# How the street's report begins its title: with another year it is another report
TITLE = "江南街道办事处 2020 年"


def run_ogi(home: Path, *arguments: str, **how: str) -> subprocess.CompletedProcess:
    """Run `ogi` to its end."""
    process = start_ogi(home, *arguments, **how)
    stdout, stderr = process.communicate(timeout=SECONDS)
    return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)


def published_samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess]:
    """Load the samples once a session; return OGI_HOME and what the load said. Who changes it takes a copy."""
    folder = tmp_path_factory.getbasetemp() / "published"
    if not folder.exists():
        loaded = run_ogi(folder / "home", "load", str(SAMPLES))
        (folder / "said.txt").write_text(loaded.stdout, encoding="utf-8")
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    said = (folder / "said.txt").read_text(encoding="utf-8")
    return folder / "home", subprocess.CompletedProcess([], 0, said, "")


def copy_home(home: Path, to: Path) -> Path:
    """Copy OGI_HOME with its link as a link."""
    return Path(shutil.copytree(home, to, symlinks=True))


def query(home: Path, sql: str) -> list[tuple]:
    """Query the published release as any DuckDB client does."""
    with duckdb.connect(str((home / "warehouse.duckdb").resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def release_of(home: Path) -> str:
    """Name the release that the link points to."""
    return (home / "warehouse.duckdb").resolve().parent.name
