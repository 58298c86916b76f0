"""DOCX to blocks in the order of the body."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from itertools import groupby

from ogi.documents.docx.numbering import Numbering
from ogi.documents.docx.styles import Styles
from ogi.documents.docx.table import cells_of, grid_rows, rows_of
from ogi.documents.docx.text import is_joined_to_next, paragraph_text, text_boxes
from ogi.documents.docx.xml import Parts, contents
from ogi.documents.limits import MAX_BLOCKS, MAX_TABLE_NESTING, over_limit
from ogi.documents.model import Document, Grid, Remark, Text, UnreadableDocument


def read_docx(data: bytes) -> Document:
    """Read a DOCX; `Text.line` counts its paragraphs.

    Raises:
        UnreadableDocument: damaged, beyond a limit, or not what Word writes.
    """
    parts = Parts(data)
    root = parts.xml(parts.main)
    body = root.find("body") if root is not None else None
    if body is None:
        raise UnreadableDocument(
            "file_damaged",
            "DOCX 里没有正文；请用 Word 重新保存。 / The DOCX has no body; save it again with Word.",
        )
    styles = Styles(parts.beside_main("styles.xml"))
    reader = _Reader(styles, Numbering(parts.beside_main("numbering.xml"), styles))
    reader.read(body, 0)
    return Document("docx", reader.blocks, remarks=_remarks(body, reader))


class _Reader:
    """Walks the body once, because list numbers count in the order of the text."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Text | Grid] = []
        self.tables = 0
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0

    def read(self, container: ET.Element, depth: int) -> None:
        """Add the paragraphs and tables of the body, a cell or a text box; `depth` counts the tables around."""
        begun = ""
        for element in contents(container):
            if element.tag == "p":
                begun += self._text(element)
                if not is_joined_to_next(element):
                    self._add_text(begun, is_heading=self._styles.is_heading(element))
                    begun = ""
                for box in text_boxes(element):
                    self.read(box, depth)
            elif element.tag == "tbl":
                self._read_table(element, depth + 1)
        if begun:
            self._add_text(begun, is_heading=False)

    def _text(self, paragraph: ET.Element) -> str:
        self._paragraphs += 1
        text = paragraph_text(paragraph, self._styles)
        return self._numbering.label(paragraph) + text

    def _add_text(self, text: str, *, is_heading: bool) -> None:
        if text.strip():
            self._add(Text(text.strip(), self._paragraphs, None, is_heading))

    def _add(self, block: Text | Grid) -> None:
        self.blocks.append(block)
        if len(self.blocks) > MAX_BLOCKS:
            raise over_limit("MAX_BLOCKS")

    def _read_table(self, table: ET.Element, depth: int) -> None:
        """Add a table; what is there for the layout (a frame of one column, cells around tables) is read through."""
        if depth > MAX_TABLE_NESTING:
            raise over_limit("MAX_TABLE_NESTING")
        rows = rows_of(table)
        is_around_tables = any(_holds_table(row) for row in rows)
        is_frame = all(len(cells_of(row)) <= 1 for row in rows)
        for is_layout, group in groupby(
            rows, lambda row: is_frame or _holds_table(row) or (is_around_tables and len(cells_of(row)) <= 1)
        ):
            if is_layout:
                for row in group:
                    for cell in cells_of(row):
                        self.read(cell, depth)
            else:
                self._add_grid(list(group))

    def _add_grid(self, rows: Sequence[ET.Element]) -> None:
        self.tables += 1
        self._add(Grid(self.tables, grid_rows(rows, self._cell_text), is_aligned=True))

    def _cell_text(self, cell: ET.Element) -> str:
        return "\n".join(self._lines(cell)).strip()

    def _lines(self, container: ET.Element) -> Iterable[str]:
        begun = ""
        for element in contents(container):
            if element.tag == "p":
                begun += self._text(element)
                if not is_joined_to_next(element):
                    yield begun
                    begun = ""
                for box in text_boxes(element):
                    yield from self._lines(box)
        if begun:
            yield begun


def _holds_table(row: ET.Element) -> bool:
    return row.find(".//tbl") is not None


def _remarks(body: ET.Element, reader: _Reader) -> list[Remark]:
    """Say where the tables may be that were not found: in pictures."""
    has_pictures = any(element.tag in ("blip", "imagedata") for element in body.iter())
    if reader.tables or not has_pictures:
        return []
    return [
        Remark(
            "tables_may_be_pictures",
            "文档里没有表格，只有图片；如果表格是图片，请提供原表。"
            " / The document has pictures and no table: if the tables are pictures, supply them as tables.",
        )
    ]
