"""Markdown as converters make it of a document: pipe tables, whose first row is always a header."""

import codecs

from ogi.demo.content import Content, Line, Table, matrix
from ogi.demo.layouts import Layout
from ogi.demo.writers.text import table_rows


def write_markdown(content: Content, layout: Layout) -> bytes:
    """Write a document as Markdown; merged cells are empty, or repeated in that dress."""
    lines: list[str] = []
    for block in content.blocks:
        if isinstance(block, Line):
            lines += ["#" * max(block.level, 0) + " " * (block.level > 0) + block.text, ""]
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
    if table.header_rows < 3:  # noqa: PLR2004 - only table 三 and 四 have three
        return _table(matrix(table))
    lines = []
    for row in table.rows[table.header_rows :]:
        figures = [slot.text for slot in row if slot.cell]
        label = "".join(slot.text for slot in row if not slot.cell)
        if not label:
            return _table(matrix(table))
        names = ["类别", *(f"数据{i}" for i in range(1, len(figures))), "总计"]
        lines += _table([names, [label, *figures]])
    return lines
