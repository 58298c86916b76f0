"""Lines of text on an upright page to what they say: labels and prose by one look, figures by several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from ogi.documents.ocr.engine import Reading, read_lines
from ogi.documents.ocr.figures import UNSURE, is_label, mark_unsure_numbers, settle
from ogi.documents.ocr.ink import Box
from ogi.documents.ocr.picture import Picture

# In pixels at 200 dots an inch.
_SMALLEST_LINE = 20
_SMALLEST_INK = 14
_LOWEST_DIGIT = 11
_DIGIT_SEEN = 0.5
_CLEAR = 0.85  # a label that is read with less is looked at again
_FIGURE = re.compile(r"^[\d/\-][\d,.%]*\??$")
_THIN, _FLAT, _LONGEST_DASH = 10, 1.3, 45
_LEANS = 0.15  # pixels to the left for each down


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line of text stands, the room around it that has nothing else in it, and how it was found.

    `has_gap` tells that its ink stands too far apart for one figure: a line between two cells may be lost.
    """

    box: Box
    room: Box
    found: Literal["cell", "prose", "overlooked"]
    has_gap: bool = False

    def may_hold(self, text: str) -> bool:
        """Tell whether a reading is no dirt: ink in a cell means something, what detection overlooked only as a figure."""
        if self.found == "cell":
            return bool(text) and (text != UNSURE or max(self.box.width, self.box.height) >= _SMALLEST_INK)
        return bool(_FIGURE.match(text)) if self.found == "overlooked" else text not in ("", UNSURE)


@dataclass(frozen=True, slots=True)
class _Look:
    """How to cut a line out: margin around it and least width, both by its height; how much to widen or blur it."""

    margin: float
    least_width: float = 0.0
    widen: float = 1.0
    blur: float = 0.0


_LOOKS = (_Look(0.15), _Look(0.3, least_width=2), _Look(0.15, 2, widen=1.25), _Look(0.2, 1.5, blur=1.0))


def read_text(picture: Picture, ink: Picture, lines: Sequence[Line]) -> list[str]:
    """Read lines of text on a picture (BGR), in their order.

    A figure that is not sure ends in a question mark, and so does a number in a label or in prose: the text then is
    no number to any reader, and still shows what was seen.
    """
    readings = [[first] for first in read_lines([_cut(picture, line, _LOOKS[0]) for line in lines])]
    texts = [_say(line, looks) for line, looks in zip(lines, readings, strict=True)]
    for look in _LOOKS[1:]:
        unsettled = [i for i, text in enumerate(texts) if text is None]
        again = read_lines([_cut(picture, lines[i], look) for i in unsettled])
        for i, reading in zip(unsettled, again, strict=True):
            readings[i].append(reading)
            texts[i] = _say(lines[i], readings[i])
    return [
        (_may_be_stroke(line, looks) and _lone_stroke(line, ink)) or text or _unsure(looks)
        for line, looks, text in zip(lines, readings, texts, strict=True)
    ]


def _say(line: Line, looks: list[Reading]) -> str | None:
    """Return what a line says as far as the looks at it tell, or None where another look is needed, or all failed."""
    best = max(looks, key=lambda r: r.certainty)
    if line.found == "prose" and not _FIGURE.match(best.text):
        return mark_unsure_numbers(best)
    if len(best.text) > 1 and is_label(best.text):
        is_clear = best.certainty >= _CLEAR or len(looks) == len(_LOOKS)
        return mark_unsure_numbers(best) if is_clear else None
    # two figures in what seems one cell, or ink too small for a digit
    if line.has_gap or line.box.height < _LOWEST_DIGIT:
        return None
    return settle(looks)


def _unsure(looks: list[Reading]) -> str:
    best = max(looks, key=lambda r: r.certainty).text
    return best if is_label(best) else best + UNSURE


def _may_be_stroke(line: Line, looks: list[Reading]) -> bool:
    """Tell whether a slash or a dash may stand in a cell: no look likely saw a digit other than one."""
    likely = [r.text for r in looks if r.certainty >= _DIGIT_SEEN]
    return line.found == "cell" and len(looks) > 1 and not any(t.isdigit() and t != "1" for t in likely)


def _lone_stroke(line: Line, ink: Picture) -> str | None:
    """Tell a slash or a dash by its shape: the recogniser takes the one for a one, the other for anything."""
    box, room = line.box, line.room
    if _FLAT * box.height <= box.width <= _LONGEST_DASH and box.height <= _THIN:
        is_in_the_middle = abs(box.middle[1] - room.middle[1]) < room.height / 4
        return "-" if is_in_the_middle else None
    ys, xs = np.nonzero(ink[box.top : box.bottom, box.left : box.right])
    if box.height < _SMALLEST_INK or box.width > box.height:
        return None
    lean, middle = np.polyfit(ys, xs, 1)
    spread = float(np.abs(xs - lean * ys - middle).max())
    return "/" if lean < -_LEANS and spread <= _THIN / 2 else None


def _cut(picture: Picture, line: Line, look: _Look) -> Picture:
    margin = round(look.margin * max(line.box.height, _SMALLEST_LINE))
    top, bottom = max(line.box.top - margin, line.room.top), min(line.box.bottom + margin, line.room.bottom)
    left, right = max(line.box.left - margin, line.room.left), min(line.box.right + margin, line.room.right)
    crop = picture[top:bottom, left:right]
    beside = max(0, round(look.least_width * (bottom - top) - (right - left))) // 2
    crop = cv2.copyMakeBorder(crop, 0, 0, beside, beside, cv2.BORDER_REPLICATE)
    if look.blur:
        crop = cv2.GaussianBlur(crop, (0, 0), look.blur)
    if look.widen != 1:
        crop = cv2.resize(crop, None, fx=look.widen, fy=1, interpolation=cv2.INTER_CUBIC)
    return crop
