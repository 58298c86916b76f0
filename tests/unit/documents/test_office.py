"""DOC, RTF and ODT through LibreOffice; what is refused before it, and what is said where it is not there."""

import subprocess
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from conftest import DOCUMENTS
from libreoffice import require_libreoffice

from ogi.documents import office
from ogi.documents.model import Grid, UnreadableDocument
from ogi.documents.office import read_office

DOC = (DOCUMENTS / "doc-merged-cells" / "document.doc").read_bytes()
RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0 SimSun;}}\trowd\cellx2000\cellx4000\intbl\uc1\u35268?\u31456?\cell 12\cell\row"
    rb"\pard\par}"
)


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableDocument) as refused:
        read_office(data)
    return refused.value.code, refused.value.message


def test_an_rtf_reads_like_the_docx_it_becomes() -> None:
    require_libreoffice()
    document = read_office(RTF)
    [grid] = [block for block in document.blocks if isinstance(block, Grid)]
    assert document.format == "rtf"
    assert [[cell.text for cell in row] for row in grid.rows] == [["规章", "12"]]


def test_a_program_that_hangs_is_ended_with_all_that_it_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\nsleep 1000 &\necho $! > {tmp_path}/pid\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr(office.shutil, "which", lambda _: str(program))
    monkeypatch.setattr(office, "MAX_OFFICE_SECONDS", 1)
    assert refusal(RTF)[0] == "reader_timed_out"
    pid = (tmp_path / "pid").read_text().strip()
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False
    ).stdout
    # Gone, or only its exit status left; ps adds marks such as N for a niced one
    assert state.strip()[:1] in ("", "Z")


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    code, message = refusal(DOC)
    assert code == "office_not_installed"
    assert "libreoffice-writer" in message


def test_a_doc_with_a_password_is_told_from_a_broken_one() -> None:
    with olefile.OleFileIO(BytesIO(DOC)) as file:
        start = DOC.index(file.openstream("WordDocument").read(64))
    encrypted = bytearray(DOC)
    encrypted[start + 11] |= 0x01
    assert refusal(bytes(encrypted))[0] == "encrypted"
    assert refusal(DOC[:700])[0] == "file_damaged"


@pytest.mark.parametrize(
    ("stream", "code", "named"),
    [("EncryptedPackage", "encrypted", "密码"), ("Workbook", "format_not_supported", "Excel")],
)
def test_what_an_ole_file_holds_tells_what_it_is(stream: str, code: str, named: str) -> None:
    # A directory entry has 64 bytes for the name, then its length in bytes with the closing zero
    at = DOC.index("WordDocument".encode("utf-16-le"))
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
    found = refusal(DOC[:at] + entry + DOC[at + 66 :])
    assert found[0] == code
    assert named in found[1]
