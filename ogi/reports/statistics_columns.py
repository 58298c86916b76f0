"""Which columns of a statistics table hold the year's values: some offices print the year before, or two bodies, beside."""

import re
from collections.abc import Iterator, Sequence

from ogi.reports.labels import OTHER_SPAN, ROW_NUMBERS
from ogi.reports.regions import Piece, Row

_HEADS = frozenset({"统计指标", "指标名称", "指标", "项目"})
_NO_VALUES = re.compile(r"^(?:(?:计量)?单位|备注|说明|填报说明)$")
_COMPARED = re.compile(r"增减|增长|同比|环比")
_YEAR = re.compile(r"^(?P<year>20\d\d)年度?(?:统计数|数量|数)?$")

Column = tuple[int | None, int]


def columns_of_other_years(rows: Sequence[Row]) -> set[Column]:
    """Return the columns (grid, column) whose heading says that their figures are no values of the report's year.

    Of several years the last is the report's: none is compared with the year after it.
    """
    others: set[Column] = set()
    for row in _headings(rows):
        dated = {match["year"]: piece for piece in row.pieces if (match := _YEAR.match(piece.squeezed))}
        old = [piece for year, piece in dated.items() if year != max(dated)]
        words = [p for p in row.pieces if OTHER_SPAN.search(p.squeezed) or _COMPARED.search(p.squeezed)]
        others.update(column for piece in (*old, *words) for column in _columns(row, piece))
    return others


def grids_of_several_values(rows: Sequence[Row], others: set[Column]) -> set[int | None]:
    """Return the grids whose heading names more than one column of values, of which none is said to be the report's."""
    several: set[int | None] = set()
    for row in _headings(rows):
        names = [
            piece.squeezed
            for piece in row.pieces
            if not piece.is_empty
            and piece.squeezed not in ROW_NUMBERS | _HEADS
            and not _NO_VALUES.match(piece.squeezed)
            and others.isdisjoint(_columns(row, piece))
        ]
        if len(set(names)) > 1:
            several.add(row.grid)
    return several


def _headings(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows that are headings of one block of columns, in grids whose columns are aligned."""
    for row in rows:
        heads = [piece for piece in row.texts if piece.squeezed in _HEADS]
        if row.is_aligned and len(heads) == 1 and not any(p.figure.value is not None for p in row.pieces):
            yield row


def _columns(row: Row, piece: Piece) -> Iterator[Column]:
    start = piece.column or 0
    return ((row.grid, column) for column in range(start, start + piece.width))
