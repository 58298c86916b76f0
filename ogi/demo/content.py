"""A document before it has a format: headings, paragraphs and tables in reading order."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """A heading (`level` 1 is the title), a paragraph (0), or a signature at the right (-1)."""

    text: str
    level: int = 0


@dataclass(slots=True)
class Slot:
    """One cell of a table, spanning rows and columns as in HTML; `cell` names the figure that it prints."""

    text: str
    rows: int = 1
    columns: int = 1
    cell: str | None = None


@dataclass(slots=True)
class Table:
    """Rows of slots; a slot stands in the row where it starts. `continues` says that it goes on after a page end."""

    rows: list[list[Slot]]
    header_rows: int = 0
    continues: bool = False


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Content:
    """A document: its blocks, and what a site prints around it (label, text)."""

    title: str
    blocks: list[Block]
    site: list[tuple[str, str]] = field(default_factory=list)


def width(table: Table) -> int:
    """Return the number of columns."""
    return sum(slot.columns for slot in table.rows[0])


def placed(table: Table) -> list[list[tuple[int, Slot]]]:
    """Return each row's slots with the column (from 0) where they stand once spans from above are counted."""
    held: dict[int, int] = {}
    rows = []
    for row in table.rows:
        # A row may hold more cells than the table has columns
        most = width(table) + sum(slot.columns for slot in row)
        free = [column for column in range(most) if not held.get(column)]
        held = {column: left - 1 for column, left in held.items() if left > 1}
        found = []
        for slot in row:
            start = free[0]
            found.append((start, slot))
            for column in free[: slot.columns]:
                if slot.rows > 1:
                    held[column] = slot.rows - 1
            free = free[slot.columns :]
        rows.append(found)
    return rows


def matrix(table: Table, *, repeat: bool = False) -> list[list[str]]:
    """Return the texts as a full rectangle; the further places of a merged cell are empty, or repeat its text."""
    rows = placed(table)
    columns = max(start + slot.columns for row in rows for start, slot in row)
    texts = [[""] * columns for _ in rows]
    for index, row in enumerate(rows):
        for start, slot in row:
            for down in range(min(slot.rows, len(texts) - index)):
                for right in range(slot.columns):
                    if repeat or not (down or right):
                        texts[index + down][start + right] = slot.text
    return texts
