"""Pages of words and ruling lines to a Document: tables, paragraphs, headings in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass

from ogi.documents.layout.continued import continues, join
from ogi.documents.layout.furniture import edge_key, in_margin, is_page_number, running_heads
from ogi.documents.layout.lattice import find_ruled_tables
from ogi.documents.layout.lines import line_text, to_lines
from ogi.documents.layout.model import Page
from ogi.documents.layout.paragraphs import Paragraph, to_paragraphs, type_area
from ogi.documents.layout.rules import join_rules
from ogi.documents.layout.table import Line, Table
from ogi.documents.layout.unruled import find_unruled_tables
from ogi.documents.model import Document, Grid, GridCell, Text


def read_pages(format: str, pages: Iterable[Page]) -> Document:  # noqa: A002 - the format's name
    """Read pages in order into a document.

    A table that goes on at the top of the next page is one grid; page numbers and running heads are no blocks.
    """
    sheets = [_sheet(page) for page in pages]
    heads = running_heads([[edge_key(line_text(line.words)) for line in s.edges()] for s in sheets])
    document = Document(format)
    line_number = 1
    open_table: Table | None = None
    tables: list[Table] = []
    order: list[Table | Text] = []
    for sheet in sheets:
        for block in sheet.blocks(heads):
            if isinstance(block, Table):
                if open_table is not None and open_table.page < block.page and continues(open_table, block):
                    join(open_table, block)
                else:
                    open_table = block
                    tables.append(block)
                    order.append(block)
            else:
                open_table = None
                order.append(Text(block.text, line_number, sheet.page.number, block.is_heading))
                line_number += block.lines
    numbers = {id(table): number for number, table in enumerate(tables, start=1)}
    document.blocks.extend(
        block if isinstance(block, Text) else to_grid(block, numbers[id(block)]) for block in order
    )
    return document


@dataclass(slots=True)
class _Sheet:
    """One page: its ruled tables and the lines outside them."""

    page: Page
    ruled: list[Table]
    lines: list[Line]

    def edges(self) -> list[Line]:
        """Return the first and last line where they stand in the margins."""
        return [
            line
            for line in {id(x): x for x in (self.lines[:1] + self.lines[-1:])}.values()
            if in_margin(line, self.page.height)
        ]

    def blocks(self, heads: set[str]) -> list[Table | Paragraph]:
        """Return the page's blocks from top to bottom, without page number and running heads."""
        furniture = [
            line
            for line in self.edges()
            if is_page_number(line, self.page.height) or edge_key(line_text(line.words)) in heads
        ]
        lines = [line for line in self.lines if not any(line is f for f in furniture)]
        unruled, texts = find_unruled_tables(lines, self.page)
        tables = sorted([*self.ruled, *unruled], key=lambda t: t.top)
        area = type_area(texts)
        blocks: list[tuple[float, Table | Paragraph]] = [(t.top, t) for t in tables]
        for run in _between(texts, tables):
            blocks.extend((p.top, p) for p in to_paragraphs(run, area))
        return [block for _, block in sorted(blocks, key=lambda b: b[0])]


def _sheet(page: Page) -> _Sheet:
    tables, words = find_ruled_tables(page, join_rules(page.rules))
    return _Sheet(page, tables, to_lines(words))


def _between(lines: list[Line], tables: list[Table]) -> list[list[Line]]:
    """Part the lines where a table stands between them."""
    runs: list[list[Line]] = [[] for _ in range(len(tables) + 1)]
    for line in lines:
        runs[sum(table.top < line.middle for table in tables)].append(line)
    return [run for run in runs if run]


def to_grid(table: Table, number: int) -> Grid:
    """Return a table as a grid, rows and columns counted from 1."""
    rows: list[list[GridCell]] = [[] for _ in range(table.row_count)]
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        rows[cell.row].append(
            GridCell(
                cell.text,
                cell.row + 1,
                cell.column + 1,
                cell.page,
                cell.row_span,
                cell.column_span,
                (round(cell.box[0], 1), round(cell.box[1], 1), round(cell.box[2], 1), round(cell.box[3], 1)),
            )
        )
    return Grid(number, rows, is_aligned=True)
