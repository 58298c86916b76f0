"""Which rows a label beside several rows stands for, where no ruling line says so."""

from collections.abc import Sequence


def spans(
    rows: Sequence[tuple[float, float]], labels: Sequence[tuple[float, float]]
) -> list[tuple[int, int]] | None:
    """Divide a run of rows among the labels beside it.

    A label stands in the middle of its rows' height, or beside the first of them; whichever fits all the labels better.

    Args:
        rows: top and bottom of each row, from top to bottom.
        labels: top and bottom of each label, from top to bottom.

    Returns:
        For each label its first row and one past its last; None where neither reading fits.
    """
    if not labels or len(labels) > len(rows):
        return None
    pitch = (rows[-1][1] - rows[0][0]) / len(rows)
    readings = [_centred(rows, labels), _at_top(rows, labels)]
    error, reading = min((r for r in readings if r is not None), key=lambda r: r[0], default=(pitch, None))
    return reading if error < pitch * _MOST_OFF else None


# In heights of a row: how far a label may stand from where the reading has it.
_MOST_OFF = 0.8
_Reading = tuple[float, list[tuple[int, int]]]


def _centred(rows: Sequence[tuple[float, float]], labels: Sequence[tuple[float, float]]) -> _Reading | None:
    found: list[tuple[int, int]] = []
    start, worst = 0, 0.0
    for index, (top, bottom) in enumerate(labels):
        most = len(rows) - (len(labels) - index - 1)
        if start >= most:
            return None
        middle = (top + bottom) / 2
        ends = [most] if index == len(labels) - 1 else range(start + 1, most + 1)
        error, end = min((abs((rows[start][0] + rows[e - 1][1]) / 2 - middle), e) for e in ends)
        worst = max(worst, error)
        found.append((start, end))
        start = end
    return worst, found


def _at_top(rows: Sequence[tuple[float, float]], labels: Sequence[tuple[float, float]]) -> _Reading | None:
    starts: list[int] = []
    worst = 0.0
    for top, _ in labels:
        error, start = min((abs(row[0] - top), i) for i, row in enumerate(rows))
        worst = max(worst, error)
        starts.append(start)
    if starts[0] != 0 or len(set(starts)) != len(starts):
        return None
    return worst, list(zip(starts, [*starts[1:], len(rows)], strict=True))
