"""The fuzzing harness runs each reader, and says where it wrote the input that broke one."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

from benchmarks.fuzz.corpus import READERS, document_of, write_corpus
from ogi.reports.parse import parse_bytes

# Has wheels for some systems only
pytest.importorskip("atheris")


def fuzz(reader: str, crashes: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "benchmarks.fuzz", reader, "--runs", "20", "--crashes", str(crashes)]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("reader", READERS)
def test_the_inputs_that_fuzzing_begins_with_are_documents(reader: str, tmp_path: Path) -> None:
    write_corpus(reader, tmp_path)
    inputs = [path.read_bytes() for path in tmp_path.iterdir()]
    reports = [report for data in inputs for report in parse_bytes(document_of(reader, data), "x")]
    assert inputs
    assert any(report.report for report in reports)


def test_a_reader_is_fuzzed(tmp_path: Path) -> None:
    ran = fuzz("markdown", tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Done 20 runs" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_a_reader_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that stands in front of the real one, in the fuzzer's process too
    (tmp_path / "sitecustomize.py").write_text(
        "import ogi.documents.text\n"
        "def broken(data):\n    raise RuntimeError('broken')\n"
        "ogi.documents.text.read_text = broken\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ran = fuzz("text", tmp_path / "crashes")
    assert ran.returncode == 1
    [crash] = (tmp_path / "crashes").iterdir()
    assert str(crash) in ran.stdout
    assert "tests/documents/<shape>/" in ran.stdout
