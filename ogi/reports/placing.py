"""The printed values of one row to the columns of that row. Position alone never decides between two readings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ogi.reports.regions import Piece, Row

# columns -> the piece in each; None: the row has no cell there
Assignment = tuple[Piece | None, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """What a row's values are: one piece for each column, or None where no reading is certain.

    `surplus` are figures that no column took; `choice` says how a reading was chosen where there were several
    (`identity`: only under this one does the row add up; `same`: all agree on the figures), else None.
    """

    pieces: Assignment
    uncertain: bool = False
    surplus: tuple[Piece, ...] = ()
    choice: str | None = None


def place_by_header(row: Sequence[Piece], header_columns: Sequence[int]) -> Placement | None:
    """Take the cell under each column's header, in a grid whose columns are aligned.

    Returns None where a figure of the row stands under no header: then the header is not where it seems.
    """
    by_column = {piece.column: piece for piece in row}
    taken = tuple(by_column.get(column) for column in header_columns)
    if any(piece.figure.state == "reported" and piece not in taken for piece in row):
        return None
    return Placement(taken)


def place_in_order(
    values: Sequence[Piece], width: int, usual_lead: int | None, holds: Callable[[Assignment], bool | None]
) -> Placement:
    """Place the cells after a row's label, of which some may be lost or added.

    Args:
        values: the cells after the label, blanks included, in printed order.
        width: how many columns the header names.
        usual_lead: how many cells stand between label and first value in the complete rows of the same length in
            this table, where they all agree.
        holds: whether a reading satisfies the row's identity; None where it cannot be assessed.
    """
    printed = [piece for piece in values if not piece.is_empty]
    if len(printed) == width:
        return Placement(tuple(printed))
    if not printed:
        if len(values) >= width:
            return Placement(tuple(values[:width]))
        filled = tuple(values) + (values[-1],) * (width - len(values)) if values else (None,) * width
        return Placement(filled)
    readings = _readings(values, printed, width)
    if len(printed) < width and usual_lead is not None and usual_lead + width <= len(values):
        usual = tuple(values[usual_lead : usual_lead + width])
        if usual in readings:
            return Placement(usual)
    return _decide(readings, printed, width, holds)


def _readings(values: Sequence[Piece], printed: Sequence[Piece], width: int) -> list[Assignment]:
    """List the ways to lay a window of `width` over the row: over its figures if there are too many, else its cells."""
    cells = printed if len(printed) > width else values
    windows: list[Assignment] = [
        tuple(cells[start : start + width]) for start in range(len(cells) - width + 1)
    ]
    if len(printed) > width:
        return windows
    return [window for window in windows if all(piece in window for piece in printed)]


def _decide(
    readings: list[Assignment],
    printed: Sequence[Piece],
    width: int,
    holds: Callable[[Assignment], bool | None],
) -> Placement:
    unplaced = Placement((None,) * width, uncertain=True, surplus=tuple(printed))
    if not readings:
        return unplaced
    choice = None
    if len(readings) > 1:
        if len({_figures(reading) for reading in readings}) == 1:
            choice = "same"
        else:
            readings = [reading for reading in readings if holds(reading)]
            choice = "identity"
    if len(readings) != 1 and choice != "same":
        return unplaced
    chosen = readings[0]
    return Placement(chosen, surplus=tuple(p for p in printed if p not in chosen), choice=choice)


def _figures(reading: Assignment) -> tuple[object, ...]:
    return tuple((piece.figure.state, piece.figure.value) for piece in reading if piece)


def usual_leads(rows: Sequence[tuple[Row, Sequence[Piece]]], width: int) -> dict[tuple[int | None, int], int]:
    """Learn from a table's complete rows how many cells stand before the first value.

    Returns (grid, number of cells after the label) -> that number, only where all complete rows agree.
    """
    seen: dict[tuple[int | None, int], set[int]] = {}
    for row, values in rows:
        printed = [i for i, piece in enumerate(values) if not piece.is_empty]
        if len(printed) == width and printed[-1] - printed[0] == width - 1:
            seen.setdefault((row.grid, len(values)), set()).add(printed[0])
    return {key: leads.pop() for key, leads in seen.items() if len(leads) == 1}
