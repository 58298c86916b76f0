"""What was made to break a reader ends as one problem, within seconds and within memory."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DOCUMENTS
from docx_files import docx, p, tbl, tr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogi.documents.limits import MAX_FILE_BYTES
from ogi.reports.model import ParsedReport, from_json
from ogi.reports.parse import parse_bytes
from ogi.reports.workers import parse_files

VALID = {
    path.parent.name + path.suffix: path.read_bytes()
    for path in sorted(DOCUMENTS.glob("*/document.*"))
    if path.suffix != ".doc"  # each takes LibreOffice seconds
}


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return buffer.getvalue()


def nested(depth: int) -> bytes:
    data = b"x" * 1000
    for level in range(depth):
        data = zipped({f"{level}-{number}.zip": data for number in range(4)})
    return data


HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip that unpacks to a gigabyte": lambda: zipped({"a.txt": bytes(1_000_000_000)}),
    "zips within zips within zips": lambda: nested(5),
    "docx that unpacks to a gigabyte": lambda: docx(p("年" * 100_000_000)),
    "docx with entities": lambda: docx(
        p("&b;"), prolog='<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    ),
    "docx with an external entity": lambda: docx(
        p("&x;"), prolog='<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "docx nested 100,000 deep": lambda: docx("<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000),
    "docx of 10,000 columns": lambda: docx(tbl(tr(*["1"] * 10_000))),
    "a line of 50 MB": lambda: b"1\t" * 25_000_000,
    "a text of 10,000 columns": lambda: b"\t".join(b"1" for _ in range(10_000)),
    "a million blank lines": lambda: b"a\n" + b" \n" * 1_000_000,
    "a million bars": lambda: b"|" * 900_000,
    "dashes and bars": lambda: b"|--" * 300_000 + b"x",
    "HTML nested 100,000 deep": lambda: b"<html>" + b"<div>" * 100_000 + b"1",
    "HTML tables nested 10,000 deep": lambda: b"<html>" + b"<table><tr><td>" * 10_000 + b"1",
    "HTML of a hundred million columns": lambda: b"<table><tr><td colspan=100000000 rowspan=100000000>1</table>",
    "a hundred megabytes and one byte": lambda: b"\n" * MAX_FILE_BYTES + b"1",
    "NUL bytes": lambda: bytes(1_000_000),
    "PDF without an end": lambda: b"%PDF-1.7\n1 0 obj\n<<" + b"/A [" * 100_000,
    "PNG of a billion pixels": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\6\0\0\0" + bytes(100),
    "OLE header alone": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
}


def one(data: bytes, folder: Path) -> list[ParsedReport]:
    """Read as `ogi parse` does: in a worker with its limits."""
    (folder / "file").write_bytes(data)
    [file] = parse_files([(folder / "file", "file")], 1)
    assert file.failures == []
    return [from_json(report.json) for report in file.reports]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(30)
def test_hostile_input_is_a_problem(name: str, tmp_path: Path) -> None:
    for report in one(HOSTILE[name](), tmp_path):
        assert report.report is None
        assert report.problems[0].code not in ("reader_crashed", "reader_timed_out", "reader_failed")
        assert report.problems[0].message.startswith("file")
        assert "\n" not in report.problems[0].message
