"""Which rows a label beside several rows stands for, where no ruling line says so."""

from collections.abc import Sequence

# In heights of a row: how far a label may stand from where a reading has it.
_MOST_OFF = 0.45
Extent = tuple[float, float]
_Reading = tuple[float, list[tuple[int, int]]]


def spans(
    rows: Sequence[Extent], labels: Sequence[Extent], may_continue: bool, may_go_on: bool
) -> list[tuple[int, int]] | None:
    """Divide a run of rows among the labels beside it.

    A label stands in the middle of its rows' height, beside the first or beside the last of them; whichever fits all
    the labels best.

    Args:
        rows: top and bottom of each row, from top to bottom.
        labels: top and bottom of each label, from top to bottom.
        may_continue: whether the first rows may belong to a group whose label stands before this run.
        may_go_on: whether the last group may have rows after this run, so that its label's place proves nothing.

    Returns:
        For each label its first row and one past its last; None where neither reading fits.
    """
    if not labels or len(labels) > len(rows):
        return None
    most = _MOST_OFF * (rows[-1][1] - rows[0][0]) / len(rows)
    whole = [_centred(rows, labels, 0, may_go_on), _at_top(rows, labels, False), _at_bottom(rows, labels)]
    found = _best(whole, most)
    if found is None and may_continue:
        parts = [_centred(rows, labels, start, may_go_on) for start in range(1, len(rows))]
        found = _best([*parts, _at_top(rows, labels, True)], most)
    return found


def _best(readings: Sequence[_Reading | None], most: float) -> list[tuple[int, int]] | None:
    fitting = [reading for reading in readings if reading is not None and reading[0] < most]
    return min(fitting, key=lambda reading: reading[0])[1] if fitting else None


def _centred(
    rows: Sequence[Extent], labels: Sequence[Extent], start: int, may_go_on: bool
) -> _Reading | None:
    found: list[tuple[int, int]] = []
    worst = 0.0
    for index, (top, bottom) in enumerate(labels):
        most = len(rows) - (len(labels) - index - 1)
        if start >= most:
            return None
        middle = (top + bottom) / 2
        ends = [most] if index == len(labels) - 1 else range(start + 1, most + 1)
        error, end = min((abs((rows[start][0] + rows[e - 1][1]) / 2 - middle), e) for e in ends)
        if index < len(labels) - 1 or not may_go_on:
            worst = max(worst, error)
        found.append((start, end))
        start = end
    return worst, found


def _at_top(rows: Sequence[Extent], labels: Sequence[Extent], may_continue: bool) -> _Reading | None:
    starts: list[int] = []
    worst = 0.0
    for top, _ in labels:
        error, start = min((abs(row[0] - top), i) for i, row in enumerate(rows))
        worst = max(worst, error)
        starts.append(start)
    if (starts[0] != 0 and not may_continue) or len(set(starts)) != len(starts):
        return None
    return worst, list(zip(starts, [*starts[1:], len(rows)], strict=True))


def _at_bottom(rows: Sequence[Extent], labels: Sequence[Extent]) -> _Reading | None:
    ends: list[int] = []
    worst = 0.0
    for _, bottom in labels:
        error, end = min((abs(row[1] - bottom), i + 1) for i, row in enumerate(rows))
        worst = max(worst, error)
        ends.append(end)
    if ends[-1] != len(rows) or len(set(ends)) != len(ends):
        return None
    return worst, list(zip([0, *ends[:-1]], ends, strict=True))
