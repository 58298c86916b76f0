"""Tables without ruling lines, or with horizontal ones only: rows by their values, columns by what lines up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ogi.documents.layout.blocks import Block, Piece, closest_rows, head_joins, label_joins, measure, stack
from ogi.documents.layout.columns import SAME_EDGE, Columns, common_edges, edges, label_end, value_columns
from ogi.documents.layout.groups import spans
from ogi.documents.layout.lines import cell_text
from ogi.documents.layout.model import Word
from ogi.documents.layout.rules import Stroke
from ogi.documents.layout.segments import Segment
from ogi.documents.layout.table import Cell, Line, Table
from ogi.documents.layout.zones import ZoneLine

# In type sizes: between the last line of a page and the first of the next, so that they never look like one row.
_PAGE_GAP = 4.0


@dataclass(slots=True)
class _Entry:
    """What stands in one cell: its words, its columns, and for a label beside several rows how many it covers."""

    words: list[Word]
    column: int
    column_span: int = 1
    row_span: int = 1


@dataclass(slots=True)
class _Row:
    """A row: where it stands, whether it holds values, its own label, its entries."""

    top: float
    bottom: float
    page: int
    has_values: bool
    label: Block | None = None
    entries: list[_Entry] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def build_table(
    lines: Sequence[ZoneLine], separators: Sequence[tuple[int, Stroke]], usual: float | None
) -> tuple[Table, float]:
    """Build the table that a zone's lines are.

    Args:
        lines: the zone's lines, from top to bottom, over one or more pages.
        separators: page and place of horizontal rules among them.
        usual: the row distance found in the document so far (see `closest_rows`).

    Returns:
        The table, and its row distance for the next one.
    """
    scroll = _Scroll(lines)
    flat = scroll.lines
    rules = [scroll.shifted(stroke, page) for page, stroke in separators if page in scroll.offsets]
    value_lines = [line for line in flat if line.has_values]
    size = value_lines[0].line.height
    within = closest_rows([line.line.middle for line in value_lines], size, usual)
    if _rules_every_row(value_lines, rules):
        within = float("inf")
    values = value_columns(flat)
    end = label_end(flat, values[0][0])
    labels, heads = _texts(flat, end)
    spacing = measure([*labels, *heads], within, size)
    label_blocks = stack(labels, label_joins(labels, spacing, size), rules)
    columns = Columns(values, end, edges([b.left for b in label_blocks]))
    head_blocks = stack(_split_heads(heads, columns), head_joins(spacing, size, columns), rules)
    rows = _value_rows(value_lines, columns)
    loose = _place_labels(label_blocks, rows)
    groups = [block for block in loose if _is_group(block, rows)]
    _add_rows([*(b for b in loose if b not in groups), *head_blocks], rows, columns, within)
    rows.sort(key=lambda row: row.middle)
    _place_groups(groups, rows, columns)
    return _table(rows, columns, scroll), within


class _Scroll:
    """The zone's lines with the pages one below the other."""

    def __init__(self, lines: Sequence[ZoneLine]) -> None:
        self.offsets: dict[int, float] = {}
        self.lines: list[ZoneLine] = []
        for line in lines:
            if line.page not in self.offsets:
                last = self.lines[-1].line if self.lines else None
                gap = _PAGE_GAP * line.line.height
                self.offsets[line.page] = last.bottom + gap - line.line.top if last else 0.0
            self.lines.append(_shifted(line, self.offsets[line.page]))

    def shifted(self, stroke: Stroke, page: int) -> Stroke:
        return replace(stroke, at=stroke.at + self.offsets[page])

    def page_box(self, page: int, words: Sequence[Word]) -> tuple[float, float, float, float]:
        offset = self.offsets[page]
        return (
            min(w.left for w in words),
            min(w.top for w in words) - offset,
            max(w.right for w in words),
            max(w.bottom for w in words) - offset,
        )


def _shifted(line: ZoneLine, offset: float) -> ZoneLine:
    if not offset:
        return line
    segments = [
        Segment([replace(w, top=w.top + offset, bottom=w.bottom + offset) for w in segment.words])
        for segment in line.segments
    ]
    return ZoneLine(Line([w for s in segments for w in s.words]), segments, line.page, line.has_values)


def _rules_every_row(value_lines: Sequence[ZoneLine], rules: Sequence[Stroke]) -> bool:
    """Tell whether a rule parts each row of values from the next on its page."""
    pairs = [(a, b) for a, b in pairwise(value_lines) if a.page == b.page]
    return bool(pairs) and all(
        any(a.line.middle < rule.at < b.line.middle for rule in rules) for a, b in pairs
    )


def _texts(lines: Sequence[ZoneLine], end: float) -> tuple[list[Piece], list[Piece]]:
    """Part the texts that are no values into labels of rows and heads above columns."""
    labels: list[Piece] = []
    heads: list[Piece] = []
    begins = common_edges([line.segments[0].left for line in lines if line.segments[0].centre < end])
    for line in lines:
        texts = [s for s in line.segments if not (s.is_value and line.has_values)]
        beside = [part for s in texts if s.centre < end for part in _split_at(s, begins)]
        labels.extend(Piece(s, line.page, line.has_values and s is beside[-1]) for s in beside)
        heads.extend(Piece(s, line.page) for s in texts if s.centre >= end)
    return labels, heads


def _split_at(segment: Segment, begins: Sequence[float]) -> list[Segment]:
    """Part a text before a word that stands where the labels of other rows begin: a group's label and a row's own."""
    parts = [Segment([segment.words[0]])]
    for word in segment.words[1:]:
        if any(abs(word.left - edge) <= SAME_EDGE / 2 for edge in begins):
            parts.append(Segment([word]))
        else:
            parts[-1].words.append(word)
    return parts


def _split_heads(heads: Sequence[Piece], columns: Columns) -> list[Piece]:
    """Part a text where its words stand over different columns."""
    parts: list[Piece] = []
    for head in heads:
        part = Segment([head.segment.words[0]])
        for word in head.segment.words[1:]:
            if columns.value_range(word.left, word.right)[0] > columns.value_range(part.left, part.right)[1]:
                parts.append(Piece(part, head.page))
                part = Segment([word])
            else:
                part.words.append(word)
        parts.append(Piece(part, head.page))
    return parts


def _value_rows(lines: Sequence[ZoneLine], columns: Columns) -> list[_Row]:
    rows = []
    for line in lines:
        row = _Row(line.line.top, line.line.bottom, line.page, has_values=True)
        for segment in line.segments:
            if segment.is_value:
                first, last = columns.value_range(segment.left, segment.right)
                row.entries.append(_Entry(segment.words, first, last - first + 1))
        rows.append(row)
    return rows


def _place_labels(blocks: Sequence[Block], rows: Sequence[_Row]) -> list[Block]:
    """Give each row of values the label beside it, the rightmost if there are several; return the other labels."""
    beside: dict[int, list[Block]] = {}
    for block in blocks:
        for index, row in enumerate(rows):
            if block.top <= row.middle <= block.bottom:
                beside.setdefault(index, []).append(block)
    taken: list[Block] = []
    for index, found in beside.items():
        label = max(found, key=lambda b: b.left)
        is_one_row = sum(label in others for others in beside.values()) == 1
        if is_one_row:
            rows[index].label = label
            rows[index].top = min(rows[index].top, label.top)
            rows[index].bottom = max(rows[index].bottom, label.bottom)
            taken.append(label)
    return [block for block in blocks if not any(block is t for t in taken)]


def _is_group(block: Block, rows: Sequence[_Row]) -> bool:
    """Tell whether a label stands beside rows that have labels of their own to its right."""
    return any(
        row.label is not None
        and row.label.left >= block.right - 1
        and row.page == block.page
        and row.top - (row.bottom - row.top) <= block.middle <= row.bottom + (row.bottom - row.top)
        for row in rows
    )


def _add_rows(blocks: Sequence[Block], rows: list[_Row], columns: Columns, within: float) -> None:
    """Put what stands in no row of values into rows: headers, titles, rows whose values are all blank."""
    added: list[_Row] = []
    for block in sorted(blocks, key=lambda b: b.middle):
        is_label = block.left < columns.label_end
        row = next(
            (r for r in rows if r.top <= block.middle <= r.bottom and r.has_values and not is_label), None
        )
        if row is None:
            near = (
                added[-1] if added and abs(added[-1].middle - block.middle) < min(within / 2, 8.0) else None
            )
            row = near or _Row(block.top, block.bottom, block.page, has_values=False)
            if near is None:
                added.append(row)
        if is_label and row.label is None:
            row.label = block
        elif is_label:
            row.entries.append(
                _Entry(_words(block), columns.label_column(block.left) - len(columns.label_starts))
            )
        else:
            first, last = columns.value_range(block.left, block.right)
            row.entries.append(_Entry(_words(block), first, last - first + 1))
    rows.extend(added)


def _words(block: Block) -> list[Word]:
    return [word for piece in block.pieces for word in piece.segment.words]


def _place_groups(groups: Sequence[Block], rows: Sequence[_Row], columns: Columns) -> None:
    """Put each label of a group into the first of its rows."""
    shift = len(columns.label_starts)
    for column in sorted({columns.label_column(b.left) for b in groups}):
        members = sorted(
            (b for b in groups if columns.label_column(b.left) == column), key=lambda b: b.middle
        )
        placed = list(_group_rows(members, rows, max(b.right for b in members)))
        for block in members:
            first, count = next(((f, n) for b, f, n in placed if b is block), (None, 1))
            if first is None:
                first = min(range(len(rows)), key=lambda i: abs(rows[i].middle - block.middle))
            rows[first].entries.append(_Entry(_words(block), column - shift, 1, count))


def _group_rows(
    members: Sequence[Block], rows: Sequence[_Row], right: float
) -> Iterator[tuple[Block, int, int]]:
    """Give the labels of one column of groups with their first row and how many rows they cover."""
    for run in _runs(rows, right):
        pages = [
            [i for i in run if rows[i].page == page] for page in dict.fromkeys(rows[i].page for i in run)
        ]
        for parts in ([run], pages):
            divided = [_divide(part, members, rows) for part in parts]
            found = [d for d in divided if d is not None]
            if len(found) == len(divided):
                for labels in found:
                    yield from labels
                break


def _divide(
    run: Sequence[int], members: Sequence[Block], rows: Sequence[_Row]
) -> list[tuple[Block, int, int]] | None:
    """Divide a run of rows among the labels beside it; None where the labels' places do not say how."""
    inside = [b for b in members if b.bottom > rows[run[0]].top and b.top < rows[run[-1]].bottom]
    if not inside:
        return []
    before = rows[run[0] - 1] if run[0] else None
    starts_anew = before is not None and (before.page != rows[run[0]].page or not before.has_values)
    found = spans(
        [(rows[i].top, rows[i].bottom) for i in run], [(b.top, b.bottom) for b in inside], starts_anew
    )
    if found is None:
        return None
    return [(b, run[first], end - first) for b, (first, end) in zip(inside, found, strict=True)]


def _runs(rows: Sequence[_Row], right: float) -> list[list[int]]:
    """Return the runs of rows whose own label begins right of this."""
    runs: list[list[int]] = []
    for index, row in enumerate(rows):
        if row.label is None or row.label.left < right - 1:
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _table(rows: Sequence[_Row], columns: Columns, scroll: _Scroll) -> Table:
    shift = len(columns.label_starts)
    first_values = next(i for i, row in enumerate(rows) if row.has_values)
    table = Table(rows[0].page, _borders(columns), len(rows), [], 0.0, 0.0, is_ruled=False)
    for number, row in enumerate(rows):
        entries = list(row.entries)
        if row.label is not None:
            column = columns.label_column(row.label.left)
            entries.append(_Entry(_words(row.label), column - shift, shift - column))
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


def _place(entries: Sequence[_Entry], columns: Columns) -> list[_Entry]:
    """Leave one entry in each column: texts of one column are one text, a second figure goes beyond the last column.

    Two figures under one head cannot be told apart, and must never be read as one; under no head they are noticed.
    """
    placed: list[_Entry] = []
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


def _blanks(number: int, row: _Row, columns: Columns, taken: set[int], scroll: _Scroll) -> list[Cell]:
    """Return the cells of a row of values in which nothing is printed."""
    shift = len(columns.label_starts)
    offset = scroll.offsets[row.page]
    return [
        Cell(number, index + shift, 1, 1, "", (left, row.top - offset, right, row.bottom - offset), row.page)
        for index, (left, right) in enumerate(columns.values)
        if index not in taken
    ]
