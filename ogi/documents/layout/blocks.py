"""Texts that stand close below each other become one: the lines of a wrapped label or of a header's cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ogi.documents.layout.segments import Segment

# Of the least distance between two rows: lines closer than this cannot be two rows.
_WITHIN_ROW = 0.85
# In type sizes, where a table has too few rows to measure: lines further apart are two rows.
_USUAL_LINE = 1.6
# In line heights: how far apart the edges or middles of one text's lines may be.
_OFF_LINE_UP = 1.5


@dataclass(slots=True)
class Block:
    """Segments of one cell from top to bottom; `page` is where the first stands."""

    segments: list[Segment]
    page: int

    @property
    def left(self) -> float:
        """The leftmost edge."""
        return min(s.left for s in self.segments)

    @property
    def right(self) -> float:
        """The rightmost edge."""
        return max(s.right for s in self.segments)

    @property
    def top(self) -> float:
        """The top of the first line."""
        return min(w.top for w in self.segments[0].words)

    @property
    def bottom(self) -> float:
        """The bottom of the last line."""
        return max(w.bottom for w in self.segments[-1].words)

    @property
    def middle(self) -> float:
        """The middle between top and bottom."""
        return (self.top + self.bottom) / 2


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


def stack(segments: Sequence[tuple[Segment, int]], within: float, separators: Sequence[float]) -> list[Block]:
    """Join segments (with their pages) that stand below each other, closer than `within`, no separator between."""
    blocks: list[Block] = []
    for segment, page in sorted(segments, key=lambda s: _middle(s[0])):
        for block in reversed(blocks):
            if block.page == page and _follows(block.segments[-1], segment, within, separators):
                block.segments.append(segment)
                break
        else:
            blocks.append(Block([segment], page))
    return blocks


def _follows(above: Segment, below: Segment, within: float, separators: Sequence[float]) -> bool:
    start, end = _middle(above), _middle(below)
    if not 0 < end - start <= within:
        return False
    overlap = min(above.right, below.right) - max(above.left, below.left)
    if overlap <= 0:
        return False
    size = below.words[0].bottom - below.words[0].top
    aligned = _OFF_LINE_UP * size > min(
        abs(above.left - below.left), abs(above.centre - below.centre), abs(above.right - below.right)
    )
    return aligned and not any(start < y < end for y in separators)


def _middle(segment: Segment) -> float:
    return (segment.words[0].top + segment.words[0].bottom) / 2
