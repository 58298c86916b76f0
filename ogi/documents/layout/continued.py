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


def continues(first: Table, second: Table) -> bool:
    """Tell whether the second table has the column borders of the first, or some of them within the same outer ones."""
    outer = zip((first.borders[0], first.borders[-1]), (second.borders[0], second.borders[-1]), strict=True)
    if any(abs(a - b) > _SAME_BORDER for a, b in outer) or not (first.is_ruled and second.is_ruled):
        return False
    fewer, more = sorted((first.borders, second.borders), key=len)
    return all(any(abs(a - b) <= _SAME_BORDER for b in more) for a in fewer)


def join(first: Table, second: Table) -> None:
    """Append the second table's rows to the first; both tables change."""
    _use_common_borders(first, second)
    offset = first.row_count
    for cell in second.cells:
        cell.row += offset
    cut = [(a, b) for b in second.cells if b.row == offset for a in first.cells if _is_above(a, b, offset)]
    first.last_page = second.last_page
    first.row_count += second.row_count
    first.cells.extend(second.cells)
    if _is_cut_row(cut, first, offset):
        _merge_rows(cut, first, offset)
    else:
        _merge_groups(cut, first)


def _use_common_borders(first: Table, second: Table) -> None:
    """Number the columns of both tables by the borders of either."""
    fewer, more = sorted((first, second), key=lambda t: len(t.borders))
    place = [min(range(len(more.borders)), key=lambda i: abs(more.borders[i] - x)) for x in fewer.borders]
    for cell in fewer.cells:
        end = place[cell.column + cell.column_span]
        cell.column = place[cell.column]
        cell.column_span = end - cell.column
    fewer.borders = list(more.borders)


def _is_above(above: Cell, below: Cell, offset: int) -> bool:
    """Tell whether two cells meet at the page end in the same columns."""
    same = above.column == below.column and above.column_span == below.column_span
    return same and above.row + above.row_span == offset


def _is_cut_row(cut: list[tuple[Cell, Cell]], table: Table, offset: int) -> bool:
    """Tell whether the page end cut one row in two: all its cells meet, labels run on, and no figure is on both sides."""
    below = [c for c in table.cells if c.row == offset]
    above = [c for c in table.cells if c.row + c.row_span == offset]
    if len(cut) != len(below) or len(below) != len(above):
        return False
    if any(b.row_span > 1 for b in below) and any(a.row_span == 1 and b.row_span > 1 for a, b in cut):
        return False
    printed = [(a, b) for a, b in cut if b.text]
    return bool(printed) and all(_runs_on(a, b) for a, b in printed)


def _runs_on(above: Cell, below: Cell) -> bool:
    """Tell whether the text below continues the text above: the line above is full, the one below begins no item."""
    if not above.text or not below.text or above.text_right is None:
        return False
    is_full = above.box[2] - above.text_right <= _FULL_LINE
    is_number = below.text.strip().replace(".", "").isdigit()
    return is_full and not is_number and not _ORDINAL.match(below.text)


def _merge_rows(cut: list[tuple[Cell, Cell]], table: Table, offset: int) -> None:
    for above, below in cut:
        above.text = "\n".join(text for text in (above.text, below.text) if text)
        above.row_span += below.row_span - 1
    gone = {id(below) for _, below in cut}
    table.cells = [cell for cell in table.cells if id(cell) not in gone]
    for cell in table.cells:
        if cell.row >= offset:
            cell.row -= 1
    table.row_count -= 1


def _merge_groups(cut: list[tuple[Cell, Cell]], table: Table) -> None:
    """Put a group's label together that stands beside rows on both pages: cut in its text, or blank after the break."""
    for above, below in cut:
        is_group = above.row_span > 1 or below.row_span > 1
        if not is_group or not above.text:
            continue
        if not below.text or _runs_on(above, below):
            above.text = "\n".join(text for text in (above.text, below.text) if text)
            above.row_span += below.row_span
            table.cells = [cell for cell in table.cells if cell is not below]
