"""PDF with a text layer: tables drawn cell by cell, ruled or not, that go on over page ends as Word prints them."""

import io
from itertools import groupby
from typing import TYPE_CHECKING

from ogi.demo.content import Content, Line, Table
from ogi.demo.layouts import Layout
from ogi.demo.writers.pdf_table import LINE_HEIGHT, Box, lay_out
from ogi.demo.writers.pdf_text import CHINESE, LATIN, is_latin, text_width, wrap

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = 595.0, 842.0
MARGIN = 56.0
_FOOTERS = ("- {} -", "{}", "第{}页", "— {} —")
_PROSE_SIZE, _TABLE_SIZE = 12.0, 9.0
_SIZES = {1: 18.0, 2: 14.0}
_LEADING = 1.5
_TABLE_LEADING = _TABLE_SIZE * LINE_HEIGHT


def write_pdf(content: Content, layout: Layout) -> bytes:
    """Write a document as PDF."""
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    registerFont(UnicodeCIDFont(CHINESE))
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1)
    printer = _Printer(canvas, layout.dress, _FOOTERS[len(content.title) % len(_FOOTERS)])
    for block in content.blocks:
        if isinstance(block, Line):
            printer.print_line(block)
        else:
            printer.print_table(block)
    printer.finish()
    return written.getvalue()


class _Printer:
    """Puts blocks on pages from top to bottom."""

    def __init__(self, canvas: "Canvas", dress: str, footer: str) -> None:
        self._canvas = canvas
        self._footer = footer
        self._dress = dress
        self._top = MARGIN
        self._page = 1

    def print_line(self, line: Line) -> None:
        """Print a heading or paragraph, wrapped at the margins."""
        size = _SIZES.get(line.level, _PROSE_SIZE)
        wrapped = wrap(line.text, PAGE_WIDTH - 2 * MARGIN, size)
        for text in wrapped:
            self._make_room(size * _LEADING)
            left = MARGIN
            if line.level == 1:
                left = (PAGE_WIDTH - text_width(text, size)) / 2
            elif line.level < 0:
                left = PAGE_WIDTH - MARGIN - text_width(text, size)
            self._print(text, left, self._top, size)
            self._top += size * _LEADING

    def print_table(self, table: Table) -> None:
        """Print a table; one that continues another starts on a new page."""
        if table.continues:
            self._end_page()
        boxes, heights = lay_out(table, PAGE_WIDTH - 2 * MARGIN, _TABLE_SIZE, self._dress)
        first = 0
        while first < len(heights):
            last = self._rows_that_fit(heights, first, table.header_rows)
            if last == first:
                self._end_page()
                continue
            self._print_rows(boxes, heights, first, last)
            first = last
            if first < len(heights):
                self._end_page()
        self._top += _PROSE_SIZE

    def finish(self) -> None:
        """End the last page and the file."""
        self._end_page()
        self._canvas.save()

    def _rows_that_fit(self, heights: list[float], first: int, header_rows: int) -> int:
        room = PAGE_HEIGHT - MARGIN - self._top
        last = first
        while last < len(heights) and sum(heights[first : last + 1]) <= room:
            last += 1
        # A header does not stand alone at the foot of a page
        return first if first == 0 and last <= header_rows < len(heights) else last

    def _print_rows(self, boxes: list[Box], heights: list[float], first: int, last: int) -> None:
        """Print the rows from `first` to before `last`, with what merged cells show of themselves on this page."""
        for box in boxes:
            start, end = max(box.row, first), min(box.row + box.rows, last)
            if start >= end:
                continue
            top = self._top + sum(heights[first:start])
            height = sum(heights[start:end])
            self._rule(box, top, height)
            if box.is_turned:
                self._print_turned(box, top, height)
                continue
            shown, box.lines = self._split(box, height, is_last=end == box.row + box.rows)
            above = (height - len(shown) * _TABLE_LEADING) / 2
            for index, text in enumerate(shown):
                left = MARGIN + box.left + (box.width - text_width(text, _TABLE_SIZE)) / 2
                self._print(text, left, top + above + index * _TABLE_LEADING, _TABLE_SIZE)
        self._top += sum(heights[first:last])

    def _print_turned(self, box: Box, top: float, height: float) -> None:
        """Print a label that runs upwards; what this page has no room for is left for the next."""
        shown, *left = wrap("".join(box.lines), height, _TABLE_SIZE) or [""]
        box.lines = ["".join(left)]
        self._canvas.saveState()
        across = MARGIN + box.left + (box.width + _TABLE_SIZE) / 2
        self._canvas.translate(across, PAGE_HEIGHT - top - (height + text_width(shown, _TABLE_SIZE)) / 2)
        self._canvas.rotate(90)
        self._set(shown, 0, 0, _TABLE_SIZE)
        self._canvas.restoreState()

    def _split(self, box: Box, height: float, *, is_last: bool) -> tuple[list[str], list[str]]:
        """Return the lines of a merged cell that this page has room for, and those left for the next."""
        if is_last:
            return box.lines, []
        room = max(1, int(height / (_TABLE_LEADING)))
        return box.lines[:room], box.lines[room:]

    def _rule(self, box: Box, top: float, height: float) -> None:
        self._canvas.setLineWidth(0.5)
        left, right = MARGIN + box.left, MARGIN + box.left + box.width
        upper, lower = PAGE_HEIGHT - top, PAGE_HEIGHT - top - height
        if self._dress in {"unruled", "horizontal"}:
            if self._dress == "horizontal":
                self._canvas.line(left, upper, right, upper)
                self._canvas.line(left, lower, right, lower)
            return
        self._canvas.rect(left, lower, right - left, upper - lower)

    def _print(self, text: str, left: float, top: float, size: float) -> None:
        """Print one line at so many points from the page's left and top; some printers strike twice for bold."""
        self._set(text, left, PAGE_HEIGHT - top - size, size)
        if self._dress == "double_struck":
            self._set(text, left + 0.3, PAGE_HEIGHT - top - size, size)

    def _set(self, text: str, left: float, base: float, size: float) -> None:
        """Set one line on its base line, Latin letters and digits in a Latin font as offices do."""
        for latin, run in groupby(text, key=is_latin):
            part = "".join(run)
            self._canvas.setFont(LATIN if latin else CHINESE, size)
            self._canvas.drawString(left, base, part)
            left += text_width(part, size)

    def _make_room(self, height: float) -> None:
        if self._top + height > PAGE_HEIGHT - MARGIN:
            self._end_page()

    def _end_page(self) -> None:
        self._print(self._footer.format(self._page), PAGE_WIDTH / 2 - 12, PAGE_HEIGHT - MARGIN / 2 - 10, 10)
        self._canvas.showPage()
        self._page += 1
        self._top = MARGIN
