"""Turn the picture of a page upright: quarter turns by the text lines, small angles by the page's own profile."""

from collections.abc import Sequence

import cv2
import numpy as np

from ogi.documents.ocr.engine import find_text, read_lines
from ogi.documents.ocr.picture import Corners, Picture

# Degrees. A page laid askew on the glass is never turned further; the last step decides to a pixel a page width.
_STEPS = (0.5, 0.1, 0.02)
_LARGEST_SKEW = 5.0
_PROFILE_WIDTH = 800
_TALL = 1.5
# Text that is read upside down is not certain: so many of the longest lines tell.
_TELLING_LINES, _CERTAIN = 3, 0.9


def turn_upright(picture: Picture) -> tuple[Picture, list[Corners]]:
    """Turn the picture (BGR) of a page upright; with it come the corners of its text lines, in pixels."""
    corners = find_text(picture)
    if _lies_on_its_side(corners):
        picture = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
        corners = find_text(picture)
    if _is_upside_down(picture, corners):
        picture = cv2.rotate(picture, cv2.ROTATE_180)
        corners = find_text(picture)
    matrix = _rotation(picture, _skew(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)))
    height, width = picture.shape[:2]
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return turned, [c @ matrix[:, :2].T + matrix[:, 2] for c in corners]


def _lies_on_its_side(corners: Sequence[Corners]) -> bool:
    """Tell whether most of the text (by length) runs up or down."""
    across = down = 0.0
    for line in corners:
        width, height = _size(line)
        if height > _TALL * width:
            down += height
        elif width > _TALL * height:
            across += width
    return down > across


def _is_upside_down(picture: Picture, corners: Sequence[Corners]) -> bool:
    longest = sorted(corners, key=lambda c: -_size(c)[0])[:_TELLING_LINES]
    crops = []
    for line in longest:
        left, top = (max(0, int(v)) for v in line.min(axis=0))
        right, bottom = (int(v) for v in line.max(axis=0))
        crops.append(picture[top:bottom, left:right])
    crops = [c for c in crops if c.size]
    as_it_is = _certainty(crops)
    return as_it_is < _CERTAIN and _certainty([cv2.rotate(c, cv2.ROTATE_180) for c in crops]) > as_it_is


def _certainty(crops: Sequence[Picture]) -> float:
    certainties = [p for reading in read_lines(crops) for p in reading.certainties]
    return sum(certainties) / len(certainties) if certainties else 0.0


def _size(corners: Corners) -> tuple[float, float]:
    width, height = (corners.max(axis=0) - corners.min(axis=0)).tolist()
    return width, height


def _skew(grey: Picture) -> float:
    """Return by how many degrees (counter-clockwise) the picture must be turned for its lines to be level.

    Text lines and ruling lines are level where the sums of ink by row differ most from one row to the next.
    """

    scale = _PROFILE_WIDTH / grey.shape[1]
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((15, 15), np.uint8)).astype(np.float32)
    best, reach = 0.0, _LARGEST_SKEW
    for step in _STEPS:
        angles = best + np.arange(-reach, reach + step / 2, step)
        best = max(angles, key=lambda angle: _levelness(ink, float(angle)))
        reach = step
    return float(best)


def _rotation(picture: Picture, degrees: float) -> Picture:

    height, width = picture.shape[:2]
    return cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)


def _levelness(ink: Picture, degrees: float) -> float:

    height, width = ink.shape
    turned = cv2.warpAffine(ink, _rotation(ink, degrees), (width, height))
    return float(np.square(np.diff(turned.sum(axis=1))).sum())
