"""Tables of a DOCX: where each cell stands once its merges are resolved."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ogi.documents.docx.xml import contents, number
from ogi.documents.limits import MAX_TABLE_COLUMNS, over_limit
from ogi.documents.model import GridCell


@dataclass(slots=True)
class Cell:
    """A cell while its spans are being counted."""

    element: ET.Element
    column: int
    column_span: int
    row_span: int = 1


def rows_of(table: ET.Element) -> list[ET.Element]:
    """Return a table's rows as Word shows them, without those a tracked change deleted."""
    return [row for row in contents(table) if row.tag == "tr" and row.find("trPr/del") is None]


def cells_of(row: ET.Element) -> list[ET.Element]:
    """Return a row's cells, without those a tracked change deleted."""
    return [cell for cell in contents(row) if cell.tag == "tc" and cell.find("tcPr/cellDel") is None]


def merged_rows(rows: Sequence[ET.Element]) -> list[list[Cell]]:
    """Return each row's printed cells with their columns (from 1) and spans.

    A cell that continues the one above it (`vMerge`) or before it (`hMerge`) is part of that one; where there is none
    to continue, it is a cell of its own.

    Raises:
        UnreadableDocument: a row has more columns than `MAX_TABLE_COLUMNS`.
    """
    found = []
    above: dict[int, Cell] = {}
    for row in rows:
        printed, open_below = [], {}
        for cell in _positioned(row):
            owner = above.get(cell.column)
            if _merge(cell.element, "vMerge") == "continue" and owner is not None:
                owner.row_span += 1
                open_below[cell.column] = owner
                continue
            if _merge(cell.element, "vMerge") is not None:
                open_below[cell.column] = cell
            printed.append(cell)
        above = open_below
        found.append(printed)
    return found


def grid_rows(rows: Sequence[ET.Element], text_of: Callable[[ET.Element], str]) -> list[list[GridCell]]:
    """Return a table's rows of cells; `text_of` gives the text of one."""
    return [
        [
            GridCell(
                text_of(cell.element),
                at,
                cell.column,
                None,
                row_span=cell.row_span,
                column_span=cell.column_span,
            )
            for cell in printed
        ]
        for at, printed in enumerate(merged_rows(rows), start=1)
    ]


def _positioned(row: ET.Element) -> Iterator[Cell]:
    column = 1 + max(number(row, "trPr/gridBefore", 0), 0)
    last: Cell | None = None
    for element in cells_of(row):
        span = max(number(element, "tcPr/gridSpan", 1), 1)
        if column + span - 1 > MAX_TABLE_COLUMNS:
            raise over_limit("MAX_TABLE_COLUMNS")
        if last is not None and _merge(element, "hMerge") == "continue":
            last.column_span += span
        else:
            if last is not None:
                yield last
            last = Cell(element, column, span)
        column += span
    if last is not None:
        yield last


def _merge(cell: ET.Element, name: str) -> str | None:
    """Return `restart` or `continue` (which Word leaves out), or None where the cell is not merged."""
    found = cell.find(f"tcPr/{name}")
    return None if found is None else found.get("val", "continue")
