"""Text files: Markdown where it holds a pipe table, else plain text."""

from ogi.documents.encoding import decode_text
from ogi.documents.limits import MAX_LINE_CHARACTERS, over_limit
from ogi.documents.markdown import is_markdown, read_markdown
from ogi.documents.model import Document
from ogi.documents.plain_text import read_plain_text


def read_text(data: bytes) -> Document:
    """Read a text in whatever encoding.

    Raises:
        UnreadableDocument: not text, or a line beyond `MAX_LINE_CHARACTERS`.
    """
    text = decode_text(data)
    if max(map(len, text.splitlines()), default=0) > MAX_LINE_CHARACTERS:
        raise over_limit("MAX_LINE_CHARACTERS")
    return read_markdown(text) if is_markdown(text) else read_plain_text(text)
