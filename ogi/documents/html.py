"""Web pages and Word's HTML: what a browser would show, as lines of text and grids with their spans resolved."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from ogi.documents.encoding import decode_page
from ogi.documents.html_flow import Flow, read_flow
from ogi.documents.html_limits import refuse_hostile_markup
from ogi.documents.html_tables import Heading, Item, Preformatted, TableRows
from ogi.documents.model import Document, Grid, Remark, Text
from ogi.documents.plain_text import read_plain_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser


def read_html(data: bytes) -> Document:
    """Read a page of any Chinese encoding, declared or not.

    Each line that a browser would show is a Text (`line` counts them from 1), each data table a Grid; tables that only
    lay out the page are walked through. Properties are the page's `title` and its named meta elements.

    Raises:
        UnreadableDocument: not text, or markup beyond the limits.
    """
    from selectolax.lexbor import LexborHTMLParser

    text, damaged = decode_page(data)
    refuse_hostile_markup(text)
    page = LexborHTMLParser(text)
    flow = read_flow(page.root)
    if not flow.has_tables:
        # A page may keep its article hidden until a script shows it; what is hidden beside tables is no part of it
        flow = _with_hidden_tables(page, flow)
    if not flow.has_tables:
        flow.items.extend(_typed_in(page))
    return Document("html", _blocks(flow.items), _properties(page), _remarks(damaged, flow.cut_spans))


def _blocks(items: Sequence[Item]) -> list[Text | Grid]:
    """Number lines and tables; lines whose white space is shown are read as plain text, in which it parts cells."""
    blocks: list[Text | Grid] = []
    lines = tables = 0
    for is_plain, run in groupby(items, key=lambda item: isinstance(item, Preformatted)):
        if is_plain:
            document = read_plain_text("\n".join(str(line) for line in run))
            members = [
                b.text if isinstance(b, Text) else TableRows(b.rows, b.is_aligned) for b in document.blocks
            ]
        else:
            members = list(run)
        for item in members:
            if isinstance(item, str):
                lines += 1
                blocks.append(Text(str(item), lines, None, isinstance(item, Heading)))
            else:
                tables += 1
                blocks.append(Grid(tables, item.rows, item.is_aligned))
    return blocks


def _typed_in(page: "LexborHTMLParser") -> Iterator[Item]:
    """Yield what a page without tables shows in the boxes of a form, where some sites keep a whole article."""
    from selectolax.lexbor import LexborHTMLParser

    for box in page.css("textarea"):
        text = box.text()
        if "<table" in text.lower():
            refuse_hostile_markup(text)
            yield from read_flow(LexborHTMLParser(text).root).items
        else:
            yield from map(Preformatted, text.splitlines())


def _with_hidden_tables(page: "LexborHTMLParser", visible: Flow) -> Flow:
    everything = read_flow(page.root, shows_hidden=True)
    return everything if everything.has_tables else visible


def _properties(page: "LexborHTMLParser") -> dict[str, str]:
    """Collect what the head says of the page: the standard of government sites asks for ArticleTitle, PubDate, …"""
    properties: dict[str, str] = {}
    head = page.head
    if head is None:
        return properties
    title = head.css_first("title")
    if title is not None and title.text().strip():
        properties["title"] = re.sub(r"\s+", " ", title.text()).strip()
    for meta in head.css("meta[name][content]"):
        name, content = meta.attributes["name"], meta.attributes["content"]
        if name and content and content.strip():
            properties.setdefault(name.strip(), content.strip())
    return properties


def _remarks(damaged: int, cut_spans: int) -> list[Remark]:
    remarks = []
    if damaged:
        remarks.append(
            Remark(
                "characters_undecodable",
                f"网页中有 {damaged} 个字符的编码损坏，所在的格不采用；请核对原文。"
                f" / {damaged} characters of the page are damaged; a cell that holds one is not used. Check the page.",
            )
        )
    if cut_spans:
        remarks.append(
            Remark(
                "span_clamped",
                f"表格有 {cut_spans} 处合并跨度超出上限，已截短；请核对该表。"
                f" / {cut_spans} spans of table cells are beyond the limits and were cut; check the table.",
            )
        )
    return remarks
