"""Which part of a document is which table of the form: by section headings and by labels only one table has."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import msgspec

from ogi.documents.model import Grid, GridCell, Text
from ogi.reports.figures import Figure, is_vague, read_figure
from ogi.reports.labels import REMEMBERED, has_words, normalise, squeeze, without_notes
from ogi.reports.model import Place
from ogi.reports.templates import templates

_SECTION = r"^(?:[一二三四五六七八九]、)?(?:.{0,4}行政机关)?"
_HEADINGS = {
    "proactive": re.compile(_SECTION + r"主动公开(?:政府)?信息(?:的)?情况$"),
    "applications": re.compile(_SECTION + r"收到和处理.{0,10}申请.{0,6}情况$"),
    "reviews": re.compile(_SECTION + r".{0,20}行政(?:法)?复议.{0,6}行政诉讼.{0,6}情况$"),
    "statistics": re.compile(
        r"^.{0,40}政府信息公开(?:工作)?情况统计表?$|^.{0,30}政府信息公开(?:工作)?统计(?:报)?表$"
    ),
    None: re.compile(r"^[一二三四五六七八九]、(?:总体情况|.{0,12}问题.{0,12}|.{0,4}其他.{0,6}事项.{0,6})$"),
}
_ARTICLE_20 = re.compile(r"^第二十条第\(?[一五六八九]\)?项$")
# Labels that stand above the form's own
_MORE_ANCHORS = {
    "申请人情况": "applications",
    "信息内容": "proactive",
    "统计指标": "statistics",
    "指标名称": "statistics",
}
# A shorter label may stand in other tables and in headings of the prose
_SHORTEST_ANCHOR, _SHORTEST_ANCHOR_OF_LINE = 4, 6
_LONGEST_LINE_CELL = 60
# Cells of a text without other separators stand apart by this
GAP = re.compile(r"\s{2,}|\t|\u3000")
# Fewer cells may be equal in number by chance
_FEWEST_COLUMNS, _FEWEST_ROWS = 4, 3
# A comma before three digits is one of a figure
_SENTENCE = re.compile(r"[。;!?]|,(?!\d{3})")


class Piece(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One cell of a region with its figure read; each piece is itself alone, so that it is claimed at most once.

    `width` is how many columns it covers; `parts` are the cells that a split figure was put together from. `squeezed` is
    the text as `squeeze` gives it, `key` as `normalise` does, '' for a value. `is_empty` says that nothing is printed,
    `is_value` that the cell can be a value as it stands (a number, a blank, a mark for 'not applicable'), `is_label`
    that it holds words.
    """

    text: str
    place: Place
    column: int | None
    width: int
    parts: tuple["Piece", ...]
    squeezed: str
    key: str
    figure: Figure
    is_empty: bool
    is_value: bool
    is_label: bool


def make_piece(
    text: str, place: Place, column: int | None = None, width: int = 1, parts: tuple[Piece, ...] = ()
) -> Piece:
    """Make a piece of a text; the figure of several parts is that of their digits put together."""
    digits = "".join([part.squeezed for part in parts]) if parts else ""
    return Piece(text, place, column, width, parts, *_read(digits or text))


@lru_cache(REMEMBERED)
def _read(text: str) -> tuple[str, str, Figure, bool, bool, bool]:
    """Return what a piece is by its text alone: the fields from `squeezed` on."""
    figure = read_figure(text)
    is_value = figure.state != "illegible"
    key = "" if is_value else normalise(text)
    is_label = not is_value and has_words(text) and not is_vague(text)
    return squeeze(text), key, figure, figure.state == "blank", is_value, is_label


class Row(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One printed row of a region; `grid` is the table's number in the document, None for a line of text.

    `texts` are those of its pieces that can be no values as they stand: labels, and figures that are not legible.
    """

    pieces: list[Piece]
    texts: list[Piece]
    grid: int | None
    is_aligned: bool


def make_row(pieces: list[Piece], grid: int | None, *, is_aligned: bool) -> Row:
    """Make a row of its pieces."""
    return Row(pieces, [piece for piece in pieces if not piece.is_value], grid, is_aligned)


Regions = dict[str, list[Row]]


def find_regions(blocks: Sequence[Text | Grid]) -> Regions:
    """Collect the rows of each table (`proactive`, `applications`, `reviews`, `statistics`) in reading order.

    A grid without a heading above it counts from the first row with a label that only one table has. Short lines of
    text inside a section count as rows of one cell, because converters print some tables one cell a line. A row of a
    grid that prints nothing but a heading is that heading: some reports are one table from top to bottom.
    """
    regions: Regions = {}
    current: str | None = None
    section: str | None = _NO_HEADING
    elsewhere: dict[str, list[Row]] = {}
    for block in blocks:
        is_line = isinstance(block, Text)
        if isinstance(block, Text):
            heading = _heading(block.text)
            if heading is not _NO_HEADING:
                current = section = heading
                continue
            rows = list(_line_rows(block))
        else:
            is_aligned = block.is_aligned or _is_uniform(block)
            rows = [
                make_row(_pieces(block, cells), block.number, is_aligned=is_aligned) for cells in block.rows
            ]
        for row in rows:
            stands_alone = len(row.texts) == 1 and sum(not piece.is_empty for piece in row.pieces) == 1
            heading = _heading(row.texts[0].text) if stands_alone else _NO_HEADING
            if heading is not _NO_HEADING:
                current = section = heading
                continue
            current = _table_of(row, is_line=is_line) or current
            if current is not None:
                regions.setdefault(current, []).append(row)
                if section is None:
                    elsewhere.setdefault(current, []).append(row)
    for table, rows in elsewhere.items():
        regions[table] = _of_its_own_section(regions[table], rows)
    return regions


def _of_its_own_section(rows: list[Row], elsewhere: list[Row]) -> list[Row]:
    """Leave out rows that a section of prose prints (a comparison of years, say) where the table has others.

    Not where the others have no figures: the heading may stand after its table.
    """
    there = {id(row) for row in elsewhere}
    others = [row for row in rows if id(row) not in there]
    has_figures = any(piece.figure.value is not None for row in others for piece in row.pieces)
    return others if has_figures else rows


_NO_HEADING = "no heading"


def _heading(text: str) -> str | None:
    if len(text) > 2 * _LONGEST_LINE_CELL:
        return _NO_HEADING
    plain = squeeze(text)
    for table, pattern in _HEADINGS.items():
        if pattern.match(plain):
            return table
    return _NO_HEADING


def _table_of(row: Row, *, is_line: bool) -> str | None:
    shortest = _SHORTEST_ANCHOR_OF_LINE if is_line else _SHORTEST_ANCHOR
    for piece in row.texts:
        anchored = _anchors().get(piece.key)
        if anchored and (len(piece.key) >= shortest or piece.key in _MORE_ANCHORS):
            return anchored
        if _ARTICLE_20.match(piece.squeezed):
            return "proactive"
    return None


@cache
def _anchors() -> dict[str, str]:
    """Return normalised label -> table for the labels that only one table has, whatever the template."""
    tables: dict[str, set[str]] = {}
    for template in templates().values():
        for cell in template.cells:
            for label in (*cell.row_path, *cell.column_path):
                tables.setdefault(normalise(label), set()).add(cell.table)
    unique = {label: found.pop() for label, found in tables.items() if len(found) == 1}
    return {label: t for label, t in unique.items() if len(label) >= _SHORTEST_ANCHOR} | _MORE_ANCHORS


def _may_be_cell(text: str) -> bool:
    plain = without_notes(squeeze(text))
    return 0 < len(plain) <= _LONGEST_LINE_CELL and not _SENTENCE.search(plain)


def _line_rows(block: Text) -> Iterator[Row]:
    """Yield a short line as a row: of one cell, or of those that stand apart in it."""
    cells = GAP.split(block.text.strip())
    if all(_may_be_cell(cell) for cell in cells):
        place = Place(page=block.page, line=block.line)
        yield make_row([make_piece(cell, place) for cell in cells], None, is_aligned=False)


def _is_uniform(grid: Grid) -> bool:
    """Tell whether every row of a text's table has the same number of cells: its converter dropped and added none."""
    lengths = {len(cells) for cells in grid.rows}
    return len(lengths) == 1 and min(lengths) >= _FEWEST_COLUMNS and len(grid.rows) >= _FEWEST_ROWS


def _pieces(grid: Grid, cells: list[GridCell]) -> list[Piece]:
    return [
        make_piece(c.text, Place(c.page, grid.number, c.row, c.column), c.column, c.column_span)
        for c in cells
    ]
