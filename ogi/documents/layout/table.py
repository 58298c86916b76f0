"""A table as found on one page, before its parts on several pages become one grid."""

from dataclasses import dataclass, field

from ogi.documents.layout.model import Word

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
    """A table: its column borders from left to right, its number of rows, its cells in reading order."""

    page: int
    borders: list[float]
    row_count: int
    cells: list[Cell]
    top: float
    bottom: float
    is_ruled: bool = True

    def row(self, number: int) -> list[Cell]:
        """Return the cells that start in this row."""
        return [cell for cell in self.cells if cell.row == number]


@dataclass(slots=True)
class Line:
    """Words printed on one line, from left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the last word ends."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        """The highest top of a word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The lowest bottom of a word."""
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """The height of its longest word: digits in another font are often taller than the characters around."""
        longest = max(self.words, key=lambda word: len(word.text))
        return longest.bottom - longest.top

    @property
    def middle(self) -> float:
        """The height at which the line stands: the middle of its longest word."""
        longest = max(self.words, key=lambda word: len(word.text))
        return (longest.top + longest.bottom) / 2
