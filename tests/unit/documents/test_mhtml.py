"""The page inside an MHTML file."""

import pytest

from ogi.documents.mhtml import html_of
from ogi.documents.model import UnreadableDocument

HEAD = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n"


def part(kind: bytes, body: bytes) -> bytes:
    return b"--B\r\nContent-Type: " + kind + b"\r\n\r\n" + body + b"\r\n"


def test_the_html_part_is_the_page_in_the_encoding_that_it_declares() -> None:
    page = "<p>年度报告</p>".encode("gb18030")
    data = HEAD + part(b"image/png", b"x") + part(b"text/html; charset=gb2312", page) + b"--B--\r\n"
    assert html_of(data).decode("utf-8-sig").strip() == "<p>年度报告</p>"


def test_an_encoding_nobody_knows_is_left_to_the_page() -> None:
    data = HEAD + part(b"text/html; charset=x-nothing", b"<p>a</p>") + b"--B--\r\n"
    assert html_of(data).strip() == b"<p>a</p>"


def test_a_file_without_a_page_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="MHT"):
        html_of(HEAD + part(b"image/png", b"x") + b"--B--\r\n")
