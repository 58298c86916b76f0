"""The writer of each format; what a format needs beyond the standard library is imported when it is written."""

import random
from collections.abc import Callable

from ogi.demo.content import Content
from ogi.demo.layouts import Layout
from ogi.demo.writers.docx import write_docx
from ogi.demo.writers.html import write_html
from ogi.demo.writers.markdown import write_markdown
from ogi.demo.writers.text import write_text

SUFFIXES = {
    "html": ".html",
    "docx": ".docx",
    "markdown": ".md",
    "text": ".txt",
    "pdf": ".pdf",
    "png": ".png",
    "jpeg": ".jpg",
    "scanned_pdf": ".pdf",
}
_PLAIN: dict[str, Callable[[Content, Layout], bytes]] = {
    "html": write_html,
    "docx": write_docx,
    "markdown": write_markdown,
    "text": write_text,
}


def write_document(rng: random.Random, content: Content, layout: Layout, document_format: str) -> bytes:
    """Write a document in a format of `SUFFIXES`.

    Raises:
        ModuleNotFoundError: the format needs the extra `demo`, which is not installed.
    """
    if document_format in _PLAIN:
        return _PLAIN[document_format](content, layout)
    from ogi.demo.writers.pdf import write_pdf

    printed = write_pdf(content, layout)
    if document_format == "pdf":
        return printed
    from ogi.demo.writers.scan import scan

    return scan(rng, printed, document_format)
