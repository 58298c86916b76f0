"""Ruling lines as drawn to ruling lines as seen: pieces joined, thin rectangles and double strokes made one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogi.documents.layout.model import Rule

# In points. Pieces of a broken or dotted line join over this gap; lines this close in parallel are one line.
_PIECE_GAP = 3.0
_SAME_LINE = 1.2
_SHORTEST = 4.0
# A page with more lines than this is a drawing, not a form; its tables are read without them.
MAX_PAGE_RULES = 2000


@dataclass(frozen=True, slots=True)
class Stroke:
    """A horizontal or vertical line: `at` is its y or x, from `start` to `end` along the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Strokes:
    """A page's lines by direction."""

    horizontal: list[Stroke]
    vertical: list[Stroke]


def join_rules(rules: Iterable[Rule]) -> Strokes:
    """Join a page's rules into whole lines."""
    horizontal, vertical = [], []
    for rule in rules:
        if rule.right - rule.left >= rule.bottom - rule.top:
            horizontal.append(Stroke((rule.top + rule.bottom) / 2, rule.left, rule.right))
        else:
            vertical.append(Stroke((rule.left + rule.right) / 2, rule.top, rule.bottom))
    strokes = Strokes(_join(horizontal), _join(vertical))
    if len(strokes.horizontal) + len(strokes.vertical) > MAX_PAGE_RULES:
        return Strokes([], [])
    return strokes


def _join(strokes: list[Stroke]) -> list[Stroke]:
    """Join the strokes that lie on one line and touch or nearly touch."""
    joined: list[Stroke] = []
    for group in near(sorted(strokes, key=lambda s: s.at), _SAME_LINE):
        at = sum(s.at for s in group) / len(group)
        group.sort(key=lambda s: s.start)
        start, end = group[0].start, group[0].end
        for stroke in group[1:]:
            if stroke.start - end > _PIECE_GAP:
                joined.append(Stroke(at, start, end))
                start, end = stroke.start, stroke.end
            else:
                end = max(end, stroke.end)
        joined.append(Stroke(at, start, end))
    return [s for s in joined if s.end - s.start >= _SHORTEST]


def near(strokes: Sequence[Stroke], most: float) -> list[list[Stroke]]:
    """Group strokes, sorted by position, that lie at most this far from the first of their group."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        if groups and stroke.at - groups[-1][0].at <= most:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return groups
