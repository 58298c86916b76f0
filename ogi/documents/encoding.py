"""Bytes to text in whatever encoding a Chinese office saved them."""

import codecs
import re
from collections.abc import Iterator

from ogi.documents.model import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x20)))
_WHERE_CONTROLS_COUNT = 4096
_WHERE_DECLARED = 8192
_TRADITIONAL = frozenset({"big5", "big5-hkscs", "cn-big5", "x-x-big5"})
# A page put together from pieces has a torn character here and there; in the wrong encoding most characters are.
MAX_UNDECODABLE_SHARE = 1 / 50  # of the characters that are not ASCII
_MAX_CONTROL_SHARE = 1 / 100


def decode_text(data: bytes) -> str:
    """Decode by byte order mark, then strict UTF-8, then strict GB18030 (of which GBK and GB2312 are parts).

    Strictness is what makes this safe: UTF-8 refuses nearly every GB18030 text, so no statistics are needed,
    and no guess is made.

    Raises:
        UnreadableDocument: the bytes are no text in any of these.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_or_refuse(data[len(mark) :], encoding)
    if b"\0" in data:
        raise _not_text()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_or_refuse(data, "gb18030")


def decode_page(data: bytes) -> tuple[str, int]:
    """Decode a web page; return its text and the number of characters that could not be decoded (U+FFFD in the text).

    Declarations are often wrong, so the bytes have the last word: UTF-8 is tried first whatever is declared, because
    it refuses nearly every other text while GB18030 accepts many a UTF-8 text, a torn one too; Big5 only where it is
    declared, because its bytes are mostly valid GB18030; then GB18030, of which GBK and GB2312 are parts.

    Raises:
        UnreadableDocument: the bytes are no text in any of these.
    """
    for encoding in _page_encodings(data):
        text = data.decode(encoding, errors="replace")
        damaged = text.count("\ufffd")
        if not damaged or damaged <= _not_ascii(text) * MAX_UNDECODABLE_SHARE:
            if _controls(text) > min(len(text), _WHERE_CONTROLS_COUNT) * _MAX_CONTROL_SHARE:
                raise _not_text()
            return text, damaged
    raise _not_text()


def _not_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _controls(text: str) -> int:
    """Count the control characters in the beginning of a text."""
    beginning = text[:_WHERE_CONTROLS_COUNT].encode("utf-8", errors="replace")
    return len(beginning) - len(beginning.translate(None, _CONTROL))


def _page_encodings(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield "utf-16"
        return
    yield "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    declared = {found.decode("ascii").lower() for found in _DECLARED.findall(data[:_WHERE_DECLARED])}
    if declared & _TRADITIONAL:
        yield "big5hkscs"
    yield "gb18030"


def _decode_or_refuse(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text() from None
    # A picture or a program can be valid GB18030 by chance: control characters give it away.
    if _controls(text):
        raise _not_text()
    return text


def _not_text() -> UnreadableDocument:
    return UnreadableDocument(
        "not_text",
        "文件内容不是文本（可能是改了后缀的二进制文件）；请提供原始文件。"
        " / The content is not text (perhaps a renamed binary file); supply the original document.",
    )
