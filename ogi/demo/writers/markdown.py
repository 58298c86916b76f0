"""Markdown as converters make it of a document: pipe tables, whose first row is always a header."""

import codecs

from ogi.demo.content import Content, Line, Slot, Table, matrix, placed
from ogi.demo.layouts import Layout
from ogi.demo.writers.html import html_table
from ogi.demo.writers.text import table_rows

# Of table 三; table 四 has three too, but one row of figures
_HEADER_ROWS = 3


def write_markdown(content: Content, layout: Layout) -> bytes:
    """Write a document as Markdown; merged cells are empty, or repeated in that dress."""
    lines: list[str] = []
    for block in content.blocks:
        if isinstance(block, Line):
            lines += ["#" * max(block.level, 0) + " " * (block.level > 0) + block.text, ""]
        elif layout.dress == "html_tables":
            lines += [html_table(block, "plain").replace("\n", ""), ""]
        elif layout.dress == "row_tables":
            lines += _row_tables(block)
        else:
            lines += _table(matrix(block, repeat=True) if layout.dress == "repeated" else table_rows(block))
    return (codecs.BOM_UTF8 if layout.encoding == "utf-8-bom" else b"") + "\n".join(lines).encode()


def _table(rows: list[list[str]]) -> list[str]:
    ruled = [_row(rows[0]), "|" + " --- |" * len(rows[0])]
    return [*ruled, *(_row(row) for row in rows[1:]), ""]


def _row(cells: list[str]) -> str:
    return "|" + "".join(f" {cell} |" for cell in cells)


def _row_tables(table: Table) -> list[str]:
    """Print each row of table 三 as a table of its own under headings that say nothing, as some OCR does."""
    body = table.rows[table.header_rows :]
    if table.header_rows < _HEADER_ROWS or len(body) == 1:
        return _table(matrix(table))
    names = _applicants(table)
    lines = ["### 申请人情况", "", *_table([names, ["-"] * len(names)])]
    for row in body:
        *groups, label = (slot.text for slot in row if not slot.cell)
        for group in groups:
            lines += [f"### {group}", ""]
        lines += _table(
            [["类别", *(f"数据{i}" for i in range(1, len(names))), "总计"], [label, *_figures(row)]]
        )
    return lines


def _figures(row: list[Slot]) -> list[str]:
    return [slot.text for slot in row if slot.cell]


def _applicants(table: Table) -> list[str]:
    """Return the headings right above the columns of figures."""
    texts = matrix(table, repeat=True)
    first = next((column for column, slot in placed(table)[-1] if slot.cell), 0)
    return texts[table.header_rows - 1][first:]
