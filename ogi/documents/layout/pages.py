"""Pages of words and ruling lines to a Document: tables, paragraphs, headings in reading order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ogi.documents.layout.continued import continues, join
from ogi.documents.layout.furniture import edge_key, in_margin, is_page_number, running_heads
from ogi.documents.layout.lattice import find_ruled_tables
from ogi.documents.layout.lines import line_text, to_lines
from ogi.documents.layout.model import Page
from ogi.documents.layout.paragraphs import Column, to_paragraphs, type_area, usual_height
from ogi.documents.layout.rules import Stroke, join_rules
from ogi.documents.layout.table import Line, Table
from ogi.documents.layout.unruled import build_table
from ogi.documents.layout.zones import find_zones, zone_line
from ogi.documents.model import Document, Grid, GridCell, Text


def read_pages(format: str, pages: Iterable[Page]) -> Document:
    """Read pages in order into a document.

    A table that goes on at the top of the next page is one grid; page numbers and running heads are no blocks.
    """
    sheets = [_sheet(page) for page in pages]
    heads = running_heads([[edge_key(line_text(line.words)) for line in sheet.edges()] for sheet in sheets])
    for sheet in sheets:
        sheet.drop_furniture(heads)
    document = Document(format)
    writer = _Writer(document)
    blocks = list(_blocks(sheets))
    heights = _text_heights(blocks)
    for block in blocks:
        if isinstance(block, Table):
            writer.add_table(block)
        else:
            lines, number, area = block
            writer.add_lines(lines, number, replace(area, height=heights[number]))
    writer.finish()
    return document


@dataclass(slots=True)
class _Sheet:
    """One page: its ruled tables, the lines outside them, and the horizontal rules of no table."""

    page: Page
    ruled: list[Table]
    lines: list[Line]
    separators: list[Stroke]

    def edges(self) -> list[Line]:
        """Return the first and last line where they stand in the margins."""
        ends = self.lines[:1] + self.lines[1:][-1:]
        return [line for line in ends if in_margin(line, self.page.height)]

    def drop_furniture(self, heads: set[str]) -> None:
        """Leave out page number and running heads."""
        gone = {
            id(line)
            for line in self.edges()
            if is_page_number(line, self.page.height) or edge_key(line_text(line.words)) in heads
        }
        self.lines = [line for line in self.lines if id(line) not in gone]


def _sheet(page: Page) -> _Sheet:
    strokes = join_rules(page.rules)
    tables, words = find_ruled_tables(page, strokes)
    lone = [s for s in strokes.horizontal if not any(t.top - 1 <= s.at <= t.bottom + 1 for t in tables)]
    return _Sheet(page, tables, to_lines(words), lone)


# Lines of one page between two tables, with the page's number and type area.
_Lines = tuple[list[Line], int, Column]


def _blocks(sheets: list[_Sheet]) -> Iterator[Table | _Lines]:
    """Give tables and the lines between them in reading order; tables without ruling may run over pages."""
    areas = {sheet.page.number: type_area(sheet.lines) for sheet in sheets}
    usual: float | None = None
    for run in _runs(sheets):
        if isinstance(run, Table):
            yield run
            continue
        sheet_of = {sheet.page.number: sheet for sheet, _ in run}
        lines = [zone_line(line, sheet.page.number) for sheet, line in run]
        separators = [(number, rule) for number, sheet in sheet_of.items() for rule in sheet.separators]
        width = max((areas[number].right - areas[number].left for number in sheet_of), default=0.0)
        done = 0
        for start, end in find_zones(lines, width):
            built = build_table(lines[start:end], separators, usual)
            if built is None:
                continue
            yield from _by_page([(z.line, z.page) for z in lines[done:start]], areas)
            table, usual = built
            yield table
            done = end
        yield from _by_page([(z.line, z.page) for z in lines[done:]], areas)


def _runs(sheets: list[_Sheet]) -> Iterator[Table | list[tuple[_Sheet, Line]]]:
    """Give the ruled tables, and between them the lines of all pages."""
    run: list[tuple[_Sheet, Line]] = []
    for sheet in sheets:
        lines = iter([*sheet.lines, None])
        line = next(lines)
        for table in [*sorted(sheet.ruled, key=lambda t: t.top), None]:
            while line is not None and (table is None or line.middle < table.top):
                run.append((sheet, line))
                line = next(lines)
            if table is not None:
                if run:
                    yield run
                    run = []
                yield table
    if run:
        yield run


def _by_page(lines: list[tuple[Line, int]], areas: dict[int, Column]) -> Iterator[_Lines]:
    for number in dict.fromkeys(page for _, page in lines):
        yield [line for line, page in lines if page == number], number, areas[number]


def _text_heights(blocks: Sequence[Table | _Lines]) -> dict[int, float]:
    """Return each page's usual height of lines outside tables, whose type is often smaller than that of the text."""
    lines_of: dict[int, list[Line]] = {}
    for block in blocks:
        if not isinstance(block, Table):
            lines_of.setdefault(block[1], []).extend(block[0])
    return {number: usual_height(lines) for number, lines in lines_of.items()}


class _Writer:
    """Writes blocks into a document: joins tables over pages, numbers tables and lines."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._line = 1
        self._tables = 0
        self._open: Table | None = None

    def add_lines(self, lines: list[Line], page: int, area: Column) -> None:
        """Write lines of one page as paragraphs."""
        self.finish()
        for paragraph in to_paragraphs(lines, area):
            self._document.blocks.append(Text(paragraph.text, self._line, page, paragraph.is_heading))
            self._line += paragraph.lines

    def add_table(self, table: Table) -> None:
        """Write a table, or keep it open for its next page."""
        if self._open is not None and self._open.last_page < table.page and continues(self._open, table):
            join(self._open, table)
            return
        self.finish()
        self._open = table

    def finish(self) -> None:
        """Write the table that was kept open."""
        if self._open is not None:
            self._tables += 1
            self._document.blocks.append(to_grid(self._open, self._tables))
            self._open = None


def to_grid(table: Table, number: int) -> Grid:
    """Return a table as a grid, rows and columns counted from 1."""
    rows: list[list[GridCell]] = [[] for _ in range(table.row_count)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        left, top, right, bottom = (round(edge, 1) for edge in cell.box)
        rows[cell.row].append(
            GridCell(
                cell.text,
                cell.row + 1,
                cell.column + 1,
                cell.page,
                cell.row_span,
                cell.column_span,
                (left, top, right, bottom),
            )
        )
    return Grid(number, rows, table.is_aligned)
