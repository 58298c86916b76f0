"""Several sources: each file keeps its source's name, and a source that is not there costs only itself."""

import os
import sqlite3
from pathlib import Path

import polars as pl
import pytest

from ogi.settings.model import Settings
from ogi.settings.source import Source
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake
from ogi.warehouse.ledger import LandedDocument, Quarantined, open_ledger
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.sources import take_in, take_in_sources

BARE = "区统计局2022年政府信息公开工作年度报告\n正文。"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with a file of the same name each."""
    for name in ("a", "b"):
        (tmp_path / name / "2023").mkdir(parents=True)
        (tmp_path / name / "2023" / "report.txt").write_text(name, encoding="utf-8")
        os.utime(tmp_path / name / "2023" / "report.txt", (1, 1))
    return tmp_path / "a", tmp_path / "b"


def load(home: Home, *sources: Source) -> Intake:
    return take_in_sources(home, Settings.model_validate({"home": home.root, "source": sources}))


def waiting(home: Home) -> list[LandedDocument]:
    with open_ledger(home) as ledger:
        return list(ledger.queue.new())


def mark_as_read(home: Home) -> None:
    with open_ledger(home) as ledger:
        ledger.record_batch(f"batch-{len(ledger.batches())}", "1", list(ledger.queue.new()), [], 1)


def test_files_of_the_same_name_are_known_by_their_source(home: Home, folders: tuple[Path, Path]) -> None:
    intake = load(home, Source(name="甲", folder=folders[0]), Source(name="乙", folder=folders[1]))
    assert (intake.seen, intake.new) == (2, 2)
    assert [document.path for document in waiting(home)] == ["甲/2023/report.txt", "乙/2023/report.txt"]


def test_the_problem_of_a_file_names_its_source(home: Home, folders: tuple[Path, Path]) -> None:
    (folders[0] / "link").symlink_to(folders[1])
    [problem] = load(home, Source(name="甲", folder=folders[0])).problems
    assert (problem.path, problem.code) == ("甲/link", "link_leaves_inbox")


def test_a_source_that_is_not_there_is_its_own_problem(home: Home, folders: tuple[Path, Path]) -> None:
    intake = load(home, Source(name="gone", folder=folders[0] / "gone"), Source(name="乙", folder=folders[1]))
    assert intake.new == 1
    assert [(p.source, p.code) for p in intake.sources] == [("gone", "source_unreachable")]
    assert "gone" in intake.sources[0].message


def test_a_share_that_is_not_mounted_is_not_taken_for_an_empty_one(
    home: Home, folders: tuple[Path, Path]
) -> None:
    source = Source(name="甲", folder=folders[0])
    load(home, source)
    folders[0].rename(folders[0].with_name("elsewhere"))
    folders[0].mkdir()
    [problem] = load(home, source).sources
    assert "以前见过 1 个文件" in problem.message


def test_a_folder_that_never_held_anything_is_no_problem(home: Home, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert load(home, Source(name="new", folder=tmp_path / "new")).sources == []


def test_a_document_carries_the_hints_of_its_source(home: Home, folders: tuple[Path, Path]) -> None:
    load(home, Source(name="甲", folder=folders[0], district="350502", agency="财政局"))
    assert [(d.district, d.agency) for d in waiting(home)] == [("350502", "财政局")]


def test_a_changed_hint_has_the_documents_of_its_source_read_again(
    home: Home, folders: tuple[Path, Path]
) -> None:
    other = Source(name="乙", folder=folders[1])
    load(home, Source(name="甲", folder=folders[0]), other)
    mark_as_read(home)
    load(home, Source(name="甲", folder=folders[0]), other)
    assert waiting(home) == []
    load(home, Source(name="甲", folder=folders[0], district="350502"), other)
    assert [(d.path, d.district) for d in waiting(home)] == [("甲/2023/report.txt", "350502")]


def test_a_folder_that_is_declared_later_gets_its_hints(home: Home, folders: tuple[Path, Path]) -> None:
    take_in(home, folders[0])
    mark_as_read(home)
    load(home, Source(name="甲", folder=folders[0], district="350502"))
    assert [d.district for d in waiting(home)] == ["350502"]


def test_a_document_in_two_sources_stays_with_the_first(home: Home, folders: tuple[Path, Path]) -> None:
    for folder in folders:
        (folder / "same.txt").write_text("same", encoding="utf-8")
    sources = (
        Source(name="甲", folder=folders[0], district="350502"),
        Source(name="乙", folder=folders[1], district="350503"),
    )
    for _ in range(2):
        load(home, *sources)
        assert [d.district for d in waiting(home) if d.path.endswith("same.txt")] == ["350502"]


def test_the_hint_of_a_source_reaches_the_report(home: Home, tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    (tmp_path / "甲" / "report.txt").write_text(BARE, encoding="utf-8")
    load(home, Source(name="甲", folder=tmp_path / "甲", district="350502"))
    parsing = parse_landed(home, again_seconds=0)
    [batch] = parsing.batches
    report = pl.read_parquet(home.parsed / batch / "report-*.parquet")
    problems = pl.read_parquet(home.parsed / batch / "problem-*.parquet")
    assert report["printed_division_code"].to_list() == ["350502"]
    assert "division_from_hint" in problems["code"].to_list()


def test_a_ledger_of_an_earlier_version_is_brought_up_to_date(home: Home) -> None:
    connection = sqlite3.connect(home.ledger)
    connection.executescript(
        """
        create table document (sequence integer primary key, sha256 text not null unique, path text not null,
            bytes integer not null, landed_at text not null);
        create table file (path text primary key, size integer not null, mtime_ns integer not null,
            sha256 text not null, first_seen text not null, last_seen text not null) without rowid;
        create table outcome (sha256 text primary key, parser_version text not null, batch_id text not null)
            without rowid;
        insert into document values (1, 'aa', 'a.txt', 3, '2026-01-01T00:00:00+00:00'),
            (2, 'bb', 'b.txt', 3, '2026-01-01T00:00:00+00:00');
        insert into outcome values ('aa', '1', 'batch');
        """
    )
    connection.close()
    assert [document.path for document in waiting(home)] == ["b.txt"]
    with open_ledger(home) as ledger:
        document = list(ledger.queue.new())
        ledger.record_batch("next", "1", document, [Quarantined("bb", "bb", "b.txt", "code", "words")], 0)
    assert waiting(home) == []
