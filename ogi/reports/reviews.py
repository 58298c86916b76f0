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
    """The header's labels in printed order, and the values below it."""

    kinds: list[str] = field(default_factory=list)
    results: list[tuple[str, int]] = field(default_factory=list)
    header_grid: int | None = None
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
            names = _names([kind], [code for code, _ in table.results[: len(form_results)]])
            if len(names) == len(form_results):
                reading.place(names, place_in_order(values, len(names), None, lambda _: None), values)
            continue
        runs = _runs(table.results, len(form_results))
        kinds = table.kinds if sorted(table.kinds) == sorted(form_kinds) else []
        if not kinds or len(runs) != len(kinds):
            reading.problems.append(_header_illegible(row.pieces[0].place))
            reading.leave_undecided(_names(form_kinds, form_results), values)
            continue
        names = [
            name for one, run in zip(kinds, runs, strict=True) for name in _names([one], [c for c, _ in run])
        ]
        placement = _place(table, row, values, names, [column for run in runs for _, column in run], template)
        reading.place(names, placement, values)
    return reading


def _place(
    table: _Table, row: Row, values: list[Piece], names: list[str], columns: list[int], template: Template
) -> Placement:
    if row.is_aligned and row.grid == table.header_grid and len(set(columns)) == len(columns):
        placement = place_by_header(row.pieces, columns)
        if placement is not None:
            return placement
    return place_in_order(values, len(names), None, lambda pieces: _all_hold(names, pieces, template))


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
            elif result:
                table.results.append((result, piece.column or 0))
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


def _runs(results: Sequence[tuple[str, int]], length: int) -> list[list[tuple[str, int]]]:
    """Cut the header's result labels into runs that each name every result once."""
    runs = [list(results[start : start + length]) for start in range(0, len(results), length)]
    return [run for run in runs if len({code for code, _ in run}) == length]


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
