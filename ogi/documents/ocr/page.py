"""The picture of a page to its words and ruling lines."""

from collections.abc import Sequence
from dataclasses import astuple

import cv2
import numpy as np
from PIL.Image import Image

from ogi.documents.layout.lattice import find_ruled_tables
from ogi.documents.layout.model import Page, Rule, Word
from ogi.documents.layout.rules import join_rules
from ogi.documents.model import Remark
from ogi.documents.ocr.figures import UNSURE
from ogi.documents.ocr.ink import Box, find_ink, has_gap, lines_of, overlooked, parts_of, pieces
from ogi.documents.ocr.lines import Line, read_text
from ogi.documents.ocr.picture import Corners, Picture
from ogi.documents.ocr.rulings import find_rules
from ogi.documents.ocr.upright import turn_upright
from ogi.documents.progress import step_done

# Every picture is brought to this scale, so that lengths in pixels mean lengths on paper.
_PIXELS_PER_POINT = 200 / 72
_A4_WIDTH, _A4_HEIGHT = 595, 842
# A strip or a cut-out is no page lying on its side.
_LONGEST_PAGE = 1.6
_RULE_REST = 8  # pixels: flat ink this near to a border is what the border left
_INSIDE = 3  # pixels between a cell's border and the room for its text


def read_picture(picture: Image, number: int) -> Page:
    """Read the picture of a page, however it was laid on the glass.

    The page is taken to be as wide as A4 (as high, where it lies on its side); boxes are in points of the picture
    turned upright. A figure that is not sure ends in a question mark, so that it is no number to any reader.
    """
    colour, corners = turn_upright(_at_scale(picture))
    grey = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
    rules = find_rules(grey)
    ink = find_ink(grey, rules)
    found = pieces(ink)
    height, width = grey.shape
    page = Page(
        number,
        width / _PIXELS_PER_POINT,
        height / _PIXELS_PER_POINT,
        rules=[Rule(*_points(r.left, r.top, r.right, r.bottom)) for r in rules],
    )
    lines = _lines(page, found, [_box(c) for c in corners], Box(0, 0, width, height))
    for line, text in zip(lines, read_text(colour, ink, lines), strict=True):
        if line.may_hold(text):
            page.words.append(Word(text, *_points(*astuple(line.box))))
    step_done()
    return page


def unsure_figures(page: Page) -> Remark | None:
    """Say how many figures of a page could not be read for sure."""
    count = sum(word.text.count(UNSURE) for word in page.words)
    if not count:
        return None
    return Remark(
        "ocr_unsure",
        f"第 {page.number} 页有 {count} 处数字辨认不清，不作为数字采用；请对照原件补录或提供更清晰的扫描件。"
        f" / {count} figures on page {page.number} could not be read for sure and are not used;"
        " compare with the original, or supply a clearer scan.",
        page.number,
    )


def _lines(page: Page, found: Sequence[Box], detected: Sequence[Box], paper: Box) -> list[Line]:
    """Find the lines of text: in ruled cells by their ink, elsewhere as the detector found them."""
    marks = [Word("■", *_points(*astuple(p))) for p in found]
    marked = Page(page.number, page.width, page.height, marks, page.rules)
    tables, _ = find_ruled_tables(marked, join_rules(page.rules))
    cells = [_pixels(cell.box) for table in tables for cell in table.cells]
    in_cells: dict[int, list[Box]] = {}
    outside: list[Box] = []
    for piece in found:
        at = next((i for i, cell in enumerate(cells) if cell.holds(piece.middle)), None)
        if at is None:
            outside.append(piece)
        elif not _is_left_of_a_rule(piece, cells[at]):
            in_cells.setdefault(at, []).append(piece)
    lines = [
        Line(box, _inside(cells[i]), "cell", has_gap(box, held))
        for i, held in in_cells.items()
        for box in lines_of(held)
    ]
    prose = [
        part
        for box in detected
        if not any(cell.holds(box.middle) for cell in cells)
        for part in parts_of(box, outside)
    ]
    lines.extend(Line(box, paper, "prose") for box in prose)
    lines.extend(Line(box, paper, "overlooked") for box in overlooked(outside, prose))
    return lines


def _at_scale(picture: Image) -> Picture:

    rgb = np.asarray(picture.convert("RGB"))
    height, width = rgb.shape[:2]
    lies = 1 < width / height < _LONGEST_PAGE
    scale = (_A4_HEIGHT if lies else _A4_WIDTH) * _PIXELS_PER_POINT / width
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), None, fx=scale, fy=scale, interpolation=way)


def _is_left_of_a_rule(piece: Box, cell: Box) -> bool:
    to_border = min(piece.top - cell.top, cell.bottom - piece.bottom)
    return piece.height <= _RULE_REST and to_border <= _RULE_REST


def _box(corners: Corners) -> Box:
    left, top = (int(v) for v in corners.min(axis=0))
    right, bottom = (int(v) for v in corners.max(axis=0))
    return Box(max(left, 0), max(top, 0), right, bottom)


def _inside(cell: Box) -> Box:
    return Box(cell.left + _INSIDE, cell.top + _INSIDE, cell.right - _INSIDE, cell.bottom - _INSIDE)


def _points(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    scale = _PIXELS_PER_POINT
    return left / scale, top / scale, right / scale, bottom / scale


def _pixels(box: tuple[float, float, float, float]) -> Box:
    left, top, right, bottom = (round(v * _PIXELS_PER_POINT) for v in box)
    return Box(left, top, right, bottom)
