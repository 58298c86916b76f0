"""Plain text as converters leave it: tabs, bars, columns aligned by spaces, one cell a line, rows displaced."""

import codecs
import unicodedata

from ogi.demo.content import Content, Line, Table, matrix, placed
from ogi.demo.layouts import Layout

_ROWS_A_PAGE = 14


def write_text(content: Content, layout: Layout) -> bytes:
    """Write a document as plain text in the layout's dress and encoding."""
    lines: list[str] = []
    page = 1
    for block in content.blocks:
        if isinstance(block, Line):
            lines += [block.text, ""]
            continue
        if block.continues:
            page += 1
            lines += ["", f"- {page} -", ""]
        lines += [*_DRESSES.get(layout.dress, _tabs)(block), ""]
    text = "\n".join(lines)
    if layout.encoding == "gbk_undeclared":
        return text.encode("gb18030")
    return (codecs.BOM_UTF8 if layout.encoding == "utf-8-bom" else b"") + text.encode()


def _tabs(table: Table) -> list[str]:
    return ["\t".join(row) for row in table_rows(table)]


def _bars(table: Table) -> list[str]:
    return [" | ".join(row) for row in table_rows(table)]


def _aligned(table: Table) -> list[str]:
    rows = table_rows(table)
    columns = max(len(row) for row in rows)
    widths = [max(_columns(row[i]) for row in rows if i < len(row)) for i in range(columns)]
    return [
        "  ".join(cell + " " * (widths[i] - _columns(cell)) for i, cell in enumerate(row)).rstrip()
        for row in rows
    ]


def _one_cell_a_line(table: Table) -> list[str]:
    """Print every cell on a line of its own, with a blank one after it; a merged cell is one."""
    return [line for row in table.rows for slot in row for line in (slot.text, "")]


def _bar_and_line(table: Table) -> list[str]:
    """Print every cell on a line with a bar behind it, and bars alone for what a merged cell covers."""
    lines = []
    for row in table.rows:
        for slot in row:
            lines.append(f"{slot.text} |".strip())
        covered = sum(slot.columns - 1 for slot in row)
        lines += ["|" * covered] if covered else []
    return lines


def _displaced(table: Table) -> list[str]:
    """Let merged cells leave no trace or a stray one, as converters do, and break pages within the table."""
    lines = []
    for index, row in enumerate(placed(table)):
        if index and index % _ROWS_A_PAGE == 0:
            lines += ["", f"- {index // _ROWS_A_PAGE + 2} -", ""]
        # One empty cell stands for all that is merged from above, now and then none
        texts = [""] if row[0][0] > 0 and index % 5 else []
        for _, slot in row:
            # A label that spans columns leaves an empty cell behind it in some rows
            texts += [slot.text, ""] if slot.columns > 1 and slot.cell is None and index % 2 else [slot.text]
        lines.append("\t".join(texts))
    return lines


def _run_together(table: Table) -> list[str]:
    """Lose every separator, so that figures stand as one run of digits."""
    return ["".join(slot.text for slot in row) for row in table.rows]


def table_rows(table: Table) -> list[list[str]]:
    """Return the table's rectangle; a row whose cells a converter dropped is shorter."""
    full = matrix(table)
    for row, slots in zip(full, placed(table), strict=True):
        if slots and slots[-1][1].cell:
            del row[slots[-1][0] + slots[-1][1].columns :]
    return full


def _columns(text: str) -> int:
    """Return how many columns of a terminal a text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


_DRESSES = {
    "bars": _bars,
    "aligned": _aligned,
    "bar_lines": _bar_and_line,
    "lines": _one_cell_a_line,
    "displaced": _displaced,
    "run_together": _run_together,
}
