"""The rows of a table without ruling: each line of values, with the label beside it, and what stands between."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.documents.layout.blocks import Block
from ogi.documents.layout.columns import Columns
from ogi.documents.layout.model import Word
from ogi.documents.layout.zones import ZoneLine

# In points: texts whose middles are this near stand in one row of a header.
_SAME_ROW = 8.0


@dataclass(slots=True)
class Entry:
    """What stands in one cell: its words, its columns, and for a label beside several rows how many it covers."""

    words: list[Word]
    column: int
    column_span: int = 1
    row_span: int = 1


@dataclass(slots=True)
class Row:
    """A row: where it stands on the strip, whether it holds values, its own label, its entries."""

    at: float
    top: float
    bottom: float
    page: int
    has_values: bool
    label: Block | None = None
    entries: list[Entry] = field(default_factory=list)


def value_rows(lines: Sequence[ZoneLine], columns: Columns) -> list[Row]:
    """Make a row of each line of values, each value in the column that it lines up with."""
    rows = []
    for line in lines:
        row = Row(line.line.middle, line.line.top, line.line.bottom, line.page, has_values=True)
        for segment in line.segments:
            if segment.is_value:
                first, last = columns.value_range(segment.left, segment.right)
                row.entries.append(Entry(segment.words, first, last - first + 1))
        rows.append(row)
    return rows


def place_labels(blocks: Sequence[Block], rows: Sequence[Row]) -> list[Block]:
    """Give each row of values the label beside it, the rightmost if there are several; return the other labels."""
    beside: dict[int, list[Block]] = {}
    for block in blocks:
        for index, row in enumerate(rows):
            if block.top <= row.at <= block.bottom:
                beside.setdefault(index, []).append(block)
    taken: list[Block] = []
    for index, found in beside.items():
        label = max(found, key=lambda b: b.left)
        rows_beside = sum(any(label is other for other in others) for others in beside.values())
        if rows_beside == 1:
            rows[index].label = label
            row = rows[index]
            beside_it = [piece for piece in label.pieces if piece.page == row.page]
            row.top = min([row.top, *(piece.top for piece in beside_it)])
            row.bottom = max([row.bottom, *(piece.bottom for piece in beside_it)])
            taken.append(label)
    return [block for block in blocks if not any(block is t for t in taken)]


def add_rows(blocks: Sequence[Block], rows: list[Row], columns: Columns, within: float) -> None:
    """Put what stands in no row of values into rows: headers, titles, rows whose values are all blank."""
    added: list[Row] = []
    for block in sorted(blocks, key=lambda b: b.middle):
        is_label = block.left < columns.label_end
        row = next(
            (r for r in rows if r.top <= block.middle <= r.bottom and r.has_values and not is_label), None
        )
        if row is None:
            near = (
                added[-1] if added and abs(added[-1].at - block.middle) < min(within / 2, _SAME_ROW) else None
            )
            row = near or Row(block.middle, block.top, block.bottom, block.page, has_values=False)
            if near is None:
                added.append(row)
        if is_label and row.label is None:
            row.label = block
        elif is_label:
            row.entries.append(
                Entry(block.words, columns.label_column(block.left) - len(columns.label_starts))
            )
        else:
            first, last = columns.value_range(block.left, block.right)
            row.entries.append(Entry(block.words, first, last - first + 1))
    rows.extend(added)
