"""What the manual of operations tells an operator to type is typed here, block by block, on a warehouse of its own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY
from integration.command_line import copy_home, query, run_ogi

pytestmark = pytest.mark.integration

_BLOCK = re.compile(
    r"^## (?P<section>[^\n]+)|<!-- run -->\n```sh\n(?P<code>.*?)```", re.MULTILINE | re.DOTALL
)
_DAMAGED = ("台账损坏", "版本损坏")
CONTENT = "select agency_id, year, version, source_sha256 from marts.fct_report_version order by all"


def blocks() -> list[tuple[str, str]]:
    """List the blocks that are to be run with the section each stands in."""
    page = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
    found, section = [], ""
    for match in _BLOCK.finditer(page):
        section = match["section"] or section
        if match["code"]:
            found.append((section, match["code"]))
    return found


def type_in(code: str, home: Path, folder: Path) -> str:
    """Run a block as a shell does that stops at the first error; return what it printed."""
    bin_folder = folder / "bin"
    bin_folder.mkdir(exist_ok=True)
    ogi = bin_folder / "ogi"
    ogi.write_text(f'#!/bin/sh\nexec {sys.executable} -m ogi "$@"\n', encoding="utf-8")
    ogi.chmod(0o755)
    path = f"{bin_folder}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        cwd=folder,
        env={**os.environ, "OGI_HOME": str(home), "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_every_block_runs_and_the_backup_is_enough_to_come_back(home: Path, tmp_path: Path) -> None:
    before = query(home, CONTENT)
    assert len(blocks()) > 10
    for section, code in blocks():
        if not section.startswith(_DAMAGED):
            type_in(code, home, tmp_path)
    # What was copied is enough
    shutil.rmtree(home)
    (tmp_path / "inbox").mkdir()
    loaded = run_ogi(tmp_path / "restored", "load", str(tmp_path / "inbox"))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert query(tmp_path / "restored", CONTENT) == before


def test_without_its_ledger_and_its_link_a_warehouse_comes_back(published: Path, tmp_path: Path) -> None:
    home = copy_home(published, tmp_path / "home")
    before = query(home, CONTENT)
    for section, code in blocks():
        if section.startswith(_DAMAGED):
            type_in(code, home, tmp_path)
    (tmp_path / "inbox").mkdir()
    loaded = run_ogi(home, "load", str(tmp_path / "inbox"))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert query(home, CONTENT) == before
