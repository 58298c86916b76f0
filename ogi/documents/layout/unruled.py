"""Tables without ruling lines, or with horizontal ones only: rows by their values, columns by what lines up."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ogi.documents.layout.blocks import closest_rows, head_joins, label_joins, measure, stack
from ogi.documents.layout.columns import Columns, edges, label_end, value_columns, with_headed_columns
from ogi.documents.layout.groups import is_group, place_groups
from ogi.documents.layout.lines import cell_text
from ogi.documents.layout.rows import Entry, Row, add_rows, place_labels, value_rows
from ogi.documents.layout.rules import Stroke
from ogi.documents.layout.scroll import Scroll
from ogi.documents.layout.segments import Segment
from ogi.documents.layout.table import Cell, Table
from ogi.documents.layout.texts import split_heads, texts
from ogi.documents.layout.zones import ZoneLine

# The widest table of the forms has 15 columns of values; what lines up in more than this does not line up.
_MOST_COLUMNS = 60


def build_table(
    lines: Sequence[ZoneLine], separators: Sequence[tuple[int, Stroke]], usual: float | None
) -> tuple[Table, float] | None:
    """Build the table that a zone's lines are; None where their values do not line up in columns.

    Args:
        lines: the zone's lines, from top to bottom, over one or more pages.
        separators: page and place of horizontal rules among them.
        usual: the row distance found in the document so far (see `closest_rows`).

    Returns:
        The table, and its row distance for the next one.
    """
    scroll = Scroll(lines)
    flat = scroll.lines
    rules = [scroll.shifted(stroke, page) for page, stroke in separators if page in scroll.offsets]
    value_lines = [line for line in flat if line.has_values]
    size = value_lines[0].line.height
    within = closest_rows([line.line.middle for line in value_lines], size, usual)
    if _rules_every_row(value_lines, rules):
        within = float("inf")
    values = value_columns(flat)
    if len(values) > _MOST_COLUMNS:
        return None
    end = label_end(flat, values[0][0])
    values = with_headed_columns(values, flat, end)
    labels, heads = texts(flat, end)
    spacing = measure([*labels, *heads], within, size)
    label_blocks = stack(labels, label_joins(labels, spacing, size), rules)
    columns = Columns(values, end, edges([b.left for b in label_blocks]))
    heads = split_heads(heads, columns)
    head_blocks = stack(heads, head_joins(heads, spacing, size, columns), rules)
    rows = value_rows(value_lines, columns)
    loose = place_labels(label_blocks, rows)
    groups = [block for block in loose if is_group(block, rows)]
    add_rows([*(b for b in loose if b not in groups), *head_blocks], rows, columns, within)
    rows.sort(key=lambda row: row.at)
    place_groups(groups, rows, columns)
    return _table(rows, columns, scroll), within


def _rules_every_row(value_lines: Sequence[ZoneLine], rules: Sequence[Stroke]) -> bool:
    """Tell whether a rule parts each row of values from the next on its page."""
    pairs = [(a, b) for a, b in pairwise(value_lines) if a.page == b.page]
    return bool(pairs) and all(
        any(a.line.middle < rule.at < b.line.middle for rule in rules) for a, b in pairs
    )


def _table(rows: Sequence[Row], columns: Columns, scroll: Scroll) -> Table:
    shift = len(columns.label_starts)
    first_values = next(i for i, row in enumerate(rows) if row.has_values)
    table = Table(rows[0].page, _borders(columns), len(rows), [], 0.0, 0.0, is_ruled=False)
    for number, row in enumerate(rows):
        entries = list(row.entries)
        if row.label is not None:
            column = columns.label_column(row.label.left)
            entries.append(Entry(row.label.words, column - shift, shift - column))
        placed = _place(entries, columns)
        for entry in placed:
            text, box = cell_text(entry.words), scroll.page_box(row.page, entry.words)
            table.cells.append(
                Cell(number, entry.column + shift, entry.row_span, entry.column_span, text, box, row.page)
            )
        taken = {c for e in placed for c in range(e.column, e.column + e.column_span)}
        is_data = row.has_values or (number > first_values and row.label is not None and not row.entries)
        if is_data:
            table.cells.extend(_blanks(number, row, columns, taken, scroll))
    first, last = scroll.lines[0], scroll.lines[-1]
    table.top = first.line.top
    table.bottom = last.line.bottom - scroll.offsets[last.page]
    table.last_page = last.page
    return table


def _place(entries: Sequence[Entry], columns: Columns) -> list[Entry]:
    """Leave one entry in each column: texts of one column are one text, a second figure goes beyond the last column.

    Two figures under one head cannot be told apart, and must never be read as one; under no head they are noticed.
    """
    placed: list[Entry] = []
    beyond = len(columns.values)
    for entry in sorted(entries, key=lambda e: (e.column, e.words[0].left)):
        before = placed[-1] if placed else None
        if before is None or before.column + before.column_span <= entry.column:
            placed.append(entry)
        elif Segment(entry.words).is_value or Segment(before.words).is_value:
            placed.append(replace(entry, column=beyond, column_span=1))
            beyond += 1
        else:
            before.words = [*before.words, *entry.words]
    return placed


def _borders(columns: Columns) -> list[float]:
    return [*columns.label_starts, *(left for left, _ in columns.values), columns.values[-1][1]]


def _blanks(number: int, row: Row, columns: Columns, taken: set[int], scroll: Scroll) -> list[Cell]:
    """Return the cells of a row of values in which nothing is printed."""
    shift = len(columns.label_starts)
    offset = scroll.offsets[row.page]
    return [
        Cell(number, index + shift, 1, 1, "", (left, row.top - offset, right, row.bottom - offset), row.page)
        for index, (left, right) in enumerate(columns.values)
        if index not in taken
    ]
