"""Bytes to text in whatever encoding a Chinese office saved them."""

import codecs

from ogi.documents.model import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


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


def _decode_or_refuse(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text() from None
    # A picture or a program can be valid GB18030 by chance: control characters give it away.
    controls = sum(1 for character in text[:4096] if character < " " and character not in "\t\n\r\f\v")
    if controls:
        raise _not_text()
    return text


def _not_text() -> UnreadableDocument:
    return UnreadableDocument(
        "not_text",
        "文件内容不是文本（可能是改了后缀的二进制文件）；请提供原始文件。"
        " / The content is not text (perhaps a renamed binary file); supply the original document.",
    )
