"""What a file is, whatever it is called."""

import io
import zipfile

import pytest

from ogi.documents.model import UnreadableDocument
from ogi.documents.sniff import sniff


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\n junk \n%PDF-1.4\n", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM\x0a\x00\x00\x00abcd", "image"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (zipped("2020/word/a.txt"), "zip"),
        (zipped(), "zip"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"\xef\xbb\xbf\r\n  <!-- a --><!-- b -->\n<HTML xmlns:o='urn'>", "html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        ("<table><tr><td>规章</td></tr></table>".encode("gb18030"), "html"),
        ("<p>报告</p>".encode("utf-16"), "html"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "word_xml"),
        (b"From: a\r\nSubject: b\r\n c\r\nContent-Type: multipart/related;\r\n\ttype=x\r\n\r\n", "mhtml"),
        ("规章\t1\n".encode(), "text"),
        (b"a < b and c > d", "text"),
        (b"| a | b<br>c |\n|---|---|\n", "text"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"\x1f\x8b\x08\x00", "gzip"),
    ],
)
def test_the_content_tells_the_format(data: bytes, expected: str) -> None:
    assert sniff(data) == expected


def test_a_zip_that_was_cut_off_is_damaged() -> None:
    whole = zipped("[Content_Types].xml", "word/document.xml")
    with pytest.raises(UnreadableDocument) as refused:
        sniff(whole[:-30])
    assert refused.value.code == "file_damaged"


def test_a_thousand_comments_without_markup_after_them_are_text() -> None:
    assert sniff(b"<!-- a -->" * 1000 + b"text") == "text"
