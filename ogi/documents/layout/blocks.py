"""Texts that stand close below each other become one: the lines of a wrapped label or of a header's cell."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from ogi.documents.layout.columns import Columns
from ogi.documents.layout.model import Word
from ogi.documents.layout.rules import Stroke
from ogi.documents.layout.segments import Segment

# Of the least distance between two rows: lines closer than this cannot be two rows.
_WITHIN_ROW = 0.9
# In type sizes, where a table has too few rows to measure: lines further apart are two rows.
_USUAL_LINE = 1.6
# Of the distance of lines, for heads: they stand above each other more often than labels.
_CLOSE = 0.92
_SEVERAL = 3
# Of `closest_rows`: as far apart as rows are, where nothing is closer.
_EVEN_ROWS = 1.3
_NEIGHBOURS = 40
# A text's next line is among the pieces that follow; no table is this many columns and rows wide and deep there.
_LOOK_BACK = 120
# In type sizes: how much of a column a full line may leave free.
_PADDING = 2.0
# In line heights: how far apart the edges or middles of one text's lines may be.
_OFF_LINE_UP = 1.5
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．)）]|第[一二三四五六七八九十]+条)"
)
# Of a table's labels: if this share begins with an ordinal, one without continues the label above.
_NUMBERED = 0.6


def begins_item(text: str) -> bool:
    """Tell whether a text begins with a number as an item of a list does (`三、`, `（一）`, `2.`)."""
    return bool(_ORDINAL.match(text))


@dataclass(frozen=True, eq=False)
class Piece:
    """A text of one line; `names_row` says that the line's values are this text's."""

    segment: Segment
    page: int
    names_row: bool = False

    @cached_property
    def top(self) -> float:
        """The highest top of its words."""
        return min(word.top for word in self.segment.words)

    @cached_property
    def bottom(self) -> float:
        """The lowest bottom of its words."""
        return max(word.bottom for word in self.segment.words)

    @cached_property
    def middle(self) -> float:
        """The middle between both."""
        return (self.top + self.bottom) / 2

    @cached_property
    def width(self) -> float:
        """From left to right."""
        return self.segment.right - self.segment.left

    @cached_property
    def has_ordinal(self) -> bool:
        """Whether it begins as an item of a list does."""
        return begins_item(self.segment.text)


@dataclass(slots=True, eq=False)
class Block:
    """The pieces of one cell from top to bottom."""

    pieces: list[Piece]

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for piece in self.pieces for word in piece.segment.words]

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.pieces[0].page

    @property
    def left(self) -> float:
        """The leftmost edge."""
        return min(p.segment.left for p in self.pieces)

    @property
    def right(self) -> float:
        """The rightmost edge."""
        return max(p.segment.right for p in self.pieces)

    @property
    def top(self) -> float:
        """The top of the first line."""
        return self.pieces[0].top

    @property
    def bottom(self) -> float:
        """The bottom of the last line."""
        return self.pieces[-1].bottom

    @property
    def middle(self) -> float:
        """The middle between top and end."""
        return (self.top + self.end) / 2

    @property
    def end(self) -> float:
        """The bottom of what stands on its first page."""
        return max(piece.bottom for piece in self.pieces if piece.page == self.page)


def closest_rows(middles: Sequence[float], size: float, usual: float | None) -> float:
    """Return the distance below which two lines belong to one row.

    Args:
        middles: where the lines with values stand, from top to bottom.
        size: the table's type size.
        usual: that distance in the document's tables so far, for a table with too few rows to tell.
    """
    gaps = [b - a for a, b in pairwise(middles)]
    if len(gaps) > 1:
        return _WITHIN_ROW * min(gaps)
    return usual if usual is not None else _USUAL_LINE * size


Joins = Callable[[Piece, Piece], bool]


def stack(pieces: Sequence[Piece], joins: Joins, separators: Sequence[Stroke]) -> list[Block]:
    """Join pieces that stand below each other, where `joins` says so and no separator stands between."""
    blocks: list[Block] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        for block in blocks[: -_LOOK_BACK - 1 : -1]:
            if _may_follow(block, piece, separators) and joins(block.pieces[-1], piece):
                block.pieces.append(piece)
                break
        else:
            blocks.append(Block([piece]))
    return blocks


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far apart a table sets its lines: `within` as in `closest_rows`; `line` is the most that a text's lines are
    apart, where rows are set no further apart than lines and distance alone does not tell."""

    within: float
    line: float


def measure(pieces: Sequence[Piece], within: float, size: float) -> Spacing:
    """Measure a table's spacing: if none of its texts has lines closer than rows, lines are as far apart as rows."""
    ordered = sorted(pieces, key=lambda p: p.middle)
    is_even = not any(
        0 < b.middle - a.middle <= within
        and a.segment.left < b.segment.right
        and b.segment.left < a.segment.right
        for i, a in enumerate(ordered)
        for b in ordered[i + 1 : i + 1 + _NEIGHBOURS]
    )
    usual = _USUAL_LINE * size
    return Spacing(within, max(usual, _EVEN_ROWS * within) if is_even and within < float("inf") else usual)


def label_joins(pieces: Sequence[Piece], spacing: Spacing, size: float) -> Joins:
    """Tell which lines of labels are one: closer than rows are; in a numbered list, a line that has no number."""
    naming = [p for p in pieces if p.names_row]
    is_list = sum(p.has_ordinal for p in naming) >= _NUMBERED * len(naming) > 0
    last, first = _page_edges(pieces)

    def joins(above: Piece, below: Piece) -> bool:
        runs_on = is_list and not below.has_ordinal
        if above.page != below.page:
            at_edges = (
                last[above.page] - above.middle < size and below.middle - first.get(below.page, 0) < size
            )
            is_full = below.width <= above.width + size
            return runs_on and at_edges and is_full and not below.names_row
        distance = below.middle - above.middle
        return distance <= spacing.within or (runs_on and distance <= spacing.line)

    return joins


def _page_edges(pieces: Sequence[Piece]) -> tuple[dict[int, float], dict[int, float]]:
    """Return where the last and the first label of each page stand, a header that is repeated aside."""
    start = min((p.middle for p in pieces if p.names_row), default=float("inf"))
    header = {p.segment.text for p in pieces if p.middle < start}
    last: dict[int, float] = {}
    first: dict[int, float] = {}
    for piece in pieces:
        last[piece.page] = max(piece.middle, last.get(piece.page, piece.middle))
        if piece.segment.text not in header:
            first[piece.page] = min(piece.middle, first.get(piece.page, piece.middle))
    return last, first


def head_joins(pieces: Sequence[Piece], spacing: Spacing, size: float, columns: Columns) -> Joins:
    """Tell which lines of heads are one: closer than rows are; or set as a text's lines, where one fills its column.

    The latter alone could be a group's head over that of a column, so it counts only where several heads look so.
    """

    def looks_wrapped(above: Piece, below: Piece) -> bool:
        if not 0 < below.middle - above.middle <= spacing.line * _CLOSE or not _line_up(above, below):
            return False
        room = columns.room(above.segment.left, above.segment.right)
        is_full = room - _PADDING * size <= above.width <= room and below.width <= above.width + size / 2
        return is_full and not above.has_ordinal

    ordered = sorted(pieces, key=lambda p: p.middle)
    wrapped = sum(
        looks_wrapped(a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 1 + _NEIGHBOURS]
    )

    def joins(above: Piece, below: Piece) -> bool:
        if above.page != below.page:
            return False
        is_close = below.middle - above.middle <= spacing.within
        return is_close or (wrapped >= _SEVERAL and looks_wrapped(above, below))

    return joins


def _line_up(above: Piece, below: Piece) -> bool:
    """Tell whether two pieces overlap and share an edge or the middle."""
    a, b = above.segment, below.segment
    if min(a.right, b.right) <= max(a.left, b.left):
        return False
    off = min(abs(a.left - b.left), abs(a.centre - b.centre), abs(a.right - b.right))
    return off <= _OFF_LINE_UP * (below.bottom - below.top)


def _may_follow(block: Block, below: Piece, separators: Sequence[Stroke]) -> bool:
    """Tell whether a piece stands below a block, lined up with it, and does not name a second row."""
    above = block.pieces[-1]
    if below.middle <= above.middle:
        return False
    if not _line_up(above, below):
        return False
    if below.names_row and any(p.names_row for p in block.pieces):
        return False
    return not any(
        s.start < below.segment.centre < s.end for s in separators if above.middle < s.at < below.middle
    )
