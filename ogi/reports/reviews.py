"""Table 四 (行政复议、行政诉讼情况): one row of figures under a header of three levels, or one row or table a kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ogi.identities.evaluate import evaluate, reported
from ogi.identities.model import identities
from ogi.reports.form import TableForm, table_form
from ogi.reports.model import Place, Problem
from ogi.reports.placing import Assignment, Placement, place_in_order
from ogi.reports.reading import TableReading
from ogi.reports.regions import Piece, Row
from ogi.reports.reviews_grid import read_grid
from ogi.reports.templates import Template

TABLE = "reviews"


@dataclass(slots=True)
class _Header:
    """The labels in printed order; `is_inherited` says that the results are those of the table before."""

    kinds: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    is_inherited: bool = False
    has_values: bool = False


@dataclass(slots=True, eq=False)
class _Values:
    """The figures of a row, with the labels beside them and the header above."""

    row: Row
    pieces: list[Piece]
    kind: str | None
    result: str | None
    header: _Header


def read_reviews(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 四; its rows in the form are 复议, 直接起诉 and 复议后起诉, its columns 维持 … 总计 of each.

    A figure between labels of both is that cell's, whichever of them stand above and which beside. Elsewhere labels and
    figures are taken in printed order; where a row prints more or fewer figures than the header has columns, they are
    taken only if every alignment gives the same ones or exactly one satisfies the identities.
    """
    form = table_form(template.name, TABLE)
    reading = TableReading()
    left: list[Row] = []
    for grid, members in groupby(rows, key=lambda row: row.grid):
        table = list(members)
        if grid is None or not all(row.is_aligned for row in table):
            left.extend(table)
            continue
        cells, unread = read_grid(table, form)
        left.extend(unread)
        for name, piece in cells:
            reading.place([name], Placement((piece,)), [piece])
    for values in _in_order(left, form):
        _place(values, form, reading)
    return reading


def _place(values: _Values, form: TableForm, reading: TableReading) -> None:
    names = _names(values, form)
    if not names:
        kinds = [values.kind] if values.kind else form.order
        reading.problems.append(_header_illegible(values.pieces[0].place))
        reading.leave_undecided([cell for kind in kinds for cell in form.cells[kind].values()], values.pieces)
        return
    placement = place_in_order(
        values.pieces, len(names), None, lambda pieces: _all_hold(names, pieces, form.template)
    )
    reading.place(list(names), placement, values.pieces)


def _names(values: _Values, form: TableForm) -> list[str]:
    """Return the cells' names in the order of the printed labels, or nothing where they do not name each once."""
    width = len(form.all_columns)
    header = values.header
    runs = [header.results[start : start + width] for start in range(0, len(header.results), width)]
    kinds = [values.kind] if values.kind else header.kinds
    if len(header.results) == 1 and not values.result and len(set(kinds)) == len(form.order):
        return [f"{TABLE}.{kind}.{header.results[0]}" for kind in kinds]
    if any(len(set(run)) != width for run in runs):
        return []
    if values.result is not None and not runs and len(set(kinds)) == len(form.order):
        return [f"{TABLE}.{kind}.{values.result}" for kind in kinds]
    if len(runs) == 1 and len(kinds) == 1:
        return [f"{TABLE}.{kinds[0]}.{result}" for result in runs[0]]
    # Labels of several levels say their order only where it is the form's
    if len(runs) != len(kinds) or kinds != form.order:
        return []
    return [f"{TABLE}.{kind}.{result}" for kind, run in zip(kinds, runs, strict=True) for result in run]


def _in_order(rows: Sequence[Row], form: TableForm) -> list[_Values]:
    """Read kinds, results and figures in printed order; labels after figures begin another header."""
    header = _Header()
    found: list[_Values] = []
    for row in rows:
        kinds = [kind for p in row.texts if (kind := _kind_named(p, form))]
        results = [r for p in row.texts if (r := form.named(p.text).column)]
        pieces = [p for p in row.pieces if p.is_value or not p.is_label]
        is_blank_row = len(pieces) == len(row.pieces) >= len(header.results) > 0 and not header.has_values
        if is_blank_row or any(not piece.is_empty for piece in pieces):
            beside = kinds[-1] if kinds else None, results[-1] if results else None
            _add(found, _Values(row, pieces, *beside, header))
            header.has_values = True
        elif kinds or results:
            header = _extended(header, kinds, results)
    return found


def _extended(header: _Header, kinds: list[str], results: list[str]) -> _Header:
    """Add the labels of a row without figures to a header, or begin another where figures stood below it."""
    if header.has_values:
        # Results that come one by one, each before its figures, stand under the same kinds
        kept = header.kinds if len(header.results) == 1 and not kinds else []
        header = _Header(list(kept), [] if results else header.results, is_inherited=not results)
    elif header.is_inherited and results:
        header.results, header.is_inherited = [], False
    header.kinds.extend(kind for kind in kinds if kind not in header.kinds)
    header.results.extend(results)
    return header


def _add(found: list[_Values], values: _Values) -> None:
    """Add a row of values; values printed one a line belong to the row that the first of them opened."""
    is_line = len(values.row.pieces) == 1
    if is_line and found and len(found[-1].row.pieces) == 1 and found[-1].header is values.header:
        found[-1].pieces.extend(values.pieces)
    else:
        found.append(values)


def _kind_named(piece: Piece, form: TableForm) -> str | None:
    """Return the kind of review that a text names, which a heading may do in a note: 行政诉讼（复议后起诉）."""
    named = form.named(piece.text)
    rows = named.rows
    if not rows and named.is_group:
        rows = form.named(piece.squeezed.partition("(")[2].rstrip(")")).rows
    return rows[0] if rows else None


def _all_hold(names: Sequence[str], pieces: Assignment, template: Template) -> bool:
    operands = {name: piece.figure for name, piece in zip(names, pieces, strict=True) if piece}
    figures = reported(operands)
    sums = [i for i in identities(template.name).values() if i.id.startswith(f"{TABLE}.sum.")]
    mine = [i for i in sums if any(term.cell in operands for term in i.variants[""])]
    return bool(mine) and all(evaluate(identity, operands, figures).status == "holds" for identity in mine)


def _header_illegible(place: Place) -> Problem:
    return Problem(
        "header_missing",
        "warning",
        "表四的表头无法辨认，数字不知属于哪一栏，均未采用；请核对原文。"
        " / The header of table 四 is not legible, so its figures belong to no column for certain; not used.",
        place,
    )
