"""Table 四 (行政复议、行政诉讼情况): one row of figures under a header of three levels, or one row a kind of review."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.identities.evaluate import evaluate
from ogi.identities.model import identities
from ogi.reports.labels import find_label
from ogi.reports.model import Place, Problem
from ogi.reports.placing import Assignment, Placement, place_by_header, place_in_order
from ogi.reports.reading import TableReading
from ogi.reports.regions import Piece, Row
from ogi.reports.templates import Template, label_codes

TABLE = "reviews"


@dataclass(slots=True)
class _Table:
    """The header's labels in printed order, and the values below it.

    For grids with aligned columns: where each kind begins, and the innermost result above each column.
    """

    kinds: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    header_grid: int | None = None
    kind_starts: dict[int, str] = field(default_factory=dict)
    result_by_column: dict[int, str] = field(default_factory=dict)
    rows: list[tuple[str | None, Row, list[Piece]]] = field(default_factory=list)


def read_reviews(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 四; `kinds` are 复议, 直接起诉 and 复议后起诉, `results` 维持 … 总计 of each.

    Where the row prints more or fewer figures than the header has columns, the figures are taken only if every
    alignment gives the same ones or exactly one satisfies the identities; what is left over is a problem.
    """
    table = _find(rows, template)
    reading = TableReading()
    form_kinds = list(dict.fromkeys(c.row_code for c in template.table(TABLE)))
    form_results = list(dict.fromkeys(c.column_code for c in template.table(TABLE)))
    for kind, row, values in table.rows:
        if kind is not None:
            names = _names([kind], table.results[: len(form_results)])
            if len(names) == len(form_results):
                reading.place(names, place_in_order(values, len(names), None, lambda _: None), values)
            continue
        placed = _under_header(table, row, len(form_kinds) * len(form_results))
        names = _names_in_order(table, form_kinds, len(form_results))
        if placed is not None:
            reading.place(*placed, values)
        elif names:
            placement = place_in_order(values, len(names), None, lambda p, n=names: _all_hold(n, p, template))  # type: ignore[misc]
            reading.place(names, placement, values)
        else:
            reading.problems.append(_header_illegible(row.pieces[0].place))
            reading.leave_undecided(_names(form_kinds, form_results), values)
    return reading


def _under_header(table: _Table, row: Row, width: int) -> tuple[list[str], Placement] | None:
    """Place a row by its columns: the kind that begins last at or before a column is the one above it."""
    if not row.is_aligned or row.grid != table.header_grid:
        return None
    names: dict[int, str] = {}
    for column, result in table.result_by_column.items():
        starts = [start for start in table.kind_starts if start <= column]
        if starts:
            names[column] = f"{TABLE}.{table.kind_starts[max(starts)]}.{result}"
    if len(set(names.values())) != width:
        return None
    columns = sorted(names)
    placement = place_by_header(row.pieces, columns)
    return ([names[column] for column in columns], placement) if placement else None


def _names_in_order(table: _Table, form_kinds: Sequence[str], length: int) -> list[str]:
    """Return the cells' names in the order of the printed header, or nothing where it does not name each once."""
    runs = [table.results[start : start + length] for start in range(0, len(table.results), length)]
    if sorted(table.kinds) != sorted(form_kinds) or any(len(set(run)) != length for run in runs):
        return []
    if len(runs) != len(table.kinds):
        return []
    return [name for kind, run in zip(table.kinds, runs, strict=True) for name in _names([kind], run)]


def _find(rows: Sequence[Row], template: Template) -> _Table:
    cells = template.table(TABLE)
    kind_labels = label_codes(template, TABLE, [(c.row_path[-1], c.row_code) for c in cells])
    result_labels = label_codes(template, TABLE, [(c.column_path[-1], c.column_code) for c in cells])
    table = _Table()
    for row in rows:
        kind: str | None = None
        values: list[Piece] = []
        for piece in row.pieces:
            label_of_kind = None if piece.is_value else find_label(piece.text, kind_labels)
            result = None if piece.is_value else find_label(piece.text, result_labels)
            if label_of_kind:
                kind = label_of_kind
                if kind not in table.kinds:
                    table.kinds.append(kind)
                    table.kind_starts[piece.column or 0] = kind
            elif result:
                table.results.append(result)
                table.result_by_column[piece.column or 0] = result
                table.header_grid = row.grid
            elif piece.is_value and (not piece.is_empty or values or kind is None):
                values.append(piece)
        if any(not piece.is_empty for piece in values):
            _add_values(table, kind, row, values)
    return table


def _add_values(table: _Table, kind: str | None, row: Row, values: list[Piece]) -> None:
    """Add a row of values; values printed one a line belong to the row that the first of them opened."""
    if len(row.pieces) == 1 and table.rows and len(table.rows[-1][1].pieces) == 1:
        table.rows[-1][2].extend(values)
    else:
        table.rows.append((kind, row, values))


def _names(kinds: Sequence[str], results: Sequence[str]) -> list[str]:
    return [f"{TABLE}.{kind}.{result}" for kind in kinds for result in results]


def _all_hold(names: Sequence[str], pieces: Assignment, template: Template) -> bool:
    operands = {name: piece.figure for name, piece in zip(names, pieces, strict=True) if piece}
    sums = [i for i in identities(template.name).values() if i.id.startswith(f"{TABLE}.sum.")]
    return all(evaluate(identity, operands).status == "holds" for identity in sums)


def _header_illegible(place: Place) -> Problem:
    return Problem(
        "header_missing",
        "warning",
        "表四的表头无法辨认，数字不知属于哪一栏，均未采用；请核对原文。"
        " / The header of table 四 is not legible, so its figures belong to no column for certain; not used.",
        place,
    )
