"""What a file is, by its content and never by its name."""

import io
import re
import zipfile

from ogi.documents.limits import MAX_ARCHIVE_MEMBERS, over_limit
from ogi.documents.model import UnreadableDocument

# The first bytes of each format, by its name here
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gzip"),
)
# The member that tells what kind of document a ZIP is
_ZIPPED = (
    ("word/", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
)
_ODT = b"application/vnd.oasis.opendocument.text"
# PDF allows bytes before its header; markup that merely speaks of PDF does not count
_PDF_HEADER = re.compile(rb"[^<]{0,1020}?%PDF-", re.DOTALL)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_START = re.compile(
    # Atomic groups: a run of comments is read one way only
    rb"(?>\s*(?:<\?xml[^>]*>\s*|<!--(?>.*?-->)\s*)*)<(?:!doctype\s+html|html|head|body|meta|title|style|script|base|link"
    rb"|table|tbody|tr|td|div|p|span|center|font|section|article|main|h[1-6]|ul|ol|a|b|strong|br|img|form|o:p)"
    rb"(?=[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
# What stands around each single table in the Markdown of some converters is no page
_HTML_ROOT = re.compile(
    rb"<(?:!doctype\s+html|html|body)(?=[\s>])(?!>\s*(?:<body>\s*)?<table\b)", re.IGNORECASE
)
_WORD_XML = re.compile(rb"<(?:\?mso-application\s+progid=\"Word\.Document\"|w:wordDocument\b|pkg:package\b)")
_MHTML = re.compile(
    rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE
)
_HEAD = 65_536


def sniff(data: bytes) -> str:
    """Return the format of a file that is not empty.

    One of `pdf`, `docx`, `odt`, `ofd`, `xlsx`, `pptx`, `zip`, `ole` (DOC, WPS and others: see `ole.py`), `rtf`,
    `word_xml`, `image`, `mhtml`, `html`, `rar`, `7z`, `gzip`, or `text` for all else.

    Raises:
        UnreadableDocument: a ZIP that is damaged or has too many members to be listed.
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data):
        return "image"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _sniff_zip(data)
    if _PDF_HEADER.match(data[:1024]):
        return "pdf"
    return _sniff_markup(data)


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP whose members can be listed.

    Raises:
        UnreadableDocument: it is damaged, or has far more members than are read.
    """
    # Each listed member costs memory before any is read
    if data.count(b"PK\x01\x02") > 20 * MAX_ARCHIVE_MEMBERS:
        raise over_limit("MAX_ARCHIVE_MEMBERS")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        raise UnreadableDocument(
            "file_damaged",
            "文件不完整或已损坏（ZIP 或 DOCX）；请重新提供。"
            " / The file is cut off or damaged (ZIP or DOCX); supply it again.",
        ) from None


def _sniff_zip(data: bytes) -> str:
    with open_zip(data) as file:
        names = file.namelist()
        for start, name in _ZIPPED:
            is_office = "[Content_Types].xml" in names or start == "OFD.xml"
            if is_office and any(member.startswith(start) for member in names):
                return name
    return "odt" if _ODT in data[:200] else "zip"


def _sniff_markup(data: bytes) -> str:
    head = data[:_HEAD]
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    # UTF-16 writes each character of markup with a zero byte beside it
    head = head.replace(b"\0", b"")
    if _WORD_XML.search(head[:2000]):
        return "word_xml"
    if _HTML_START.match(head) or _HTML_ROOT.search(head):
        return "html"
    if _MHTML.match(head.lstrip()):
        return "mhtml"
    return "text"
