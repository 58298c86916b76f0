"""What plain text and Markdown share: lines become rows of a table, headings or paragraphs."""

import re
from collections.abc import Callable

from ogi.documents.model import Document, Grid, GridCell, Text

_PAGE_NUMBER = re.compile(r"^(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页.{0,12})$")
_HEADING_MARK = re.compile(r"^#{1,6}\s*")

SplitRow = Callable[[str], list[str] | None]


class LineReader:
    """Reads a text line by line.

    `split_row` gives the cells of a line that is a table row, an empty list for a line to pass over inside a table,
    or None. Blank lines and page numbers (`- 4 -`) belong to no block. A form feed starts a new page.
    """

    def __init__(
        self, format_name: str, split_row: SplitRow, *, rows_are_aligned: bool, blank_line_ends_table: bool
    ) -> None:
        self._format = format_name
        self._split_row = split_row
        self._rows_are_aligned = rows_are_aligned
        self._blank_line_ends_table = blank_line_ends_table
        self._blocks: list[Text | Grid] = []
        self._rows: list[list[GridCell]] = []
        self._tables = 0
        self._page: int | None = None

    def read(self, text: str) -> Document:
        """Return the document's blocks in reading order."""
        self._page = 1 if "\f" in text else None
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
            if self._page is not None:
                self._page += line.count("\f")
            self._read_line(line.replace("\f", ""), number)
        self._end_table()
        return Document(self._format, self._blocks)

    def _read_line(self, line: str, number: int) -> None:
        cells = self._split_row(line)
        if cells is not None:
            self._add_row(cells)
            return
        stripped = line.strip()
        if not stripped:
            if self._blank_line_ends_table:
                self._end_table()
            return
        if _PAGE_NUMBER.match(stripped):
            return
        self._end_table()
        self._blocks.append(self._text(stripped, number))

    def _add_row(self, cells: list[str]) -> None:
        if cells:
            row = len(self._rows) + 1
            self._rows.append(
                [GridCell(c, row, column, self._page) for column, c in enumerate(cells, start=1)]
            )

    def _text(self, stripped: str, number: int) -> Text:
        is_heading = bool(_HEADING_MARK.match(stripped))
        plain = _HEADING_MARK.sub("", stripped).replace("**", "").strip()
        return Text(plain, number, self._page, is_heading)

    def _end_table(self) -> None:
        if self._rows:
            self._tables += 1
            self._blocks.append(Grid(self._tables, self._rows, self._rows_are_aligned))
            self._rows = []
