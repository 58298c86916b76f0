"""A table's cells as boxes: column widths, wrapped lines, row heights."""

from dataclasses import dataclass

from ogi.demo.content import Table, placed, width
from ogi.demo.writers.pdf_text import text_width, wrap

_PADDING = 4.0
LINE_HEIGHT = 1.2
# Longer labels break into lines instead of widening their column
_LONGEST_LABEL = 20
_MANY_FIGURES, _NARROW, _WIDE = 5, 38.0, 90.0


@dataclass(slots=True)
class Box:
    """A cell: its rows, where it stands from the table's left edge in points, and the lines left to print.

    A turned cell has one line, which runs upwards.
    """

    row: int
    rows: int
    left: float
    width: float
    lines: list[str]
    is_turned: bool = False


def lay_out(table: Table, full_width: float, size: float, group_labels: str) -> tuple[list[Box], list[float]]:
    """Return the boxes of a table and the heights of its rows.

    Args:
        table: what to print.
        full_width: of the table, in points.
        size: of the letters, in points.
        group_labels: `vertical`, a character below the other; `rotated`, turned to run upwards; else level.
    """
    widths = _column_widths(table, full_width)
    boxes = []
    for index, row in enumerate(placed(table)):
        for column, slot in row:
            box_width = sum(widths[column : column + slot.columns])
            lines = wrap(slot.text, box_width - _PADDING, size)
            is_group = slot.rows > 1 and slot.columns == 1
            is_turned = is_group and group_labels == "rotated"
            if is_group and group_labels == "vertical":
                lines = list(slot.text)
            elif is_turned:
                lines = [slot.text]
            boxes.append(Box(index, slot.rows, sum(widths[:column]), box_width, lines, is_turned))
    return boxes, _row_heights(boxes, len(table.rows), size)


def _row_heights(boxes: list[Box], rows: int, size: float) -> list[float]:
    heights = [size * LINE_HEIGHT + 2 * _PADDING] * rows
    for box in sorted(boxes, key=lambda box: box.rows):
        needed = len(box.lines) * size * LINE_HEIGHT + 2 * _PADDING
        if box.is_turned:
            needed = sum(text_width(line, size) for line in box.lines) + 2 * _PADDING
        missing = needed - sum(heights[box.row : box.row + box.rows])
        if missing > 0:
            heights[box.row + box.rows - 1] += missing
    return heights


def _column_widths(table: Table, full_width: float) -> list[float]:
    """Give figures narrow columns of one width, and labels the rest."""
    figures = _figure_columns(table)
    labels = [column for column in range(width(table)) if column not in figures]
    if not labels:
        return [full_width / len(figures)] * len(figures)
    narrow = _NARROW if len(figures) >= _MANY_FIGURES else _WIDE
    rest = full_width - narrow * len(figures)
    longest = dict.fromkeys(labels, 2)
    for row in placed(table):
        for column, slot in row:
            if slot.columns == 1 and column in longest:
                longest[column] = max(longest[column], min(len(slot.text), _LONGEST_LABEL))
    shares = {column: length / sum(longest.values()) for column, length in longest.items()}
    return [narrow if column in figures else rest * shares[column] for column in range(width(table))]


def _figure_columns(table: Table) -> set[int]:
    return {
        column + step
        for row in placed(table)
        for column, slot in row
        if slot.cell is not None
        for step in range(slot.columns)
    }
