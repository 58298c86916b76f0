"""Which part of a document is which table of the form: by section headings and by labels only one table has."""

import re
from dataclasses import dataclass

from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.reports.figures import Figure, read_figure
from ogi.reports.labels import normalise, squeeze, without_notes
from ogi.reports.model import Place

_SECTION = r"^(?:[一二三四五六七八九]、)?(?:.{0,4}行政机关)?"
_HEADINGS = {
    "proactive": re.compile(_SECTION + r"主动公开(?:政府)?信息(?:的)?情况$"),
    "applications": re.compile(_SECTION + r"收到和处理.{0,10}申请.{0,6}情况$"),
    "reviews": re.compile(_SECTION + r".{0,10}行政(?:法)?复议.{0,4}行政诉讼.{0,4}情况$"),
    None: re.compile(r"^[一二三四五六七八九]、(?:总体情况|.{0,8}问题.{0,12}|.{0,4}其他.{0,6}事项.{0,6})$"),
}
# A cell with one of these labels belongs to that table wherever it stands.
_ANCHORS = {
    "信息内容": "proactive",
    "申请人情况": "applications",
    "本年新收政府信息公开申请数量": "applications",
    "未经复议直接起诉": "reviews",
    "复议后起诉": "reviews",
}
_ARTICLE_20 = re.compile(r"^第二十条第\(?[一五六八九]\)?项$")
_LONGEST_LINE_CELL = 60
_SENTENCE = re.compile(r"[。;,!?]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell of a region with its figure read; pieces compare by place, so that each is claimed at most once."""

    text: str
    figure: Figure
    place: Place
    column: int | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed in the cell."""
        return self.figure.state == "blank"

    @property
    def is_value(self) -> bool:
        """Whether the cell can be a value as it stands: a number, a blank or a mark for 'not applicable'."""
        return self.figure.state != "illegible"


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row of a region; `grid` is the table's number in the document, None for a line of text."""

    pieces: list[Piece]
    grid: int | None
    is_aligned: bool


Regions = dict[str, list[Row]]


def find_regions(document: Document) -> Regions:
    """Collect the rows of each table of the form (`proactive`, `applications`, `reviews`) in reading order.

    A grid without a heading above it counts from the first row with a label that only one table has. Short lines of
    text inside a section count as rows of one cell, because converters print some tables one cell a line. A row of a
    grid that prints nothing but a heading is that heading: some reports are one table from top to bottom.
    """
    regions: Regions = {}
    current: str | None = None
    for block in document.blocks:
        if isinstance(block, Text):
            heading = _heading(block.text)
            if heading is not _NO_HEADING:
                current = heading
                continue
            rows = [_line_row(block)] if _may_be_cell(block.text) else []
        else:
            rows = [_grid_row(block, cells) for cells in block.rows]
        for row in rows:
            printed = [piece.text for piece in row.pieces if not piece.is_empty]
            heading = _heading(printed[0]) if len(printed) == 1 else _NO_HEADING
            if heading is not _NO_HEADING:
                current = heading
                continue
            current = _anchored_table(row) or current
            if current is not None:
                regions.setdefault(current, []).append(row)
    return regions


_NO_HEADING = "no heading"


def _heading(text: str) -> str | None:
    plain = squeeze(text)
    for table, pattern in _HEADINGS.items():
        if pattern.match(plain):
            return table
    return _NO_HEADING


def _anchored_table(row: Row) -> str | None:
    for piece in row.pieces:
        anchored = _ANCHORS.get(normalise(piece.text))
        if anchored:
            return anchored
        if _ARTICLE_20.match(squeeze(piece.text)):
            return "proactive"
    return None


def _may_be_cell(text: str) -> bool:
    plain = without_notes(squeeze(text))
    return 0 < len(plain) <= _LONGEST_LINE_CELL and not _SENTENCE.search(plain)


def _line_row(block: Text) -> Row:
    place = Place(page=block.page, line=block.line)
    return Row([Piece(block.text, read_figure(block.text), place, None)], None, is_aligned=False)


def _grid_row(grid: Grid, cells: list[GridCell]) -> Row:
    pieces = [
        Piece(
            c.text,
            read_figure(c.text),
            Place(page=c.page, table=grid.number, row=c.row, column=c.column),
            c.column,
        )
        for c in cells
    ]
    return Row(pieces, grid.number, grid.is_aligned)
