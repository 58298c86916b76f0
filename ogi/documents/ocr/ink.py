"""Where ink stands on an upright page: its pieces, and the lines of text that pieces make."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from ogi.documents.layout.model import Rule
from ogi.documents.ocr.picture import Picture

# In pixels at 200 dots an inch (2.8 a point).
_RULE_REACH = 4  # how far a ruling line's ink may lie from where it stands
_SPECK = 6  # smaller in both directions is dirt, or belongs to a character beside it
_AROUND = 31  # wider than any stroke
_DARKEST, _INK, _FAINTEST = 99.8, 0.3, 20  # percentile, share of its darkness, steps of grey
_DIGIT = (14, 50)  # the height of a digit, from small type to a heading's
_COLUMN_GAP, _FIGURE_GAP = 1.7, 1.0  # in heights of the line
_SMALL_LINE = 29  # as high as a line of small type


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the picture, in pixels; right and bottom are the first outside."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Tell whether a point is inside."""
        return self.left <= point[0] < self.right and self.top <= point[1] < self.bottom


def find_ink(grey: Picture, rules: Sequence[Rule]) -> Picture:
    """Return the ink of a page as 255 on 0, whatever the paper's tint and the light, without the ruling lines.

    Ink is a good part as dark against the paper right around it as the page's darkest strokes are: noise and the edge of
    a tint are not.
    """
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    dark = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((_AROUND, _AROUND), np.uint8))
    for r in rules:
        corner = (round(r.left) - _RULE_REACH, round(r.top) - _RULE_REACH)
        opposite = (round(r.right) + _RULE_REACH, round(r.bottom) + _RULE_REACH)
        cv2.rectangle(dark, corner, opposite, 0, thickness=-1)
    darkest = float(np.percentile(dark, _DARKEST))
    return cv2.threshold(dark, max(_FAINTEST, _INK * darkest), 255, cv2.THRESH_BINARY)[1]


def pieces(ink: Picture) -> list[Box]:
    """Return the connected pieces of ink that are larger than specks."""

    _, _, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return [
        Box(left, top, left + width, top + height)
        for left, top, width, height, _ in boxes[1:].tolist()
        if max(width, height) >= _SPECK
    ]


def lines_of(found: Sequence[Box]) -> list[Box]:
    """Group the pieces of ink of one cell into lines of text, from top to bottom."""
    lines: list[list[Box]] = []
    bottom = 0
    for piece in sorted(found, key=lambda p: p.top):
        if lines and piece.top < bottom:
            lines[-1].append(piece)
        else:
            lines.append([piece])
        bottom = max(bottom, piece.bottom)
    joined: list[Box] = []
    for box in map(_around, lines):
        if joined and _is_one_character(joined[-1], box):
            joined[-1] = _around([joined[-1], box])
        else:
            joined.append(box)
    return joined


def _is_one_character(above: Box, below: Box) -> bool:
    """Tell whether pieces with a gap between are strokes of one line: those of 二, the dots on 总."""
    low, high = sorted((above.height, below.height))
    is_stroke = low < high / 2 and below.top - above.bottom < high / 4
    return is_stroke or below.bottom - above.top <= _SMALL_LINE


def parts_of(line: Box, found: Sequence[Box]) -> list[Box]:
    """Part a line where its ink has a gap wider than a comma leaves: columns of a table without ruling lines."""
    parts: list[list[Box]] = []
    right = 0
    for piece in sorted((p for p in found if line.holds(p.middle)), key=lambda p: p.left):
        if parts and piece.left - right <= _COLUMN_GAP * line.height:
            parts[-1].append(piece)
        else:
            parts.append([piece])
        right = max(right, piece.right)
    if len(parts) < 2:  # noqa: PLR2004 - nothing to part
        return [line]
    return [Box(b.left, line.top, b.right, line.bottom) for b in map(_around, parts)]


def has_gap(line: Box, found: Sequence[Box]) -> bool:
    """Tell whether the ink of a line stands further apart than the digits of one figure."""
    right = line.right
    for piece in sorted((p for p in found if line.holds(p.middle)), key=lambda p: p.left):
        if piece.left - right > _FIGURE_GAP * line.height:
            return True
        right = piece.right
    return False


def overlooked(found: Sequence[Box], lines: Sequence[Box]) -> list[Box]:
    """Return the pieces of ink as large as a digit that no line holds: detection overlooks single digits."""
    return [
        p
        for p in found
        if _DIGIT[0] <= p.height <= _DIGIT[1]
        and p.width <= _DIGIT[1]
        and not any(line.holds(p.middle) for line in lines)
    ]


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(b.left for b in boxes),
        min(b.top for b in boxes),
        max(b.right for b in boxes),
        max(b.bottom for b in boxes),
    )
