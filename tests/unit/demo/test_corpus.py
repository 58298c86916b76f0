import hashlib
import json
from pathlib import Path

import pytest

from ogi.demo.corpus import write_corpus
from ogi.demo.writers import write
from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import from_json

pytest.importorskip("reportlab")
REPORTS = 40


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("documents")
    write_corpus(out, REPORTS, 4, "documents")
    return out


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("parsed")
    write_corpus(out, 700, 4, "parsed")
    return out


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _lines(out: Path) -> list[dict]:
    return [json.loads(line) for line in (out / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_same_seed_gives_the_same_documents(documents: Path, tmp_path: Path):
    write_corpus(tmp_path, REPORTS, 4, "documents")
    assert _digests(tmp_path) == _digests(documents)


def test_the_same_seed_gives_the_same_lines(parsed: Path, tmp_path: Path):
    write_corpus(tmp_path, 700, 4, "parsed")
    assert _digests(tmp_path) == _digests(parsed)


def test_another_seed_gives_other_lines(parsed: Path, tmp_path: Path):
    write_corpus(tmp_path, 700, 5, "parsed")
    assert _digests(tmp_path) != _digests(parsed)


@pytest.mark.parametrize("form", ["documents", "parsed"])
def test_the_truth_has_one_line_a_report(form: str, request: pytest.FixtureRequest):
    out: Path = request.getfixturevalue(form)
    assert len(_lines(out)) == {"documents": REPORTS, "parsed": 700}[form]


def test_the_truth_names_each_document_with_its_digest(documents: Path):
    named = {line["source"]["path"]: line["source"]["sha256"] for line in _lines(documents)}
    assert {f"inbox/{path}": digest for path, digest in _digests(documents / "inbox").items()} == named


@pytest.mark.parametrize("form", ["documents", "parsed"])
def test_the_truth_is_of_the_schema(form: str, request: pytest.FixtureRequest):
    out: Path = request.getfixturevalue(form)
    for line in (out / "truth.jsonl").read_bytes().splitlines():
        from_json(line)


def test_the_parsed_inbox_loads_as_it_is(parsed: Path):
    refused = []
    for file in sorted((parsed / "inbox").iterdir()):
        reports = read_parsed_lines(file.read_bytes(), file.name)
        refused += [report.problems for _, report in reports if report.report is None]
    assert refused == []


def test_the_parsed_inbox_and_the_truth_say_the_same(parsed: Path):
    files = sorted((parsed / "inbox").iterdir())
    assert b"".join(file.read_bytes() for file in files) == (parsed / "truth.jsonl").read_bytes()


def test_reports_are_written_as_they_are_drawn(tmp_path: Path):
    class Stop(Exception):
        pass

    def stop(written: int) -> None:
        if written == 3:
            raise Stop

    with pytest.raises(Stop):
        write_corpus(tmp_path, 10**9, 1, "parsed", stop)


def test_a_folder_with_a_corpus_is_not_written_into(documents: Path):
    with pytest.raises(FileExistsError, match="holds a corpus already"):
        write_corpus(documents, 1, 1, "parsed")


def test_documents_without_the_extra_say_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(write, "find_spec", lambda _name: None)
    with pytest.raises(write.ExtraMissing, match=r"ogi-warehouse\[demo\]"):
        write_corpus(tmp_path, 1, 1, "documents")
    assert not (tmp_path / "inbox").exists()


def test_amounts_are_json_numbers(parsed: Path):
    amounts = [
        cell["value"]
        for line in _lines(parsed)
        for cell in line["cells"]
        if cell["cell"].endswith(".amount") and cell["state"] == "reported"
    ]
    assert amounts
    assert all(isinstance(value, int | float) for value in amounts)
