"""The statistics form of 2014 (政府信息公开情况统计表): label, unit and one value a row."""

from collections.abc import Sequence
from itertools import zip_longest

from ogi.reports.form import TableForm, table_form
from ogi.reports.labels import ROW_NUMBERS, normalise
from ogi.reports.placing import Placement, place_in_order
from ogi.reports.reading import TableReading, figure_unclaimed
from ogi.reports.regions import Piece, Row, make_piece
from ogi.reports.rows import without_digits
from ogi.reports.statistics_columns import columns_of_other_years, grids_of_several_values
from ogi.reports.templates import Template

TABLE = "statistics"
_UNITS = frozenset(["条", "件", "次", "篇", "个", "人", "人次", "元", "万元", "亿元", "份"])
_MONEY = frozenset({"元", "万元", "亿元"})
# So many rows numbered one after the other are no figures of a report
_FEWEST_NUMBERED = 10


def read_statistics(rows: Sequence[Row], template: Template) -> TableReading:
    """Read the form of 2014: a row's label, which may need its group (（三）其他情形数), and the one value after it.

    Labels and values may stand side by side in one row (two columns of rows), or one a line.
    """
    walk = _Walk(table_form(template.name, TABLE), rows)
    for row in rows:
        walk.read(row)
    walk.finish()
    return walk.reading


def _row_numbers(rows: Sequence[Row]) -> set[int]:
    """Return the ids of the pieces that number the rows, whatever their heading: 1, 2, 3 … down a column, or in the lines
    before the labels.
    """
    runs: dict[object, list[Piece]] = {}
    for row, following in zip_longest(rows, rows[1:]):
        for piece in row.pieces:
            if piece.figure.value is None:
                continue
            if piece.column is not None:
                runs.setdefault((row.grid, piece.column), []).append(piece)
            elif following is not None and len(row.pieces) == 1 and following.pieces[0].is_label:
                runs.setdefault("lines", []).append(piece)
    return {
        id(piece)
        for run in runs.values()
        if len(run) >= _FEWEST_NUMBERED and [p.figure.value for p in run] == list(range(1, len(run) + 1))
        for piece in run
    }


class _Walk:
    def __init__(self, form: TableForm, rows: Sequence[Row]) -> None:
        self._form = form
        self.reading = TableReading()
        self._code: str | None = None
        self._label: Piece | None = None
        self._unit: str | None = None
        self._values: list[Piece] = []
        self._row: Row | None = None
        self._group: str | None = None
        self._after = -1
        self._ordinal_column: int | None = None
        self._row_numbers = _row_numbers(rows)
        self._other_years = columns_of_other_years(rows)
        self._several_values = grids_of_several_values(rows, self._other_years)

    def read(self, row: Row) -> None:
        """Read one printed row."""
        for piece in row.pieces:
            text = piece.squeezed
            if text in ROW_NUMBERS:
                self._ordinal_column = piece.column
            elif id(piece) in self._row_numbers or (
                piece.column is not None and piece.column == self._ordinal_column
            ):
                self.reading.counted.append(piece)
            elif (row.grid, piece.column) in self._other_years and piece.is_value:
                # Unclaimed, so that the report tells of it
                continue
            elif text in _UNITS or text == "万":
                # 万 元 may stand in two cells
                self._unit = "万" + text if self._unit == "万" else text
            elif piece.is_label:
                self._read_label(piece, row)
            elif self._code is not None and (self._row is row or not self._values or len(row.pieces) == 1):
                # One cell a line: what follows the value may be another column's, or the value itself
                self._values.append(piece)

    def _read_label(self, piece: Piece, row: Row) -> None:
        text = without_digits(piece.text)
        code = self._form.row(text, self._group, self._after)
        if code is None and self._label is not None and not self._values:
            # The label of the open row goes on in this line
            whole = self._label.text + text
            code = self._form.row(whole, self._group, self._after - 1)
            if code is not None:
                piece = make_piece(self._label.text + piece.text, self._label.place, self._label.column)
                text = without_digits(piece.text)
        is_group = self._form.named(text).is_group
        if code is None and not is_group:
            if self._row is not row:
                self.finish()
            self._label = piece if self._code is None else self._label
            return
        self.finish()
        if is_group and (
            code is None or any(normalise(text) in g for g in self._form.groups_of_row.values())
        ):
            self._group = normalise(text)
        if code is None:
            return
        groups = self._form.groups_of_row[code]
        if groups and self._group not in groups:
            self._group = groups[0]
        self._after = self._form.number[code]
        self._code, self._label, self._row = code, piece, row
        digits = piece.squeezed[len(text) :]
        if digits:
            self.reading.problems.append(figure_unclaimed(digits, piece.place))
            self.reading.leave_undecided([self._name], [make_piece(digits, piece.place)])
            self._code = None

    @property
    def _name(self) -> str:
        return f"{TABLE}.{self._code}.value"

    def finish(self) -> None:
        """Give the open row its value."""
        if self._code is not None and self._values:
            placement = place_in_order(self._values, 1, None, lambda _: None)
            if self._row is not None and self._row.grid in self._several_values and not _agree(self._values):
                placement = Placement((None,), uncertain=True)
            self.reading.place([self._name], placement, self._values)
            if self._unit in _MONEY:
                self.reading.header_units[self._name] = self._unit
        self._code, self._label, self._unit, self._values, self._row = None, None, None, [], None


def _agree(values: Sequence[Piece]) -> bool:
    """Tell whether all columns of values print the same, so that it makes no difference which is the report's."""
    return len({(value.figure.state, value.figure.value) for value in values}) == 1
