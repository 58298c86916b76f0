"""Bytes to Document: the content decides the format, never the name."""

from ogi.documents.encoding import decode_text
from ogi.documents.markdown import is_markdown, read_markdown
from ogi.documents.model import Document, UnreadableDocument
from ogi.documents.plain_text import read_plain_text

# What the first bytes say of formats that are no text; each gets a message that names it.
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "DOCX/ZIP"),
    (b"\xd0\xcf\x11\xe0", "DOC/WPS"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)


def read_document(data: bytes) -> Document:
    """Read a document of any supported format (plain text, Markdown).

    Raises:
        UnreadableDocument: empty, not text, or a format there is no reader for.
    """
    if not data.strip():
        raise UnreadableDocument(
            "empty_file", "文件是空的；请重新提供。 / The file is empty; supply it again."
        )
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableDocument(
                "format_not_supported",
                f"文件内容是 {name}，目前不能读取；请提供纯文本或 Markdown。"
                f" / The content is {name}, for which there is no reader; supply plain text or Markdown.",
            )
    text = decode_text(data)
    return read_markdown(text) if is_markdown(text) else read_plain_text(text)
