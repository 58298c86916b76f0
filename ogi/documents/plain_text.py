"""Plain text: cells separated by tabs, bars or spaces, tables interrupted by blank lines and page numbers."""

import re

from ogi.documents.lines import LineReader
from ogi.documents.model import Document
from ogi.documents.spaces import tabs_for_spaces

# What draws a table's frame in a text
_BARS = str.maketrans("│┃║｜", "||||")
_RULE = re.compile(r"^(?=.*[+─━═┼╋])[\s|+\-=─━═┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]{3,}$")


def read_plain_text(text: str) -> Document:
    """Read plain text into paragraphs and grids; a line with a tab or a bar in it, or aligned by spaces, is a row.

    Rows that only blank lines or a page number separate are one table, because converters leave a gap where a page
    ends. Converters also drop or add cells, so a column number does not mean the same place in every row.
    """
    text = tabs_for_spaces(text.translate(_BARS))
    split = _split_cell if _prints_one_cell_a_line(text) else split_row
    return LineReader("text", split, rows_are_aligned=False, blank_line_ends_table=False).read(text)


def _prints_one_cell_a_line(text: str) -> bool:
    """Tell whether bars end cells rather than separate them: most lines with a bar have one, at their end."""
    lines = [line.strip() for line in text.splitlines() if "|" in line]
    return sum(line.count("|") == 1 and line.endswith("|") for line in lines) * 2 > len(lines)


def _split_cell(line: str) -> list[str] | None:
    """Read a line that is one cell with a bar at its end; a line of several bars is what a merged cell left over."""
    if "|" not in line:
        return None
    return [] if line.count("|") > 1 and not line.strip("| \t") else [line.strip().removesuffix("|").strip()]


def split_row(line: str) -> list[str] | None:
    """Split a line into the cells of a table row: none of a rule between rows; return None where it is no row."""
    if _RULE.match(line):
        return []
    for separator in "\t|":
        if separator in line:
            return [cell.strip() for cell in line.split(separator)]
    return None
