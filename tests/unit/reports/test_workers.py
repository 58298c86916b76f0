"""What kills a reader or holds it up costs one document; the others come out in their order."""

import errno
import faulthandler
import io
import multiprocessing
import os
import time
import zipfile
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from ogi.documents import memory
from ogi.documents.model import Document, Text
from ogi.reports import worker, workers
from ogi.reports.model import from_json
from ogi.reports.worker import Task
from ogi.reports.workers import ReadersNotStarted, Start, parse_files

REPORT = "宿城区财政局2022年政府信息公开工作年度报告"


def hostile(data: bytes) -> Document:
    """A reader that does what the document says."""
    faulthandler.disable()  # pytest's would print over its report
    if data == b"abort":
        os.abort()
    while data == b"wait":
        time.sleep(0.01)
    while data == b"work":
        pass
    if data == b"eat":
        eaten = []
        while True:
            eaten.append("x" * 10_000_000)
    if data == b"raise":
        raise RuntimeError("reader's own fault")
    return Document("text", [Text(REPORT, 1), Text(data.decode(), 2)])


def _start_and_die(*_: object) -> None:
    os._exit(3)


# Long enough for a document that is read, on a busy machine too
_SHORT = 5


@pytest.fixture(autouse=True)
def _hostile_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ogi.documents.read._reader", lambda _: hostile)
    monkeypatch.setattr(worker, "MAX_SECONDS", 3)
    monkeypatch.setattr(memory, "MAX_MEMORY_BYTES", 400_000_000)


@pytest.fixture
def outcomes(tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """Write files, read them, and say of each document its path and first problem or `report`."""

    def read(contents: list[bytes], jobs: int = 1) -> list[tuple[str, str]]:
        tasks = []
        for number, content in enumerate(contents):
            (tmp_path / f"{number:03}").write_bytes(content)
            tasks.append(Task(tmp_path / f"{number:03}", f"{number}"))
        found = []
        for file in parse_files(tasks, jobs):
            for encoded in file.reports:
                report = from_json(encoded.json)
                assert encoded.is_report == (report.report is not None)
                code = "report" if report.report else report.problems[0].code
                found.append((report.source.path, code))
        return found

    return read


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"abort", "reader_crashed"),
        (b"wait", "reader_timed_out"),
        (b"work", "reader_timed_out"),
        (b"eat", "out_of_memory"),
        (b"raise", "reader_failed"),
    ],
)
def test_a_bad_document_costs_itself_alone(
    outcomes: Callable[..., list[tuple[str, str]]],
    content: bytes,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if content == b"wait":
        monkeypatch.setattr(workers, "MAX_WAITING_SECONDS", _SHORT)
    expected = [("0", "report"), ("1", code), ("2", "report"), ("3", "report")]
    assert outcomes([b"a", content, b"c", b"d"]) == expected


def test_a_bad_member_costs_itself_alone(outcomes: Callable[..., list[tuple[str, str]]]) -> None:
    archive = zipped({"a": b"a", "b": b"abort", "c": b"c", "d": b"abort", "e": b"e"})
    assert outcomes([archive, b"f"]) == [
        ("0!a", "report"),
        ("0!b", "reader_crashed"),
        ("0!c", "report"),
        ("0!d", "reader_crashed"),
        ("0!e", "report"),
        ("1", "report"),
    ]


def test_reports_come_in_the_order_of_the_files_whoever_reads_them(
    outcomes: Callable[..., list[tuple[str, str]]],
) -> None:
    contents = [b"abort" if number % 20 == 0 else b"a%d" % number for number in range(60)]
    found = outcomes(contents, jobs=3)
    assert found == [
        (f"{number}", "reader_crashed" if number % 20 == 0 else "report") for number in range(60)
    ]


@pytest.mark.parametrize(("content", "limit"), [(b"wait", "MAX_WAITING_SECONDS"), (b"work", "MAX_SECONDS")])
def test_the_limit_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, limit: str
) -> None:
    monkeypatch.setattr(workers, "MAX_WAITING_SECONDS", 1 if content == b"wait" else 100)
    (tmp_path / "a").write_bytes(content)
    [file] = parse_files([Task(tmp_path / "a", "a")], 1)
    assert f"（上限 {limit}）" in from_json(file.reports[0].json).problems[0].message


def test_a_crash_before_a_document_is_opened_is_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "documents_of", lambda *_: hostile(b"abort"))
    (tmp_path / "a").write_bytes(b"abc")
    [file] = parse_files([Task(tmp_path / "a", "a")], 1)
    source = from_json(file.reports[0].json).source
    assert (source.path, source.bytes, source.sha256[:8]) == ("a", 3, "ba7816bf")


@pytest.mark.parametrize("start", ["fork", "forkserver"])
def test_where_no_worker_can_start_no_document_is_to_blame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Start
) -> None:
    monkeypatch.setattr(workers, "serve", _start_and_die)
    tasks = [Task(tmp_path / name, name) for name in "abc"]
    with pytest.raises(ReadersNotStarted, match=r"无法启动（退出码 / exit code 3）.*cannot start"):
        list(parse_files(tasks, 2, start))
    assert multiprocessing.active_children() == []


def test_one_process_that_is_killed_before_it_reads_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve, killed = worker.serve, tmp_path / "killed"

    def die_once(connection: Connection, inherited: Iterable[Connection]) -> None:
        if not killed.exists():
            killed.touch()
            os._exit(9)
        serve(connection, inherited)

    monkeypatch.setattr(workers, "serve", die_once)
    for name in "ab":
        (tmp_path / name).write_bytes(name.encode())
    found = [file.reports[0].is_report for file in parse_files([Task(tmp_path / n, n) for n in "ab"], 1)]
    assert (found, killed.exists()) == ([True, True], True)


def test_where_no_process_is_to_be_had_no_document_is_to_blame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_fork() -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", no_fork)
    with pytest.raises(ReadersNotStarted, match="Resource temporarily unavailable"):
        list(parse_files([Task(tmp_path / "a", "a")], 1))


def test_a_slow_consumer_is_not_a_slow_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MAX_WAITING_SECONDS", _SHORT)
    for name in "ab":
        (tmp_path / name).write_bytes(name.encode())
    found = []
    for file in parse_files([Task(tmp_path / name, name) for name in "ab"], 1):
        time.sleep(_SHORT + 0.1)
        found.append(file.reports[0].is_report)
    assert found == [True, True]


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    [file] = parse_files([Task(tmp_path / "none", "none")], 1)
    assert from_json(file.reports[0].json).problems[0].code == "file_unreadable"


def test_no_process_stays_behind(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"wait")
    (tmp_path / "b").write_bytes(b"b")
    files = parse_files([Task(tmp_path / "b", "b"), Task(tmp_path / "a", "a")], 2)
    next(files)
    files.close()
    assert multiprocessing.active_children() == []


def test_the_load_reads_with_threads_alive(tmp_path: Path, street_2020: bytes) -> None:
    (tmp_path / "a").write_bytes(street_2020)
    [file] = parse_files([Task(tmp_path / "a", "a")], 1, "forkserver")
    assert file.reports[0].is_report
