"""Pages made by hand for the tests of the layout: words by their place, rules by their ends."""

from collections.abc import Sequence

from ogi.documents.layout.model import Page, Rule, Word
from ogi.documents.layout.pages import read_pages
from ogi.documents.model import Document, Grid, Text

SIZE = 10.0


def word(text: str, left: float, top: float) -> Word:
    """A word of 10 points; digits are half as wide as ideographs."""
    width = sum(SIZE if character > "\u2e7f" else SIZE / 2 for character in text)
    return Word(text, left, top, left + width, top + SIZE)


def words(*placed: tuple[str, float, float]) -> list[Word]:
    return [word(*each) for each in placed]


def centred(text: str, middle: float, top: float) -> Word:
    made = word(text, 0, top)
    return word(text, middle - made.right / 2, top)


def lattice(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    """All lines of a table, each from end to end."""
    across = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return across + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def page(held: Sequence[Word], rules: Sequence[Rule] = (), number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, list(held), list(rules))


def read(*pages: Page) -> Document:
    return read_pages("pdf", pages)


def grids(*pages: Page) -> list[list[list[str]]]:
    return [[[c.text for c in row] for row in b.rows] for b in read(*pages).blocks if isinstance(b, Grid)]


def columns(*pages: Page) -> list[dict[int, str]]:
    """The rows of the only table, text by column."""
    [grid] = [b for b in read(*pages).blocks if isinstance(b, Grid)]
    return [{c.column: c.text for c in row} for row in grid.rows]


def spans(*pages: Page) -> dict[str, tuple[int, int]]:
    """Row and column span of each printed cell of the only table."""
    [grid] = [b for b in read(*pages).blocks if isinstance(b, Grid)]
    return {c.text: (c.row_span, c.column_span) for row in grid.rows for c in row if c.text}


def texts(*pages: Page) -> list[str]:
    return [b.text for b in read(*pages).blocks if isinstance(b, Text)]
