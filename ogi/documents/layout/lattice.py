"""Tables whose cells are drawn: ruling lines cross, the walls that are missing merge cells."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.layout.lines import cell_text, to_lines
from ogi.documents.layout.model import Page, Word
from ogi.documents.layout.rules import Stroke, Strokes, near
from ogi.documents.layout.segments import Segment, is_value_line, split_line
from ogi.documents.layout.table import Cell, Table

# In points: lines that end this close to another touch it (double borders included).
_TOUCH = 3.5
# Borders closer than this leave no room for a character: they are one border (double lines, crooked columns).
_SAME_COLUMN, _SAME_ROW = 5.0, 4.0
# A wall must cover this share of a cell's side.
_WALL = 0.6
_OVERHANG = 8.0
# If so many figures, and this share of all, share a cell with others, the lines drawn are not all that are meant.
_CROWDED, _MOSTLY = 2, 0.3


def find_ruled_tables(page: Page, strokes: Strokes) -> tuple[list[Table], list[Word]]:
    """Find the tables whose lines cross, and return them with the words that stand in none."""
    frames = [frame for part in _connected(strokes) if (frame := _frame(part)) is not None]
    frames = [f for f in frames if f.rows * f.columns > 1]
    held: list[list[Word]] = [[] for _ in frames]
    outside: list[Word] = []
    for word in page.words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        # the smallest frame is the innermost
        at = min(
            (i for i, f in enumerate(frames) if f.holds(x, y)), key=lambda i: frames[i].area, default=None
        )
        (outside if at is None else held[at]).append(word)
    tables = []
    for frame, words in zip(frames, held, strict=True):
        table = _table(frame, words, page.number)
        if table is not None and len(table.cells) > 1 and words:
            tables.append(table)
        else:
            outside.extend(words)
    return tables, outside


@dataclass(slots=True)
class _Frame:
    """The lines of one table by position: `ys` and `xs` with the intervals that are drawn at each."""

    ys: list[float]
    xs: list[float]
    rows_drawn: list[list[Stroke]]
    columns_drawn: list[list[Stroke]]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def wall_right(self, row: int, column: int) -> bool:
        return _covers(self.columns_drawn[column + 1], self.ys[row], self.ys[row + 1])

    def wall_below(self, row: int, column: int) -> bool:
        return _covers(self.rows_drawn[row + 1], self.xs[column], self.xs[column + 1])


def _covers(drawn: Sequence[Stroke], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(end, s.end) - max(start, s.start)) for s in drawn)
    return covered >= _WALL * (end - start)


def _connected(strokes: Strokes) -> list[Strokes]:
    """Group the lines that touch each other."""
    verticals = strokes.vertical
    group = list(range(len(verticals)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    touched: list[int | None] = []
    for line in strokes.horizontal:
        first: int | None = None
        for index, upright in enumerate(verticals):
            if (
                line.start - _TOUCH <= upright.at <= line.end + _TOUCH
                and upright.start - _TOUCH <= line.at <= upright.end + _TOUCH
            ):
                if first is None:
                    first = index
                else:
                    group[root(index)] = root(first)
        touched.append(first)
    parts: dict[int, Strokes] = {}
    for index, upright in enumerate(verticals):
        parts.setdefault(root(index), Strokes([], [])).vertical.append(upright)
    for line, first in zip(strokes.horizontal, touched, strict=True):
        if first is not None:
            parts[root(first)].horizontal.append(line)
    return [part for part in parts.values() if part.horizontal]


def _frame(part: Strokes) -> _Frame | None:
    """Build the frame of a table; an outer border that is not drawn stands where the lines end."""
    left, right = min(s.start for s in part.horizontal), max(s.end for s in part.horizontal)
    top, bottom = min(s.start for s in part.vertical), max(s.end for s in part.vertical)
    xs = sorted(s.at for s in part.vertical)
    ys = sorted(s.at for s in part.horizontal)
    left, right = min(left, xs[0]), max(right, xs[-1])
    top, bottom = min(top, ys[0]), max(bottom, ys[-1])
    verticals = list(part.vertical) + [
        Stroke(x, top, bottom) for x, drawn in ((left, xs[0]), (right, xs[-1])) if abs(x - drawn) > _OVERHANG
    ]
    horizontals = list(part.horizontal) + [
        Stroke(y, left, right) for y, drawn in ((top, ys[0]), (bottom, ys[-1])) if abs(y - drawn) > _OVERHANG
    ]
    rows = near(sorted(horizontals, key=lambda s: s.at), _SAME_ROW)
    columns = near(sorted(verticals, key=lambda s: s.at), _SAME_COLUMN)
    if len(rows) < 2 or len(columns) < 2:  # noqa: PLR2004 - two lines make a row
        return None
    return _Frame([_position(r) for r in rows], [_position(c) for c in columns], rows, columns)


def _position(drawn: Sequence[Stroke]) -> float:
    """Return where the longest of the strokes stands."""
    return max(drawn, key=lambda s: s.end - s.start).at


def _table(frame: _Frame, words: Sequence[Word], page: int) -> Table | None:
    """Put the words into the cells; None where figures share cells, because lines are missing."""
    crowded = 0
    by_place: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = bisect_right(frame.ys, (word.top + word.bottom) / 2) - 1
        column = bisect_right(frame.xs, (word.left + word.right) / 2) - 1
        by_place.setdefault((min(row, frame.rows - 1), min(column, frame.columns - 1)), []).append(word)
    cells = []
    for row, column, row_span, column_span in _merged(frame):
        held = [
            word
            for r in range(row, row + row_span)
            for c in range(column, column + column_span)
            for word in by_place.get((r, c), ())
        ]
        crowded += max(0, _count_texts(held) - 1)
        box = (frame.xs[column], frame.ys[row], frame.xs[column + column_span], frame.ys[row + row_span])
        lowest = max(held, key=lambda w: (w.bottom, w.right), default=None)
        text_right = max((w.right for w in held if lowest and w.bottom >= lowest.bottom - 2), default=None)
        cells.append(Cell(row, column, row_span, column_span, cell_text(held), box, page, text_right))
    figures = sum(any(c.isdigit() for c in word.text) and Segment([word]).is_value for word in words)
    if crowded >= _CROWDED and crowded > _MOSTLY * figures:
        return None
    return Table(page, list(frame.xs), frame.rows, cells, frame.ys[0], frame.ys[-1], last_page=page)


def _count_texts(words: Sequence[Word]) -> int:
    """Count what should be cells of their own in a cell: figures that stand apart, a label before, a head above."""
    if len(words) < 2:  # noqa: PLR2004 - one word is one figure at most
        return 0
    lines = [split_line(line) for line in to_lines(words)]
    values = [all(segment.is_value for segment in line) for line in lines]
    if not any(c.isdigit() for word in words for c in word.text):
        return 0
    beside = sum(
        len(line) for line, all_values in zip(lines, values, strict=True) if all_values or is_value_line(line)
    )
    return beside + (values[-1] and not values[0])


def _merged(frame: _Frame) -> list[tuple[int, int, int, int]]:
    """Return the cells as row, column, row span, column span: the largest rectangles without a wall inside."""
    taken = [[False] * frame.columns for _ in range(frame.rows)]
    open_right = [
        [column + 1 < frame.columns and not frame.wall_right(row, column) for column in range(frame.columns)]
        for row in range(frame.rows)
    ]
    open_below = [
        [row + 1 < frame.rows and not frame.wall_below(row, column) for column in range(frame.columns)]
        for row in range(frame.rows)
    ]
    cells = []
    for row in range(frame.rows):
        for column in range(frame.columns):
            if taken[row][column]:
                continue
            width = 1
            while open_right[row][column + width - 1] and not taken[row][column + width]:
                width += 1
            height = 1
            while _goes_on(row + height - 1, column, width, open_right, open_below, taken):
                height += 1
            for r in range(row, row + height):
                taken[r][column : column + width] = [True] * width
            cells.append((row, column, height, width))
    return cells


def _goes_on(
    row: int,
    column: int,
    width: int,
    open_right: list[list[bool]],
    open_below: list[list[bool]],
    taken: list[list[bool]],
) -> bool:
    """Tell whether a cell of this width continues from this row into the next."""
    columns = range(column, column + width)
    return (
        all(open_below[row][c] and not taken[row + 1][c] for c in columns)
        and all(open_right[row + 1][c] for c in columns[:-1])
        and not (column + width < len(taken[0]) and open_right[row + 1][column + width - 1])
        and not (column > 0 and open_right[row + 1][column - 1])
    )
