"""What was made to break a reader ends as one problem, within seconds and within memory."""

import io
import random
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import DOCUMENTS
from docx_files import docx, p, tbl, tr
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.documents.limits import MAX_FILE_BYTES
from ogi.reports.model import ParsedReport, from_json
from ogi.reports.parse import parse_bytes
from ogi.reports.worker import Task
from ogi.reports.workers import parse_files

# LibreOffice takes seconds for a DOC, text recognition for a picture
VALID = [
    path.read_bytes()
    for path in sorted(DOCUMENTS.glob("*/document.*"))
    if path.suffix in (".docx", ".html", ".pdf", ".txt", ".md")
]
OUR_FAULT = ("reader_crashed", "reader_timed_out", "reader_failed")


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
    "docx nested 100,000 deep": lambda: docx(
        "<w:sdt><w:sdtContent>" * 50_000 + "</w:sdtContent></w:sdt>" * 50_000
    ),
    "docx of 10,000 columns": lambda: docx(tbl(tr(*["1"] * 10_000))),
    "a line of 50 MB": lambda: b"1\t" * 25_000_000,
    "a text of 10,000 columns": lambda: b"\t".join(b"1" for _ in range(10_000)),
    "a million blank lines": lambda: b"a\n" + b" \n" * 1_000_000,
    "a million bars": lambda: b"|" * 900_000,
    "dashes and bars": lambda: b"|--" * 300_000 + b"x",
    "HTML nested 100,000 deep": lambda: b"<html>" + b"<div>" * 100_000 + b"1",
    "HTML tables nested 10,000 deep": lambda: b"<html>" + b"<table><tr><td>" * 10_000 + b"1",
    "HTML of a hundred million columns": lambda: (
        b"<table><tr><td colspan=100000000 rowspan=100000000>1</table>"
    ),
    "a hundred megabytes and one byte": lambda: b"\n" * MAX_FILE_BYTES + b"1",
    "NUL bytes": lambda: bytes(1_000_000),
    "PDF without an end": lambda: b"%PDF-1.7\n1 0 obj\n<<" + b"/A [" * 100_000,
    "PNG of a billion pixels": lambda: (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\6\0\0\0" + bytes(100)
    ),
    "OLE header alone": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
}


def one(data: bytes, folder: Path) -> list[ParsedReport]:
    """Read as `ogi parse` does: in a worker with its limits."""
    (folder / "file").write_bytes(data)
    [file] = parse_files([Task(folder / "file", "file")], 1)
    assert file.failures == []
    return [from_json(report.json) for report in file.reports]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(30)
def test_hostile_input_is_a_problem(name: str, tmp_path: Path) -> None:
    for report in one(HOSTILE[name](), tmp_path):
        assert report.report is None
        assert report.problems[0].code not in OUR_FAULT
        assert report.problems[0].message.startswith("file")
        assert "\n" not in report.problems[0].message


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Cut, overwrite, double or insert a few bytes; a DOCX is packed anew, so that its XML is what breaks."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            members = {name: file.read(name) for name in file.namelist()}
        if chance.random() < 0.8:
            name = chance.choice(sorted(members))
            return zipped(members | {name: mutated(members[name], chance)})
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(changed) + 1)
        end = min(len(changed), start + chance.choice((1, 1, 4, 64, 1024)))
        kind = chance.choice(("cut", "noise", "double", "insert"))
        if kind == "cut":
            del changed[start:end]
        elif kind == "noise":
            changed[start:end] = chance.randbytes(end - start)
        elif kind == "double":
            changed[start:start] = changed[start:end] * chance.choice((1, 2, 50))
        else:
            changed[start:start] = chance.choice(
                (b"\0", b"<", b">", b"</td>", b"\xff\xff\xff\xff", b"99999999999")
            )
    return bytes(changed[: chance.choice((len(changed), len(changed), chance.randrange(len(changed) + 1)))])


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_document_is_a_problem_or_a_report(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Recognising what is left as a picture would take minutes and is no part of this
    monkeypatch.setitem(sys.modules, "ogi.documents.ocr.page", None)
    chance = random.Random(seed)
    tasks = []
    for number in range(80):
        (tmp_path / f"{number}").write_bytes(mutated(chance.choice(VALID), chance))
        tasks.append(Task(tmp_path / f"{number}", f"{number}"))
    for file in parse_files(tasks, 2):
        codes = [from_json(report.json).problems[:1] for report in file.reports]
        assert file.failures == []
        assert [problem for [problem] in filter(None, codes) if problem.code in OUR_FAULT] == []


@settings(deadline=None)
@given(
    st.sampled_from(
        (b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>")
    ),
    st.binary(max_size=2_000),
)
def test_a_signature_with_anything_after_it_raises_nothing(signature: bytes, rest: bytes) -> None:
    for report in parse_bytes(signature + rest, "x"):
        assert [p.code for p in report.problems if p.code in OUR_FAULT] == []


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>云岭县林业局2023年部门预算公开</title><h1>2023年部门预算</h1><p>一、部门职责</p><table><tr><th>科目"
        "<th>合计<th>其他<tr><td>行政运行<td>120.5<td>3.2<tr><td>总计<td>123.7<td>3.2</table></html>",
        "<html><title>云岭新闻</title><h1>我县召开春季造林动员会</h1><p>会议要求，全年完成造林3000亩。</p></html>",
    ],
)
def test_another_kind_of_page_is_no_report(page: str) -> None:
    [parsed] = parse_bytes(page.encode("gb18030"), "inbox/年度报告.pdf")
    assert parsed.report is None
    assert [problem.code for problem in parsed.problems] == ["not_a_report"]
