"""The printed values of one row to the columns of that row. Position alone never decides between two readings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import msgspec

from ogi.reports.regions import Piece, make_piece

# columns -> the piece in each; None: the row has no cell there
Assignment = tuple[Piece | None, ...]
# Grid and column in which a row's label stands
LabelPlace = tuple[int | None, int | None]
# A row with more figures than this above its columns is no row with a split number
_MOST_SPLITS = 3
# One cell over several columns says this of each; a figure in it belongs to none for certain
_SHARED = frozenset({"blank", "not_applicable"})


class Placement(msgspec.Struct, frozen=True, gc=False):
    """What a row's values are: one piece for each column, or None where no reading is certain.

    `choice` says how a reading was chosen where there were several (`identity`: only under this one does the row add
    up; `same`: all agree on the figures), else None.
    """

    pieces: Assignment
    uncertain: bool = False
    choice: str | None = None


def place_by_header(
    row: Sequence[Piece], position: Mapping[int, int], width: int, foreign: Mapping[int, int]
) -> Placement | None:
    """Take the cells below each column's header, in a grid whose columns are aligned.

    Args:
        row: the cells of the row, label included.
        position: column of the grid -> which of the headers covers it, from left to right.
        width: how many headers there are.
        foreign: column of the grid -> which label, none of the form's, covers it before the first header.

    Returns None where the row does not stand under that header: a figure or a label where none should be, a figure
    below two headers, two figures below one, or a header with nothing below. Then columns are not what they seem.
    """
    chosen: list[Piece | None] = [None] * width
    stray: Piece | None = None
    label_head: int | None = None
    for piece in row:
        if piece.column is None:
            return None
        if piece.width == 1:
            covered = [position[piece.column]] if piece.column in position else []
        else:
            columns = range(piece.column, piece.column + min(piece.width, width + 1))
            covered = list(dict.fromkeys(position[column] for column in columns if column in position))
        if piece.is_label:
            # What stands before the label may be an ordinal
            stray = None
            label_head = foreign.get(piece.column)
            if covered:
                return None
        elif not covered:
            # A figure under a label of its own is a column that the form does not have
            is_stray = piece.figure.state not in _SHARED and foreign.get(piece.column) in (None, label_head)
            stray = piece if is_stray else stray
        elif len(covered) > 1 and piece.figure.state not in _SHARED:
            return None
        for index in covered:
            above = chosen[index]
            if above is None or above.is_empty:
                chosen[index] = piece
            elif not piece.is_empty:
                return None
    if stray is not None or None in chosen:
        return None
    return Placement(tuple(chosen))


def place_in_order(
    values: Sequence[Piece], width: int, usual_lead: int | None, holds: Callable[[Assignment], bool | None]
) -> Placement:
    """Place the cells after a row's label, of which some may be lost or added.

    Args:
        values: the cells after the label, blanks included, in printed order.
        width: how many columns the header names.
        usual_lead: how many cells stand between label and first value in the complete rows of this grid, where
            they all agree.
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
    if values[0].is_empty and usual_lead != 0 and len(values) < (usual_lead or len(values)) + width:
        # The first empty cells may stand for a label, and values may be lost
        return Placement((None,) * width, uncertain=True)
    readings = _readings(values, printed, width)
    if len(printed) < width and usual_lead is not None and usual_lead + width <= len(values):
        usual = tuple(values[usual_lead : usual_lead + width])
        if usual in readings:
            return Placement(usual)
    # Which figure of too many is the surplus one makes no difference only where all are noughts
    by_sum_alone = len(printed) > width and any(piece.figure.value != 0 for piece in printed)
    return _decide(readings, list(_joined(printed, width)), width, holds, by_sum_alone=by_sum_alone)


def _readings(values: Sequence[Piece], printed: Sequence[Piece], width: int) -> list[Assignment]:
    """List the ways to read `width` cells: of too many figures any nought may be the surplus one, of too few where they
    begin. A figure that is not nought is never left over: it may be the one that a source's sum misses.
    """
    if len(printed) <= width:
        windows = (tuple(values[start : start + width]) for start in range(len(values) - width + 1))
        return [window for window in windows if all(piece in window for piece in printed)]
    if len(printed) - width > _MOST_SPLITS:
        return []
    chosen = (set(indices) for indices in combinations(range(len(printed)), width))
    return [
        tuple(printed[i] for i in sorted(kept))
        for kept in chosen
        if all(printed[i].figure.value == 0 for i in range(len(printed)) if i not in kept)
    ]


def _joined(printed: Sequence[Piece], width: int) -> Iterator[Assignment]:
    """List the ways to put neighbouring digits together (`1` `0` is 10) so that as many figures as columns remain."""
    surplus = len(printed) - width
    if not 0 < surplus <= _MOST_SPLITS or not all(piece.text.strip().isdecimal() for piece in printed):
        return
    for cuts in combinations(range(1, len(printed)), width - 1):
        bounds = (0, *cuts, len(printed))
        groups = [printed[start:end] for start, end in pairwise(bounds)]
        if all(len(group) == 1 or group[0].squeezed != "0" for group in groups):
            yield tuple(join(group) for group in groups)


def join(group: Sequence[Piece]) -> Piece:
    """Put the pieces of one figure together; it stands where the first of them stands."""
    if len(group) == 1:
        return group[0]
    first = group[0]
    text = " ".join(piece.text for piece in group)
    return make_piece(text, first.place, first.column, first.width, tuple(group))


def _decide(
    readings: list[Assignment],
    joined: list[Assignment],
    width: int,
    holds: Callable[[Assignment], bool | None],
    *,
    by_sum_alone: bool,
) -> Placement:
    if len({_figures(reading) for reading in readings}) == 1 and not joined and not by_sum_alone:
        return Placement(readings[0], choice="same" if len(readings) > 1 else None)
    holding = {_figures(reading): reading for reading in (*readings, *joined) if holds(reading)}
    if len(holding) == 1:
        return Placement(next(iter(holding.values())), choice="identity")
    return Placement((None,) * width, uncertain=True)


def _figures(reading: Assignment) -> tuple[object, ...]:
    return tuple((piece.figure.state, piece.figure.value) for piece in reading if piece)


def usual_leads(rows: Sequence[tuple[LabelPlace, Sequence[Piece]]], width: int) -> dict[LabelPlace, int]:
    """Learn from each grid's complete rows how many cells stand between label and first value.

    Returns grid and column of the label -> that number, only where all complete rows agree: where some rows have an
    empty cell for a label and others have none, an incomplete row could be either. A row whose label stands in another
    column has another number.
    """
    seen: dict[LabelPlace, set[int]] = {}
    for place, values in rows:
        printed = [i for i, piece in enumerate(values) if not piece.is_empty]
        if len(printed) == width and printed[-1] - printed[0] == width - 1:
            seen.setdefault(place, set()).add(printed[0])
    return {place: leads.pop() for place, leads in seen.items() if len(leads) == 1}
