"""A ZIP is its members: what is in it, what may not be, and what breaks."""

import io
import struct
import zipfile

import pytest

from ogi.documents import archive
from ogi.documents.archive import FoundDocument, documents_in


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def found(data: bytes) -> list[tuple[str, bytes, str | None]]:
    return [(f.path, f.data, f.refusal and f.refusal.code) for f in documents_in(data, "x.zip")]


def refusals(data: bytes) -> list[str | None]:
    return [code for _, _, code in found(data)]


def only(data: bytes) -> FoundDocument:
    [document] = documents_in(data, "x.zip")
    return document


def test_what_is_no_zip_is_itself() -> None:
    assert found(b"text") == [("x.zip", b"text", None)]


def test_each_member_is_a_document_in_the_order_of_the_zip() -> None:
    data = zipped({"b.txt": b"B", "folder/a.txt": b"A", "folder/": b""})
    assert found(data) == [("x.zip!b.txt", b"B", None), ("x.zip!folder/a.txt", b"A", None)]


def test_a_member_whose_name_begins_with_a_nul_is_a_document_all_the_same() -> None:
    data = zipped({"abcd.txt": b"A"}).replace(b"abcd.txt", b"\0bcd.txt")
    assert only(data).path == "x.zip!\ufffdbcd.txt"
    assert only(data).data == b"A"


def test_what_systems_leave_beside_documents_is_passed_over() -> None:
    data = zipped(
        {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "~$a.docx": b"x", "Thumbs.db": b"x", "a": b"A"}
    )
    assert found(data) == [("x.zip!a", b"A", None)]


def test_a_zip_in_a_zip_is_opened_and_one_deeper_is_refused() -> None:
    inner = zipped({"a.txt": b"A"})
    assert found(zipped({"in.zip": inner})) == [("x.zip!in.zip!a.txt", b"A", None)]
    assert refusals(zipped({"mid.zip": zipped({"in.zip": inner})})) == ["limit_exceeded"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_that_are_not_marked_as_utf8_are_read_as_chinese(encoding: str) -> None:
    raw = "年报.txt".encode(encoding)
    data = zipped({"x" * len(raw): b"A"}).replace(b"x" * len(raw), raw)
    assert only(data).path == "x.zip!年报.txt"


def test_a_name_that_points_out_of_the_zip_is_read_and_reported() -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "C:\\a.txt", "a\\..\\..\\b"):
        document = only(zipped({name: b"A"}))
        assert document.data == b"A"
        assert [remark.code for remark in document.remarks] == ["unsafe_member_name"]


def test_control_characters_of_a_name_reach_no_message() -> None:
    assert only(zipped({"a\x1b[2Jb\nc": b"A"})).path == "x.zip!a\ufffd[2Jb\ufffdc"


def test_an_empty_zip_is_one_problem() -> None:
    assert refusals(zipped({})) == ["empty_archive"]
    assert refusals(zipped({"folder/": b""})) == ["empty_archive"]


def test_an_encrypted_member_is_its_own_problem() -> None:
    data = bytearray(zipped({"secret.txt": b"A", "b.txt": b"B"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    assert found(bytes(data)) == [("x.zip!secret.txt", b"", "encrypted"), ("x.zip!b.txt", b"B", None)]


def test_a_damaged_member_is_its_own_problem_with_a_hash_of_its_own() -> None:
    data = zipped({"a.txt": b"A" * 100, "b.txt": b"B", "c.txt": b"A" * 100})
    start = data.index(b"a.txt") + 5
    damaged = data[:start] + b"\xff\xff" + data[start + 2 :]
    assert refusals(damaged) == ["member_unreadable", None, None]
    assert len({document.sha256 for document in documents_in(damaged, "x.zip")}) == 3


def test_a_member_that_unpacks_to_a_thousand_times_its_size_is_refused() -> None:
    assert refusals(zipped({"bomb": bytes(5_000_000), "b.txt": b"B"})) == ["limit_exceeded", None]


def test_the_size_is_counted_whatever_the_zip_declares() -> None:
    data = bytearray(zipped({"bomb": bytes(5_000_000)}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(signature) + offset, 10)
    [document] = documents_in(bytes(data), "x.zip")
    assert document.refusal is not None
    assert len(document.data) <= 10


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ARCHIVE_BYTES", 25)
    data = zipped({name: name.encode() * 10 for name in "abcd"})
    assert refusals(data) == [None, None, "limit_exceeded", "limit_exceeded"]


def test_members_of_nested_zips_count_towards_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ARCHIVE_MEMBERS", 4)
    inner = zipped({"a": b"A", "b": b"B"})
    assert refusals(zipped({"1.zip": inner, "2.zip": inner})) == [None, None, "limit_exceeded"]
