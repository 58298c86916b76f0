"""Table 四 in a grid whose columns are aligned: each figure by the labels above and beside it."""

from collections.abc import Sequence

from ogi.reports.form import TableForm
from ogi.reports.regions import Piece, Row

_Span = tuple[int, int]
_Cells = list[tuple[str, Piece]]


def read_grid(rows: Sequence[Row], form: TableForm) -> tuple[_Cells, list[Row]]:
    """Read the rows of one aligned grid.

    Returns:
        The cells with their pieces, and the rows whose figures could not be told by labels above and beside them; where
        there are such, with the header above them.
    """
    kinds: dict[_Span, str] = {}
    results: dict[_Span, str] = {}
    cells: _Cells = []
    left: list[Row] = []
    for row in rows:
        parts = [(_span(p), form.named(part)) for p in row.texts for part in form.header_labels(p.text)]
        kinds_here = {span: name.rows[0] for span, name in parts if len(name.rows) == 1}
        results_here = {span: name.column for span, name in parts if name.column}
        values = [p for p in row.pieces if p.is_value or not p.is_label]
        if len(kinds_here) == 1 and not results_here:
            names = {span: f"{next(iter(kinds_here.values()))}.{result}" for span, result in results.items()}
        elif len(results_here) == 1 and not kinds_here:
            names = {span: f"{kind}.{next(iter(results_here.values()))}" for span, kind in kinds.items()}
        elif not row.texts:
            names = _below_both(kinds, results, form)
        else:
            names = {}
        read = _pair(values, names, form)
        if read is not None:
            cells.extend(read)
            continue
        left.append(row)
        if all(value.is_empty for value in values):
            if _contradict(kinds_here, kinds):
                return [], list(rows)
            kinds |= kinds_here
            results |= results_here
    return cells, left if any(_has_values(row) for row in left) else []


def _below_both(kinds: dict[_Span, str], results: dict[_Span, str], form: TableForm) -> dict[_Span, str]:
    """Name the columns under a header of several levels: the kind that begins last at or before a column is above it."""
    names: dict[_Span, str] = {}
    for span, result in results.items():
        starts = [kind for kind in kinds if kind[0] <= span[0]]
        if starts:
            names[span] = f"{kinds[max(starts)]}.{result}"
    is_complete = set(names.values()) == {
        f"{kind}.{result}" for kind in kinds.values() for result in form.all_columns
    }
    return names if is_complete and len(names) == len(set(names.values())) else {}


def _pair(values: Sequence[Piece], names: dict[_Span, str], form: TableForm) -> _Cells | None:
    """Give each value the name of its column; None where one stands beside, or a column has none or two."""
    is_whole = len(names) == len(form.order) or (len(names) > 0 and len(names) % len(form.all_columns) == 0)
    if len(set(names.values())) != len(names) or not is_whole:
        return None
    cells: _Cells = []
    for value in values:
        here = _span(value)
        above = [name for span, name in names.items() if span[0] < here[1] and here[0] < span[1]]
        if len(above) == 1:
            cells.append((f"{form.table}.{above[0]}", value))
        elif above or value.figure.state == "reported":
            return None
    return cells if len({name for name, _ in cells}) == len(cells) == len(names) else None


def _contradict(here: dict[_Span, str], above: dict[_Span, str]) -> bool:
    """Tell whether two kinds stand over one column: then the header is not what it seems."""
    return any(_overlap(one, other) and kind != above[other] for one, kind in here.items() for other in above)


def _overlap(one: _Span, other: _Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _has_values(row: Row) -> bool:
    return any(not p.is_empty and (p.is_value or not p.is_label) for p in row.pieces)


def _span(piece: Piece) -> _Span:
    start = piece.column or 0
    return start, start + piece.width
