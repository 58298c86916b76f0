"""A ZIP in the inbox: each member is a document of its own in the warehouse."""

import faulthandler
import io
import os
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from ogi.documents.model import Document
from ogi.documents.read import read_document
from ogi.warehouse import parsing
from ogi.warehouse.home import Home
from ogi.warehouse.ledger import open_ledger
from ogi.warehouse.run import Run


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def another(report: bytes) -> bytes:
    return report + "\n（另一份文件）\n".encode()


def documents(home: Home) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.warehouse.resolve()), read_only=True) as connection:
        return connection.execute(
            "select source_path, outcome, source_sha256 = landed_sha256 from raw.document order by source_path"
        ).fetchall()


def quarantined(home: Home) -> list[tuple[str, str]]:
    with open_ledger(home) as ledger:
        return [(q.path, q.code) for q in ledger.quarantined()]


def test_members_load_and_bad_ones_are_quarantined(
    home: Home, inbox: Path, load: Callable[[], Run], street_2020: bytes
) -> None:
    members = {"a.txt": street_2020, "b.txt": b"\0\1", "c.txt": another(street_2020)}
    (inbox / "x.zip").write_bytes(zipped(members))
    load()
    assert documents(home) == [
        ("x.zip!a.txt", "loaded", False),
        ("x.zip!b.txt", "quarantined", False),
        ("x.zip!c.txt", "loaded", False),
    ]
    assert quarantined(home) == [("x.zip!b.txt", "not_text")]


def test_a_copy_within_a_zip_counts_once(
    home: Home, inbox: Path, load: Callable[[], Run], street_2020: bytes
) -> None:
    (inbox / "x.zip").write_bytes(zipped({"a.txt": street_2020, "copy.txt": street_2020}))
    load()
    assert documents(home) == [("x.zip!a.txt", "loaded", False)]


def test_an_empty_zip_is_quarantined_itself(
    home: Home, inbox: Path, load: Callable[[], Run], street_2020: bytes
) -> None:
    (inbox / "a.txt").write_bytes(street_2020)
    (inbox / "x.zip").write_bytes(zipped({}))
    load()
    assert quarantined(home) == [("x.zip", "empty_archive")]


def test_a_crash_of_a_reader_costs_one_document_of_the_load(
    home: Home, inbox: Path, load: Callable[[], Run], street_2020: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(data: bytes) -> Document:
        if data == b"crash":
            faulthandler.disable()  # pytest's would print over its report
            os.kill(os.getpid(), signal.SIGSEGV)
        return read_document(data)

    monkeypatch.setattr("ogi.reports.parse.read_document", crash)
    monkeypatch.setattr(parsing, "START", "fork")  # so that the children know of it
    (inbox / "x.zip").write_bytes(zipped({"a.txt": street_2020, "b.txt": b"crash"}))
    (inbox / "y.txt").write_bytes(b"crash ")
    (inbox / "z.txt").write_bytes(another(street_2020))
    load()
    assert [row[:2] for row in documents(home)] == [
        ("x.zip!a.txt", "loaded"),
        ("x.zip!b.txt", "quarantined"),
        ("y.txt", "quarantined"),
        ("z.txt", "loaded"),
    ]
    assert quarantined(home) == [("x.zip!b.txt", "reader_crashed"), ("y.txt", "not_a_report")]


def test_lines_parsed_elsewhere_keep_their_turn_among_documents(
    home: Home, inbox: Path, load: Callable[[], Run], street_2020: bytes, line: Callable[..., bytes]
) -> None:
    (inbox / "a.jsonl").write_bytes(line("a" * 64))
    (inbox / "b.txt").write_bytes(another(street_2020))
    (inbox / "c.jsonl").write_bytes(line("c" * 64))
    load()
    assert [row[:2] for row in documents(home)] == [
        (f"{'a' * 64}.txt", "loaded"),
        ("b.txt", "loaded"),
        (f"{'c' * 64}.txt", "loaded"),
    ]
