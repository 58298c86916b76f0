"""The document as every reader gives it: ordered blocks of text and grids, each knowing where it was printed."""

from dataclasses import dataclass, field

import msgspec


class Text(msgspec.Struct, frozen=True, gc=False):
    """A heading or paragraph.

    `line` counts the lines of the file from 1, or its paragraphs where the format has no lines; `page` the pages (None:
    no pages).
    """

    text: str
    line: int
    page: int | None = None
    is_heading: bool = False


class GridCell(msgspec.Struct, frozen=True, gc=False):
    """One printed cell of a grid; row and column count from 1, spans say how many of each it covers.

    `box` is where the page shows it, where the format has places: left, top, right, bottom in points from the top left.
    """

    text: str
    row: int
    column: int
    page: int | None = None
    row_span: int = 1
    column_span: int = 1
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of printed cells in reading order.

    `number` counts the document's tables from 1. `is_aligned` says that a column number means the same place in
    every row (true for markup, false for text whose converter dropped or added cells).
    """

    number: int
    rows: list[list[GridCell]]
    is_aligned: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader could not do for a part of a document that it otherwise read; in both languages."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found in a file, in reading order.

    `properties` is what the file says of itself outside its text (the title and meta elements of a page), by name.
    """

    format: str
    blocks: list[Text | Grid] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


class UnreadableDocument(Exception):
    """The bytes cannot be read as a document; `code` names the problem, the message says it in both languages."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
