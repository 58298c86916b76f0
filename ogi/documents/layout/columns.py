"""The columns of a table without vertical rules: where its values line up, where its labels begin."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ogi.documents.layout.segments import Segment
from ogi.documents.layout.zones import ZoneLine

# In points: left edges this near are one edge.
SAME_EDGE = 6.0
# An edge that this many lines share is where a column begins.
_SHARED = 3


@dataclass(slots=True)
class Columns:
    """Value columns as the space that their values cover, from left to right; label columns by where they begin."""

    values: list[tuple[float, float]]
    label_end: float
    label_starts: list[float]

    @property
    def count(self) -> int:
        """How many columns there are, labels first."""
        return len(self.label_starts) + len(self.values)

    def room(self, left: float, right: float) -> float:
        """Return how wide the value column nearest to a text can be: half the way between its neighbours' middles."""
        middles = [(a + b) / 2 for a, b in self.values]
        index = self.value_range((left + right) / 2, (left + right) / 2)[0]
        gaps = [b - a for a, b in pairwise(middles[max(0, index - 1) : index + 2])]
        return sum(gaps) / len(gaps) if gaps else float("inf")

    def value_range(self, left: float, right: float) -> tuple[int, int]:
        """Return the first and last value column that a text covers: whose middles it covers, else the nearest."""
        middles = [(a + b) / 2 for a, b in self.values]
        covered = [i for i, middle in enumerate(middles) if left <= middle <= right]
        if covered:
            return covered[0], covered[-1]
        centre = (left + right) / 2
        nearest = min(range(len(middles)), key=lambda i: abs(middles[i] - centre))
        return nearest, nearest

    def label_column(self, left: float) -> int:
        """Return the label column in which a text begins."""
        return max(0, bisect_right(self.label_starts, left + SAME_EDGE / 2) - 1)


def value_columns(lines: Sequence[ZoneLine]) -> list[tuple[float, float]]:
    """Find the columns of values: what lines up overlaps, whether set left, right or centred.

    The fullest rows come first, because in them each value has a column of its own.
    """
    columns: list[tuple[float, float]] = []
    rows = [[s for s in line.segments if s.is_value] for line in lines if line.has_values]
    for values in sorted(rows, key=len, reverse=True):
        for value in values:
            _add(columns, value, values)
    return sorted(columns)


def with_headed_columns(
    columns: Sequence[tuple[float, float]], lines: Sequence[ZoneLine], end: float
) -> list[tuple[float, float]]:
    """Add the columns that only heads show: several side by side under which no row prints anything.

    Only where a line of the header names more columns than hold values: a head that stands a little beside its values
    is no column of its own.

    Args:
        columns: the columns of values.
        lines: the table's lines; those before the first value are its header.
        end: where the labels of rows end.
    """
    found = list(columns)
    first = next(i for i, line in enumerate(lines) if line.has_values)
    for line in reversed(lines[:first]):
        heads = [word for segment in line.segments for word in segment.words if word.left > end]
        alone = [h for h in heads if not any(h.left < right and h.right > left for left, right in found)]
        if len(heads) > len(columns) and len(alone) >= _SHARED:
            found.extend((head.left, head.right) for head in alone)
    return sorted(found)


def _add(columns: list[tuple[float, float]], value: Segment, row: Sequence[Segment]) -> None:
    """Widen the one column that a value overlaps, or open a new one where it overlaps none."""
    hit = [i for i, (left, right) in enumerate(columns) if value.left < right and value.right > left]
    if not hit:
        columns.append((value.left, value.right))
    if len(hit) != 1:
        return
    left, right = columns[hit[0]]
    wide = (min(left, value.left), max(right, value.right))
    others = [c for i, c in enumerate(columns) if i != hit[0]]
    rest = [s for s in row if s is not value]
    if not any(wide[0] < b and wide[1] > a for a, b in others) and not any(
        s.left < wide[1] and s.right > wide[0] for s in rest
    ):
        columns[hit[0]] = wide


def label_end(lines: Sequence[ZoneLine], first_value: float) -> float:
    """Return the x before which labels of rows begin; minus infinity where the rows have none."""
    rights = [
        segment.right
        for line in lines
        if line.has_values
        for segment in line.segments
        if not segment.is_value and segment.right <= first_value
    ]
    return max(rights) if rights else float("-inf")


def edges(lefts: Sequence[float]) -> list[float]:
    """Return the left edges at which label columns begin, of the left edges of all labels."""
    found: list[float] = []
    for left in sorted(lefts):
        if not found or left - found[-1] > SAME_EDGE:
            found.append(left)
    return found


def common_edges(lefts: Sequence[float]) -> list[float]:
    """Return the left edges that several lines share."""
    groups: list[list[float]] = []
    for left in sorted(lefts):
        if groups and left - groups[-1][0] <= SAME_EDGE / 2:
            groups[-1].append(left)
        else:
            groups.append([left])
    return [group[0] for group in groups if len(group) >= _SHARED]
