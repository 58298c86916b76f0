"""Files of parsed reports are read in parts, and give what they would give as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.warehouse.conftest import table

from ogi.warehouse import lines, parsing
from ogi.warehouse.home import Home
from ogi.warehouse.lines import Part, cut, read_part
from ogi.warehouse.queue import LandedDocument
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
    assert [part.first_line for part in parts] == [data[: part.start].count(b"\n") + 1 for part in parts]


@pytest.mark.usefixtures("_a_part_a_line")
def test_a_document_that_goes_on_in_another_part_counts_its_reports_on(
    inbox: Path, home: Home, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    years = [line("a" * 64, year=2020), line("b" * 64), line("a" * 64, year=2021), line("a" * 64, year=2020)]
    (inbox / "1.jsonl").write_bytes(b"".join(years))
    load()
    numbered = [(report_id[0] + report_id[64:], year) for report_id, _, year in table(home, REPORTS)]
    assert numbered == [("a#1", 2020), ("a#2", 2021), ("b#1", numbered[2][1])]
    assert table(home, "select code from raw.problem where code = 'report_repeated'") == [
        ("report_repeated",)
    ]


@pytest.mark.usefixtures("_a_part_a_line")
def test_a_line_that_is_refused_is_named_in_whatever_part_it_is(
    inbox: Path, home: Home, load: Callable[..., Run], line: Callable[..., bytes]
) -> None:
    (inbox / "1.jsonl").write_bytes(line("a" * 64) + b"\n{}\n" + line("b" * 64))
    run = load()
    assert len(table(home, REPORTS)) == 2
    assert run.parsing is not None
    assert [put_aside.path for put_aside in run.parsing.quarantined] == ["1.jsonl:3"]


def broken_reader(file: Path, part: Part, document: LandedDocument, parser_version: str) -> object:
    """Break down over the second line."""
    if part.first_line == 2:
        raise RuntimeError("reader's own fault")
    return read_part(file, part, document, parser_version)


@pytest.mark.usefixtures("_a_part_a_line")
def test_a_reader_that_breaks_down_over_a_part_costs_that_part_alone(
    inbox: Path,
    home: Home,
    load: Callable[..., Run],
    line: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing, "read_part", broken_reader)
    (inbox / "1.jsonl").write_bytes(line("a" * 64) + line("b" * 64) + line("c" * 64))
    run = load()
    assert [report_id[0] for report_id, *_ in table(home, REPORTS)] == ["a", "c"]
    assert run.parsing is not None
    assert [put_aside.code for put_aside in run.parsing.quarantined] == ["reader_failed"]
