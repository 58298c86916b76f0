"""A table of a page to grids: spans resolved as browsers do it, rows that only lay out the page walked through."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import msgspec

from ogi.documents.html_elements import span
from ogi.documents.html_site_labels import LABEL_BEGINNINGS, site_line
from ogi.documents.limits import MAX_SPANNED_PLACES, MAX_TABLE_COLUMNS
from ogi.documents.model import GridCell

# Longer text in a cell is prose, not a label or a figure.
_LONGEST_LABEL = 150
# A row with a cell of prose and fewer other cells than this lays out the page; with more it is data with a remark.
_FEWEST_DATA_CELLS = 3


class Heading(str):
    """A line that the page marks as a heading; other lines are plain strings."""

    __places__ = ()


class Preformatted(str):
    """A line whose white space the page shows as it is, so that spaces and tabs may part cells."""

    __places__ = ()


@dataclass(slots=True)
class TableRows:
    """The rows of a data table, as its grid holds them."""

    rows: list[list[GridCell]]
    is_aligned: bool


Item: TypeAlias = str | TableRows


class TableCell(msgspec.Struct):
    """A cell as marked up: what it shows and its spans (0: to the end); `column` is known once its row is placed.

    `text` and `size` are known once the cell is closed: its lines, and how many characters it shows, where a table in
    it counts as prose.
    """

    items: list[Item]
    row_span: int = 1
    column_span: int = 1
    column: int = 0
    text: str = ""
    size: int = 0

    def close(self) -> None:
        """Work out `text` and `size`; nothing more comes into the cell."""
        if len(self.items) == 1 and isinstance(self.items[0], str):
            self.text = str(self.items[0])  # a heading in a cell is plain text too
            self.size = len(self.text)
        elif self.items:
            self.text = "\n".join([item for item in self.items if isinstance(item, str)])
            self.size = sum(len(item) if isinstance(item, str) else _LONGEST_LABEL + 1 for item in self.items)


def make_cell(attributes: dict[str, str | None], text: str) -> TableCell:
    """Make a cell that shows this text, nothing where it is empty."""
    cell = TableCell([text], 1, 1, 0, text, len(text)) if text else TableCell([])
    if attributes:
        if "rowspan" in attributes:
            cell.row_span = span(attributes["rowspan"])
        if "colspan" in attributes:
            cell.column_span = span(attributes["colspan"])
    return cell


@dataclass(slots=True)
class Table:
    """A table as marked up: captions, and row groups as (0 head, 1 body, 2 foot; rows of cells); `row` is the open one."""

    captions: list[Item] = field(default_factory=list)
    groups: list[tuple[int, list[list[TableCell]]]] = field(default_factory=list)
    row: list[TableCell] = field(default_factory=list)


@dataclass(slots=True)
class SpanBudget:
    """What is left of MAX_SPANNED_PLACES in this document, and how many spans had to be cut."""

    places: int = MAX_SPANNED_PLACES
    cut: int = 0


class _Row(NamedTuple):
    """A row of placed cells; `end` is its last column, `is_covered` whether cells above reach into it."""

    cells: list[TableCell]
    end: int
    is_covered: bool


def unfold(table: Table, budget: SpanBudget) -> list[Item]:
    """Return what a table shows: grids, and between them the lines and tables of rows that only lay out the page."""
    shown = list(table.captions)
    run: list[_Row] = []
    for row in _rows(table, budget):
        if _lays_out(row):
            shown.extend(_data(run))
            shown.extend(item for cell in row.cells for item in cell.items)
            run = []
        else:
            run.append(row)
    shown.extend(_data(run))
    return shown


def _rows(table: Table, budget: SpanBudget) -> Iterator[_Row]:
    """Place each cell at the first free column of its row; a row group ends the spans that reach beyond it."""
    for _, rows in sorted(table.groups, key=lambda group: group[0]):
        free_from: dict[int, int] = {}  # column -> the first row of the group in which it is free again
        for number, cells in enumerate(rows):
            if free_from:
                free_from = {column: row for column, row in free_from.items() if row > number}
            covered = max(free_from, default=0)
            column = 1
            for cell in cells:
                while column in free_from:
                    column += 1
                cell.column = column
                if cell.row_span == 1 and cell.column_span == 1:
                    column += 1
                    continue
                _limit_spans(cell, len(rows) - number, budget)
                column += cell.column_span
                if cell.row_span > 1:
                    for covered_column in range(
                        cell.column, column
                    ):  # cells may overlap: the longer one counts
                        free_from[covered_column] = max(
                            free_from.get(covered_column, 0), number + cell.row_span
                        )
            yield _Row(cells, max(covered, column - 1), covered > 0)


def _limit_spans(cell: TableCell, rows_left: int, budget: SpanBudget) -> None:
    printed = cell.column_span
    cell.row_span = min(cell.row_span or rows_left, rows_left)
    cell.column_span = min(printed or 1, MAX_TABLE_COLUMNS)
    is_cut = printed > MAX_TABLE_COLUMNS
    if cell.row_span > 1:
        budget.places -= cell.row_span * cell.column_span
        if budget.places < 0:
            cell.row_span, is_cut = 1, True
    budget.cut += is_cut


def _lays_out(row: _Row) -> bool:
    """Whether a row is there for the page's layout: it holds tables or prose, and next to nothing beside them."""
    sizes = [cell.size for cell in row.cells]
    if max(sizes, default=0) <= _LONGEST_LABEL:
        return False
    return sum(0 < size <= _LONGEST_LABEL for size in sizes) < _FEWEST_DATA_CELLS


def _is_single(row: _Row) -> bool:
    """Whether a row is one cell over the whole width: a title or a note, not a row of data."""
    return len(row.cells) <= 1 and not row.is_covered


def _data(run: list[_Row]) -> Iterator[Item]:
    """Give a run of rows as one grid; titles and notes after its data, tables inside its cells and the site's own labels
    apart. A run of nothing but titles is no grid.
    """
    last = len(run)
    while last and _is_single(run[last - 1]):
        last -= 1
    if last:
        rows = [_grid_cells(row, number) for number, row in enumerate(run[:last], start=1)]
        yield from _site_lines(rows)
        ends = {row.end for row in run[:last] if len(row.cells) >= _FEWEST_DATA_CELLS}
        yield TableRows(rows, is_aligned=len(ends) <= 1)
        with_tables = [cell for row in run[:last] for cell in row.cells if cell.size > _LONGEST_LABEL]
        yield from [item for cell in with_tables for item in cell.items if isinstance(item, TableRows)]
    for row in run[last:]:
        yield from [item for cell in row.cells for item in cell.items]


def _grid_cells(row: _Row, number: int) -> list[GridCell]:
    return [
        GridCell(cell.text, number, cell.column, None, cell.row_span, cell.column_span) for cell in row.cells
    ]


def _site_lines(rows: list[list[GridCell]]) -> Iterator[str]:
    for row in rows:
        for index, cell in enumerate(row):
            if cell.text[:1] in LABEL_BEGINNINGS:
                line = site_line(cell.text, row[index + 1].text if index + 1 < len(row) else "")
                if line:
                    yield line
