"""A table that goes on at the top of the next page: one grid, cells that the page end cut put together."""

import re

from ogi.documents.layout.table import Cell, Table

# In points.
_SAME_BORDER = 6.0
# A line that leaves less than this to the cell's right border was broken because the cell was full.
_FULL_LINE = 14.0
_ORDINAL = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])"
)
_FIGURE = re.compile(r"^[+\-−－]?[\d,，.．\s]+$")

# A cell that ends a page, and the cell of the same columns that begins the next.
_Cut = list[tuple[Cell, Cell]]


def continues(first: Table, second: Table) -> bool:
    """Tell whether the second table has the column borders of the first, or some of them within the same outer ones."""
    if not (first.is_ruled and second.is_ruled):
        return False
    outer = zip((first.borders[0], first.borders[-1]), (second.borders[0], second.borders[-1]), strict=True)
    if any(abs(a - b) > _SAME_BORDER for a, b in outer):
        return False
    fewer, more = sorted((first.borders, second.borders), key=len)
    return all(any(abs(a - b) <= _SAME_BORDER for b in more) for a in fewer)


def join(first: Table, second: Table) -> None:
    """Append the second table's rows to the first; both tables change."""
    _use_common_borders(first, second)
    last, offset = first.row_count, first.row_count
    repeated = _repeated_header(first, second)
    for cell in second.cells:
        cell.row += offset
    start = offset + repeated
    cut = [
        (a, b)
        for b in second.cells
        if b.row == start
        for a in first.cells
        if a.row + a.row_span == last and (a.column, a.column_span) == (b.column, b.column_span)
    ]
    first.last_page = second.last_page
    first.row_count += second.row_count
    first.cells.extend(second.cells)
    if _is_cut_row(cut, first, last, start):
        _merge_rows(cut, first, start)
    else:
        _merge_groups(cut, first, bool(repeated))


def _use_common_borders(first: Table, second: Table) -> None:
    """Number the columns of both tables by the borders of either."""
    fewer, more = sorted((first, second), key=lambda t: len(t.borders))
    place = [min(range(len(more.borders)), key=lambda i: abs(more.borders[i] - x)) for x in fewer.borders]
    for cell in fewer.cells:
        end = place[cell.column + cell.column_span]
        cell.column = place[cell.column]
        cell.column_span = end - cell.column
    fewer.borders = list(more.borders)


def _repeated_header(first: Table, second: Table) -> int:
    """Return how many rows the second table begins with that are those the first begins with."""
    count = 0
    while count < min(first.row_count, second.row_count):
        rows = [
            sorted((c.column, c.column_span, c.row_span, c.text) for c in table.cells if c.row == count)
            for table in (first, second)
        ]
        if rows[0] != rows[1]:
            break
        count += 1
    return count


def _is_cut_row(cut: _Cut, table: Table, last: int, start: int) -> bool:
    """Tell whether the page end cut one row in two: its cells meet one to one, and what is printed below runs on."""
    above = [c for c in table.cells if c.row + c.row_span == last]
    below = [c for c in table.cells if c.row == start]
    if not len(cut) == len(below) == len(above) or any(a.row_span == 1 and b.row_span > 1 for a, b in cut):
        return False
    printed = [(a, b) for a, b in cut if b.text]
    return bool(printed) and all(_runs_on(a, b) for a, b in printed)


def _runs_on(above: Cell, below: Cell) -> bool:
    """Tell whether the text below continues the text above: the line above is full, the one below begins no item."""
    if not above.text or above.text_right is None or above.text == below.text:
        return False
    is_full = above.box[2] - above.text_right <= _FULL_LINE
    return is_full and not _FIGURE.match(below.text) and not _ORDINAL.match(below.text)


def _merge_rows(cut: _Cut, table: Table, row: int) -> None:
    """Put the second half of a cut row into the first, and close the gap."""
    for above, below in cut:
        _append(above, below)
        above.row_span += below.row_span - 1
    gone = {id(below) for _, below in cut}
    table.cells = [cell for cell in table.cells if id(cell) not in gone]
    for cell in table.cells:
        if cell.row > row:
            cell.row -= 1
    table.row_count -= 1


def _merge_groups(cut: _Cut, table: Table, header_between: bool) -> None:
    """Put a group's label together that stands beside rows on both pages: cut in its text, or blank after the break.

    With a repeated header between them the cells stay two, and the label stands in the first.
    """
    for above, below in cut:
        is_group = above.row_span > 1 or below.row_span > 1
        runs_on = bool(below.text) and _runs_on(above, below)
        if not is_group or not above.text or (below.text and not runs_on):
            continue
        _append(above, below)
        if not header_between:
            above.row_span += below.row_span
            table.cells = [cell for cell in table.cells if cell is not below]


def _append(above: Cell, below: Cell) -> None:
    above.text = "\n".join(text for text in (above.text, below.text) if text)
    below.text = ""
