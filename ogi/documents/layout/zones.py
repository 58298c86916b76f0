"""Which lines outside ruled tables are tables without ruling: runs of lines with values, and the texts among them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.layout.segments import Segment, is_value_line, split_line
from ogi.documents.layout.table import Line

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SENTENCE = re.compile(r"[。；;]")
# Of the type area's width: a line this wide that holds no value is prose.
_PROSE_WIDTH = 0.75
_HEADING_SIZE = 1.12
# In type sizes: a header stands no further above its table.
_HEADER_GAP = 3.5
_FEWEST_ROWS = 2
_ONE_ROW_VALUES = 3


@dataclass(slots=True)
class ZoneLine:
    """A line with its segments, the page it stands on and whether it holds values."""

    line: Line
    segments: list[Segment]
    page: int
    has_values: bool


def zone_line(line: Line, page: int) -> ZoneLine:
    """Split a line and see whether it holds values."""
    segments = split_line(line)
    return ZoneLine(line, segments, page, is_value_line(segments))


def find_zones(lines: Sequence[ZoneLine], width: float) -> list[tuple[int, int]]:
    """Return the runs of lines (first, one past last) that are tables; `width` is the type area's."""
    zones: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if not lines[index].has_values:
            index += 1
            continue
        last = index
        size = lines[index].line.height
        label_end = _label_end(lines[index])
        ahead = index + 1
        while ahead < len(lines) and not _breaks(lines, ahead, size, width, label_end):
            if lines[ahead].has_values:
                last = ahead
                label_end = min(label_end, _label_end(lines[ahead]))
            ahead += 1
        start = _header_start(lines, index, zones[-1][1] if zones else 0, width, label_end)
        end = _label_tail(lines, last, ahead)
        if _is_table(lines[start:end]):
            zones.append((start, end))
        index = max(end, index + 1)
    return zones


def _is_table(lines: Sequence[ZoneLine]) -> bool:
    rows = [line for line in lines if line.has_values]
    values = sum(segment.is_value for line in rows for segment in line.segments)
    headed = any(len(line.segments) > 1 and not line.has_values for line in lines)
    return len(rows) >= _FEWEST_ROWS or (headed and values >= 1) or values >= _ONE_ROW_VALUES


def _label_end(line: ZoneLine) -> float:
    """Return where the first value of a line begins."""
    return min(segment.left for segment in line.segments if segment.is_value)


def _breaks(lines: Sequence[ZoneLine], index: int, size: float, width: float, label_end: float) -> bool:
    """Tell whether a line is no part of the table that it stands under: prose or a heading."""
    line = lines[index]
    if line.has_values:
        return False
    if line.line.height > _HEADING_SIZE * size:
        return True
    if len(line.segments) > 1:
        return False
    text, segment = line.segments[0].text, line.segments[0]
    if segment.right - segment.left > _PROSE_WIDTH * width or _SENTENCE.search(text):
        return True
    return bool(_NUMBERED.match(text)) and segment.right > label_end and not _stands_beside(lines, index)


def _stands_beside(lines: Sequence[ZoneLine], index: int) -> bool:
    """Tell whether a line is the label of the values that follow on a line without one: between its own two lines."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    same_page = below is not None and below.page == lines[index].page
    return below is not None and same_page and below.has_values and below.segments[0].is_value


def _header_start(lines: Sequence[ZoneLine], first: int, floor: int, width: float, label_end: float) -> int:
    """Return where the header above a table's first row of values begins."""
    start = first
    size = lines[first].line.height
    while start > floor and not _breaks(lines, start - 1, size, width, label_end):
        above, below = lines[start - 1], lines[start]
        if above.page == below.page and below.line.top - above.line.bottom > _HEADER_GAP * size:
            break
        is_numbered = len(above.segments) == 1 and _NUMBERED.match(above.segments[0].text)
        if is_numbered and not _stands_beside(lines, start - 1):
            break
        start -= 1
    return start


def _label_tail(lines: Sequence[ZoneLine], last: int, ahead: int) -> int:
    """Return one past the lines that end the last row: the rest of its label, set close below."""
    end = last + 1
    while end < ahead and lines[end].page == lines[end - 1].page:
        gap = lines[end].line.top - lines[end - 1].line.bottom
        if len(lines[end].segments) > 1 or gap > lines[end].line.height * 0.8:
            break
        end += 1
    return end
