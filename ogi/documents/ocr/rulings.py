"""Ruling lines of a picture: strokes that are surely lines say where a table's borders stand, then each side of each
cell is looked at for the line, be it faint, broken or noisy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ogi.documents.layout.model import Rule
from ogi.documents.ocr.picture import Picture

# In pixels at 200 dots an inch (2.8 a point).
_SHORTEST = 32  # about the height of the lowest rows
_EVENED = 9  # along a line
_OFF_BORDER = 7
_THICKEST = 14
_SELF_EVIDENT = 110  # longer than any stroke of a character, so it needs nothing to meet
_TOUCH = 4
_SURE, _LIKELY = 150, 64  # longer than the strokes of three characters that touch, of one
_NARROWEST = 400  # of a table; headings in heavy type have strokes that meet
_SAME_BORDER = 20  # no text fits between
_OVERHANG = 22
_TWO = 2  # sides that a line short of sure must be drawn along, where there are as many
# In 255 steps of grey: how much darker than the paper around it ink is, and the faintest line.
_DARKER, _FAINTEST = 8, 10
# The share of a cell's side that a line covers; a character's stroke leaves the side's ends open.
_WALL, _WHOLE_WALL = 0.85, 0.95


def find_rules(grey: Picture) -> list[Rule]:
    """Find the ruling lines of an upright page, in pixels: one rule for each side of a cell that is drawn."""
    level_thin, upright_thin = _thin(grey), _thin(grey.T)
    level, upright = _meeting(_strokes(level_thin), [_transposed(r) for r in _strokes(upright_thin)])
    # a line may stand a little off its border
    level_darkness, upright_darkness = (
        cv2.dilate(thin, np.ones((_OFF_BORDER, 1), np.uint8)) for thin in (level_thin, upright_thin)
    )
    rules = []
    for lines, posts in _tables(level, upright, grey.shape):
        turned = [_transposed(p) for p in posts]
        xs = [border.at for border in _borders(turned) if border.is_sure]
        ys = _drawn(_borders(lines), _with_open_ends(xs, lines), level_darkness)
        open_ys = _with_open_ends(ys, turned)
        xs = _drawn(_borders(turned), open_ys, upright_darkness)
        ys = _framed(ys, xs, upright_darkness)
        open_xs = _with_open_ends(xs, _at(ys, lines))
        open_ys = _with_open_ends(ys, _at(xs, turned))
        rules.extend(_walls(ys, open_xs, level_darkness, _WALL, _typical(ys, open_xs, level_darkness)))
        darkness = _typical(xs, open_ys, upright_darkness)
        rules.extend(_transposed(r) for r in _walls(xs, open_ys, upright_darkness, _WALL, darkness))
    return rules


@dataclass(frozen=True, slots=True)
class _Border:
    """Where a level line of a table may stand, and how long its longest piece is."""

    at: float
    length: float

    @property
    def is_sure(self) -> bool:
        """Tell whether it is too long for strokes of text."""
        return self.length >= _SURE


def _thin(grey: Picture) -> Picture:
    """Return by how much each place is darker than what is above and what is below it, noise evened along the level."""
    evened = cv2.blur(cv2.GaussianBlur(np.ascontiguousarray(grey), (3, 3), 0), (_EVENED, 1))
    return cv2.morphologyEx(evened, cv2.MORPH_BLACKHAT, np.ones((_THICKEST + 1, 1), np.uint8))


def _strokes(thin: Picture) -> list[Rule]:
    """Find level strokes of ink: the long ones by themselves too, lest text that touches them hides them."""
    ink = cv2.threshold(thin, _DARKER, 255, cv2.THRESH_BINARY)[1]
    found = []
    for shortest in (_SHORTEST, _SELF_EVIDENT):
        strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, shortest), np.uint8))
        # a line that is not quite level is a stair of pieces
        strokes = cv2.dilate(strokes, np.ones((3, 1), np.uint8))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
        found += [
            Rule(left, top + 1, left + width - 1, top + height - 2)
            for left, top, width, height, _ in boxes[1:].tolist()
            if height <= _THICKEST
        ]
    return found


def _transposed(rule: Rule) -> Rule:
    return Rule(rule.top, rule.left, rule.bottom, rule.right)


def _meeting(level: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Keep the lines that are long, or that end at others on both sides: a character's strokes do neither."""
    while True:
        kept_level = [r for r in level if r.right - r.left >= _SELF_EVIDENT or _ends_meet(r, upright)]
        turned = [_transposed(r) for r in kept_level]
        kept_upright = [
            r for r in upright if r.bottom - r.top >= _SELF_EVIDENT or _ends_meet(_transposed(r), turned)
        ]
        if len(kept_level) + len(kept_upright) == len(level) + len(upright):
            return level, upright
        level, upright = kept_level, kept_upright


def _ends_meet(line: Rule, posts: list[Rule]) -> bool:
    """Tell whether a level line ends at upright ones."""
    y = (line.top + line.bottom) / 2
    return all(
        any(
            p.left - _TOUCH <= x <= p.right + _TOUCH and p.top - _TOUCH <= y <= p.bottom + _TOUCH
            for p in posts
        )
        for x in (line.left, line.right)
    )


def _tables(
    level: list[Rule], upright: list[Rule], shape: tuple[int, ...]
) -> list[tuple[list[Rule], list[Rule]]]:
    """Group the lines that touch each other; short ones belong to a group but join none: they may be a heading's."""
    drawn = np.zeros(shape, np.uint8)
    for r in (*level, *upright):
        if max(r.right - r.left, r.bottom - r.top) >= _LIKELY:
            corner = (int(r.left) - _TOUCH, int(r.top) - _TOUCH)
            cv2.rectangle(drawn, corner, (int(r.right) + _TOUCH, int(r.bottom) + _TOUCH), 255, thickness=-1)
    _, labels = cv2.connectedComponents(drawn)
    tables: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for kind, rules in enumerate((level, upright)):
        for r in rules:
            label = int(labels[int(r.top) : int(r.bottom) + 1, int(r.left) : int(r.right) + 1].max())
            if label:
                tables.setdefault(label, ([], []))[kind].append(r)
    return [
        (lines, posts)
        for lines, posts in tables.values()
        if lines and max(r.right for r in lines) - min(r.left for r in lines) >= _NARROWEST
    ]


def _borders(lines: list[Rule]) -> list[_Border]:
    """Return where level lines stand; the longest piece of a border says where, strokes of text beside it do not."""
    borders: list[_Border] = []
    for line in sorted(lines, key=lambda r: r.left - r.right):
        if all(abs(_middle(line) - b.at) > _SAME_BORDER for b in borders):
            borders.append(_Border(_middle(line), line.right - line.left))
    return sorted(borders, key=lambda b: b.at)


def _drawn(borders: list[_Border], xs: list[float], darkness: Picture) -> list[float]:
    """Return the borders that are drawn along whole sides of cells: those made of characters are not."""
    typical = _typical([b.at for b in borders if b.is_sure], xs, darkness)
    few = min(_TWO, len(xs) - 1)
    drawn = []
    for border in borders:
        share = _WALL if border.length >= _LIKELY else _WHOLE_WALL
        if len(_walls([border.at], xs, darkness, share, typical)) >= (1 if border.is_sure else few):
            drawn.append(border.at)
    return drawn


def _framed(ys: list[float], xs: list[float], darkness: Picture) -> list[float]:
    """Drop level borders above or below a table with closed sides: strokes of a heading that touches a line."""
    sides = [xs[0], xs[-1]] if len(xs) >= _TWO else []
    walls = {(w.left, w.right) for w in _walls(sides, ys, darkness, _WALL, _typical(sides, ys, darkness))}
    strips = list(pairwise(ys))
    closed = [strip for strip in strips if strip in walls]
    if 2 * len(closed) <= len(strips):
        return ys
    return [y for y in ys if closed[0][0] <= y <= closed[-1][1]]


def _middle(line: Rule) -> float:
    return (line.top + line.bottom) / 2


def _at(borders: list[float], lines: list[Rule]) -> list[Rule]:
    return [r for r in lines if any(abs(_middle(r) - at) <= _OFF_BORDER for at in borders)]


def _with_open_ends(xs: list[float], lines: list[Rule]) -> list[float]:
    """Add where several level lines end well outside the outermost upright ones."""
    if not xs:
        return sorted({min(r.left for r in lines), max(r.right for r in lines)}) if lines else []
    before = [r for r in lines if r.left < xs[0] - _OVERHANG]
    after = [r for r in lines if r.right > xs[-1] + _OVERHANG]
    return [
        *([min(r.left for r in before)] if len(_borders(before)) >= _TWO else []),
        *xs,
        *([max(r.right for r in after)] if len(_borders(after)) >= _TWO else []),
    ]


def _walls(
    ys: Sequence[float], xs: Sequence[float], darkness: Picture, share: float, typical: float
) -> list[Rule]:
    """Return the level sides of cells of which at least this share is about as dark as lines typically are."""
    threshold = max(_FAINTEST, typical / 3)
    return [
        Rule(a, y, b, y)
        for y in ys
        for a, b in pairwise(xs)
        if float((darkness[round(y), round(a) : round(b)] > threshold).mean()) >= share
    ]


def _typical(ys: Sequence[float], xs: Sequence[float], darkness: Picture) -> float:
    """Return how dark the table's lines are."""
    sides = [darkness[round(y), round(min(xs)) : round(max(xs))] for y in ys if len(xs) > 1]
    return float(np.median(np.concatenate(sides))) if sides else 0.0
