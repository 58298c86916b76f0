"""Files of parsed reports are read in parts, and give what they would give as a whole."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.warehouse.conftest import table

from ogi.warehouse import batches, file_rows, lines, parsing
from ogi.warehouse.file_rows import PartRows
from ogi.warehouse.home import Home
from ogi.warehouse.lines import Part, count_lines, cut, read_part
from ogi.warehouse.run import Run

REPORTS = "select report_id, agency, year from raw.report order by all"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lines") / "file.jsonl"


@pytest.fixture
def _a_part_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "_PART_BYTES", 1)


@given(st.lists(st.binary(max_size=9), max_size=9), st.integers(1, 20))
def test_the_parts_are_the_whole_lines_of_the_file_in_their_order(
    file: Path, pieces: list[bytes], size: int
) -> None:
    data = b"\n".join(pieces)
    file.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_PART_BYTES", size)
        parts = list(cut(file))
    texts = [data[part.start : part.start + part.size] for part in parts]
    assert b"".join(texts) == data
    assert all(text.endswith(b"\n") for text in texts[:-1])
    assert [part.first_line for part in parts] == [len(data[: part.start].splitlines()) + 1 for part in parts]


@pytest.mark.usefixtures("_a_part_a_line")
@pytest.mark.parametrize("batch_size", [500, 1])
@pytest.mark.parametrize("worth_a_file", [100, 1])
def test_a_document_that_goes_on_in_another_part_counts_its_reports_on(
    inbox: Path,
    home: Home,
    load: Callable[..., Run],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
    batch_size: int,
    worth_a_file: int,
) -> None:
    monkeypatch.setattr(parsing, "BATCH_SIZE", batch_size)
    monkeypatch.setattr(parsing, "read_part", partial(reader_that_writes, worth_a_file))
    years = [line("a" * 64, year=2020), line("b" * 64), line("a" * 64, year=2021), line("a" * 64, year=2020)]
    (inbox / "1.jsonl").write_bytes(b"".join(years))
    load()
    numbered = [(report_id[0] + report_id[64:], year) for report_id, _, year in table(home, REPORTS)]
    assert numbered == [("a#1", 2020), ("a#2", 2021), ("b#1", 2020)]
    assert table(home, "select code from raw.problem where code = 'report_repeated'") == [
        ("report_repeated",)
    ]


def reader_that_writes(worth_a_file: int, *of_part: Any) -> PartRows:
    """Read a part in a process where so many reports are worth a file."""
    file_rows._WORTH_A_FILE = worth_a_file
    return read_part(*of_part)


def test_a_line_in_other_spelling_is_another_report_of_its_document(
    inbox: Path, home: Home, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    once = line("a" * 64)
    (inbox / "1.jsonl").write_bytes(once + once.replace(b'":', b'": ') + once)
    load()
    assert [report_id[64:] for report_id, *_ in table(home, REPORTS)] == ["#1", "#2"]


@pytest.mark.usefixtures("_a_part_a_line")
def test_a_line_that_is_refused_is_named_in_whatever_part_it_is(
    inbox: Path, home: Home, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    (inbox / "1.jsonl").write_bytes(line("a" * 64) + b"\n{}\n" + line("b" * 64))
    run = load()
    assert len(table(home, REPORTS)) == 2
    assert put_aside(run) == [("1.jsonl:3", "not_of_schema")]


def test_many_small_files_are_few_files_of_a_batch(
    inbox: Path, home: Home, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    for number in range(5):
        (inbox / f"{number}.jsonl").write_bytes(line(f"{number}" * 64, year=2015 + number))
    load()
    assert len(table(home, REPORTS)) == 5
    assert len(list(home.parsed.rglob("cell-*.parquet"))) == 1


@pytest.fixture
def _four_lines(inbox: Path, line: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of four parts."""
    monkeypatch.setattr(lines, "_PART_BYTES", 1)
    (inbox / "1.jsonl").write_bytes(b"".join(line(name * 64) for name in "abcd"))


def sources(home: Home) -> list[object]:
    return [report_id[0] for report_id, *_ in table(home, REPORTS)]


def put_aside(run: Run) -> list[tuple[str, str]]:
    assert run.parsing is not None
    return [(document.path, document.code) for document in run.parsing.quarantined]


def failing_reader(_file: Path, part: Part, *of_document: Any) -> PartRows:
    """Break down over the second line."""
    if part.first_line == 2:
        raise RuntimeError("reader's own fault")
    return read_part(_file, part, *of_document)


@pytest.mark.usefixtures("_four_lines")
def test_a_part_that_a_process_failed_over_is_read_by_the_one_that_started_it(
    home: Home, load: Callable[..., Run], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(parsing, "read_part", failing_reader)
    assert put_aside(load()) == []
    assert sources(home) == ["a", "b", "c", "d"]
    assert "reader failed" in caplog.text


@pytest.mark.usefixtures("_four_lines")
def test_a_reader_that_breaks_down_over_a_part_costs_that_part_alone(
    home: Home, load: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "read_part", failing_reader)
    monkeypatch.setattr(parsing, "reports_of", failing_reader)
    assert put_aside(load()) == [("1.jsonl", "reader_failed")]
    assert sources(home) == ["a", "c", "d"]


def killing_reader(_file: Path, part: Part, *of_document: Any) -> PartRows:
    """Die over every second line."""
    if part.first_line % 2 == 0:
        os._exit(9)
    return read_part(_file, part, *of_document)


@pytest.mark.usefixtures("_four_lines")
def test_parts_that_killed_their_reader_are_put_aside_with_their_lines(
    home: Home, load: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "read_part", killing_reader)
    assert put_aside(load()) == [("1.jsonl:2-2", "reader_crashed"), ("1.jsonl:4-4", "reader_crashed")]
    assert sources(home) == ["a", "c"]


def reader_on_a_failing_disk(*_: object) -> PartRows:
    raise OSError(5, "Input/output error")


@pytest.mark.usefixtures("_four_lines")
def test_a_disk_that_fails_puts_nothing_aside(
    home: Home, load: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr(parsing, "read_part", reader_on_a_failing_disk)
        patch.setattr(parsing, "reports_of", reader_on_a_failing_disk)
        load()
    assert put_aside(load()) == []
    assert sources(home) == ["a", "b", "c", "d"]


@pytest.mark.usefixtures("_four_lines")
def test_what_failed_to_be_written_half_way_is_there_once(
    home: Home, load: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "BATCH_SIZE", 2)
    write, failures = batches.BatchWriter._path, ["cell"]

    def fail_once(writer: batches.BatchWriter, name: str, part: int) -> Path:
        if name in failures:
            failures.remove(name)
            raise ValueError("cannot be written")
        return write(writer, name, part)

    monkeypatch.setattr(batches.BatchWriter, "_path", fail_once)
    load()
    assert failures == []
    assert sources(home) == ["a", "b", "c", "d"]


@given(st.text(alphabet="a\r\n\x0b\x85").map(str.encode))
def test_lines_are_counted_as_they_are_split(data: bytes) -> None:
    assert count_lines(data) == len(data.splitlines())
