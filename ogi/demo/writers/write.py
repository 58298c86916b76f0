"""The writer of each format; what a format needs beyond the standard library is imported when it is written."""

import random
from collections.abc import Callable
from importlib.util import find_spec

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


class ExtraMissing(Exception):
    """PDF and scans need packages that are not installed; the message says how to get them."""


def require_extra() -> None:
    """Make sure that every format can be written.

    Raises:
        ExtraMissing: the extra `demo` is not installed.
    """
    missing = [name for name in ("reportlab", "PIL") if find_spec(name) is None]
    if missing:
        raise ExtraMissing(
            "PDF 和扫描件需要附加组件，请先运行 pip install 'ogi-warehouse[demo]'，或改用 --as parsed。"
            " / PDF and scans need the extra `demo`: pip install 'ogi-warehouse[demo]', or use --as parsed."
        )


def write_document(rng: random.Random, content: Content, layout: Layout, document_format: str) -> bytes:
    """Write a document in a format of `SUFFIXES`; all but the plain ones need the extra `demo`."""
    if document_format in _PLAIN:
        return _PLAIN[document_format](content, layout)
    from ogi.demo.writers.pdf import write_pdf

    printed = write_pdf(content, layout)
    if document_format == "pdf":
        return printed
    from ogi.demo.writers.scan import scan

    return scan(rng, printed, document_format)
