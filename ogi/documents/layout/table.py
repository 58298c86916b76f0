"""A table as found on one page, before its parts on several pages become one grid."""

import re
from dataclasses import dataclass
from functools import cached_property

from ogi.documents.layout.model import Word

# Digits and Latin letters are half as wide as ideographs.
_WIDE = re.compile(r"[\u2e80-\U0010ffff]+")
_NARROW = re.compile(r"[^\u2e80-\U0010ffff]+")

Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Cell:
    """A cell: rows and columns count from 0 within the table; `box` is the space between its borders."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    box: Box
    page: int
    # How far the last line of the text reaches to the right; None where nothing is printed.
    text_right: float | None = None


@dataclass(slots=True)
class Table:
    """A table: its column borders from left to right, its number of rows, its cells.

    `last_page` is where it ends; `is_aligned` is false where two figures stand in one column of a row.
    """

    page: int
    borders: list[float]
    row_count: int
    cells: list[Cell]
    top: float
    bottom: float
    is_ruled: bool = True
    is_aligned: bool = True
    last_page: int = 0


@dataclass
class Line:
    """Words printed on one line, from left to right; complete before its measures are asked for."""

    words: list[Word]

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where the last word ends."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """The highest top of a word."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """The lowest bottom of a word."""
        return max(word.bottom for word in self.words)

    @cached_property
    def height(self) -> float:
        """The size of its type: the width of an ideograph, which fonts state more truly than their height."""
        units = sum(
            len(_WIDE.sub("", word.text)) / 2 + len(_NARROW.sub("", word.text)) for word in self.words
        )
        return sum(word.right - word.left for word in self.words) / units

    @cached_property
    def middle(self) -> float:
        """The height at which the line stands: the middle of its longest word."""
        longest = max(self.words, key=lambda word: len(word.text))
        return (longest.top + longest.bottom) / 2
