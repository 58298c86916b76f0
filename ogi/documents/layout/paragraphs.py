"""Lines outside tables to paragraphs and headings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.layout.lines import line_text
from ogi.documents.layout.table import Line

# In heights of a line.
_INDENT = 1.2
_SHORT = 2.2
_DEEPEST_INDENT = 5.0
_BLANK = 1.6
_OTHER_SIZE = 1.15
_CENTRED = 1.5
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]+[章节部])"
)
_SENTENCE_END = tuple("。；;！？：:，,、")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one or more lines; `lines` says how many."""

    text: str
    top: float
    lines: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Column:
    """The type area of a page: between which edges its lines run, and their usual height."""

    left: float
    right: float
    height: float


def type_area(lines: Sequence[Line]) -> Column:
    """Measure the type area by the page's lines of text."""
    if not lines:
        return Column(0, 0, 1)
    lefts = sorted(line.left for line in lines)
    return Column(lefts[len(lefts) // 10], max(line.right for line in lines), usual_height(lines))


def usual_height(lines: Sequence[Line]) -> float:
    """Return the median of the lines' heights."""
    heights = sorted(line.height for line in lines)
    return heights[(len(heights) - 1) // 2]


def to_paragraphs(lines: Sequence[Line], area: Column) -> list[Paragraph]:
    """Join lines into paragraphs: a new one starts at an indent, after a short line, a blank one, or in another size."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, area, lines):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_paragraph(group, area) for group in groups]


def _continues(group: Sequence[Line], line: Line, area: Column, lines: Sequence[Line]) -> bool:
    before = group[-1]
    height = max(before.height, line.height)
    if line.top - before.bottom > _BLANK * height:
        return False
    if max(before.height, line.height) > _OTHER_SIZE * min(before.height, line.height):
        return False
    text = line_text(line.words)
    if _ORDINAL.match(text):
        return False
    if before.height > _OTHER_SIZE * area.height:
        # A title of several lines: all but the last may be full
        return _is_centred(line, area)
    if _is_centred(before, area) and _is_centred(line, area):
        return False
    # A signature or a date set to the right edge ends there without being full
    begins_left = before.left < area.left + _DEEPEST_INDENT * height
    is_full = begins_left and before.right > area.right - _SHORT * height
    is_flush = line.left < area.left + _INDENT * height
    return is_full and is_flush


def _is_centred(line: Line, area: Column) -> bool:
    left, right = line.left - area.left, area.right - line.right
    return left > _SHORT * line.height and abs(left - right) < _CENTRED * line.height


def _paragraph(group: Sequence[Line], area: Column) -> Paragraph:
    text = "".join(line_text(line.words) for line in group)
    is_large = group[0].height > _OTHER_SIZE * area.height
    is_numbered = (
        bool(_ORDINAL.match(text))
        and len(group) == 1
        and not text.endswith(_SENTENCE_END)
        and "。" not in text
    )
    return Paragraph(text, group[0].top, len(group), is_large or is_numbered)
