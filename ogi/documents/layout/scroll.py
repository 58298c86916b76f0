"""A table's lines over several pages, as one strip: the pages one below the other."""

from collections.abc import Sequence
from dataclasses import replace

from ogi.documents.layout.model import Word
from ogi.documents.layout.rules import Stroke
from ogi.documents.layout.segments import Segment
from ogi.documents.layout.table import Box, Line
from ogi.documents.layout.zones import ZoneLine

# In type sizes: between the last line of a page and the first of the next, so that they never look like one row.
_PAGE_GAP = 4.0


class Scroll:
    """The lines of a zone on one strip; `offsets` says how far each page is moved down."""

    def __init__(self, lines: Sequence[ZoneLine]) -> None:
        self.offsets: dict[int, float] = {}
        self.lines: list[ZoneLine] = []
        for line in lines:
            if line.page not in self.offsets:
                last = self.lines[-1].line if self.lines else None
                gap = _PAGE_GAP * line.line.height
                self.offsets[line.page] = last.bottom + gap - line.line.top if last else 0.0
            self.lines.append(_shifted(line, self.offsets[line.page]))

    def shifted(self, stroke: Stroke, page: int) -> Stroke:
        """Return a rule of a page where it lies on the strip."""
        return replace(stroke, at=stroke.at + self.offsets[page])

    def page_box(self, page: int, words: Sequence[Word]) -> Box:
        """Return the box around words of the strip, as it lies on its page."""
        offset = self.offsets[page]
        return (
            min(w.left for w in words),
            min(w.top for w in words) - offset,
            max(w.right for w in words),
            max(w.bottom for w in words) - offset,
        )


def _shifted(line: ZoneLine, offset: float) -> ZoneLine:
    if not offset:
        return line
    segments = [
        Segment([replace(w, top=w.top + offset, bottom=w.bottom + offset) for w in segment.words])
        for segment in line.segments
    ]
    return ZoneLine(Line([w for s in segments for w in s.words]), segments, line.page, line.has_values)
