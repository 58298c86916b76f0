"""The printed rows of a table: which row of the form each is, its values, and the header it stands under."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ogi.reports.form import TableForm
from ogi.reports.headers import Header, looks_foreign
from ogi.reports.labels import REMEMBERED, ROW_NUMBERS, normalise, squeeze
from ogi.reports.placing import LabelPlace, Placement, place_by_header
from ogi.reports.regions import Piece, Row, make_piece, make_row

# A row of the form that names its columns beside the row's own label names at least so many
_COLUMNS_BESIDE_ROW = 3
_DIGITS_AT_END = re.compile(r"(?<=[^\d.,])\d{1,6}$")
_BLOCK_START = normalise("信息内容")
_APPLICANTS = normalise("申请人情况")


@dataclass(eq=False)
class DataRow:
    """A printed row of the form: its code, the cells after its label, and the header it stands under.

    `displaced` are digits printed at the end of the label, which belong to a cell or to nothing.
    """

    code: str
    header: Header
    row: Row
    label: Piece
    values: list[Piece] = field(default_factory=list)
    displaced: str = ""

    @property
    def is_under_own_header(self) -> bool:
        """Whether the row stands in the grid of its header."""
        return self.header.grid == self.row.grid

    @cached_property
    def under_header(self) -> Placement | None:
        """What stands below each of the header's columns, in its grid or in one that goes on after a page.

        None where the row does not stand under it, or columns mean nothing.
        """
        if not self.header.is_aligned or not (self.is_under_own_header or self.row.is_aligned):
            return None
        header = self.header
        return place_by_header(
            self.row.pieces, header.positions, len(header.intervals), header.foreign_columns
        )

    @property
    def label_place(self) -> LabelPlace:
        """Grid and column of the row's label."""
        return self.row.grid, self.label.column

    def lead(self, usual: Mapping[LabelPlace, int]) -> int | None:
        """Return how many empty cells stand before the first value, where that is certain.

        Args:
            usual: place of the label -> that number, as its complete rows show it. A label alone in its line has none beside it.
        """
        return 0 if len(self.row.pieces) == 1 else usual.get(self.label_place)


class RowFinder:
    """Walks a region's rows once and collects the data rows with the header above each."""

    def __init__(self, form: TableForm) -> None:
        self._form = form
        self._header = Header()
        self._header_open = False
        self._open: DataRow | None = None
        self._group: str | None = None
        self._after = -1
        self._cut_label = ""
        self._ordinal_column: tuple[int | None, int | None] | None = None
        self._above: Row | None = None
        self._rows: Sequence[Row] = ()
        self.found: list[DataRow] = []
        self.headers: list[Header] = [self._header]
        self.ordinals: list[Piece] = []

    def find(self, rows: Sequence[Row]) -> list[DataRow]:
        """Return the data rows in printed order."""
        self._rows = rows
        for printed in rows:
            row = self._without_ordinal(printed)
            if self._is_header(row):
                self._read_header(row)
            elif self._header_open and len(row.texts) == 1 and self._header.join(row.texts[0], self._form):
                continue
            elif len(row.pieces) == 1:
                self._read_single(row, row.pieces[0])
            else:
                self._read_data(row)
            self._above = row
        return self.found

    def _without_ordinal(self, row: Row) -> Row:
        """Take the column that a header calls 序号 out of a row: it counts the rows."""
        for piece in row.texts:
            if piece.squeezed in ROW_NUMBERS and not _has_figures(row):
                self._ordinal_column = (row.grid, piece.column)
        if self._ordinal_column is None or row.grid != self._ordinal_column[0]:
            return row
        counted = [p for p in row.pieces if p.column == self._ordinal_column[1]]
        self.ordinals.extend(counted)
        return make_row([p for p in row.pieces if p not in counted], row.grid, is_aligned=row.is_aligned)

    def _is_header(self, row: Row) -> bool:
        names = [self._form.named(piece.text) for piece in row.texts]
        columns = [name for name in names if name.heads_column]
        if len({name.column for name in columns}) >= _COLUMNS_BESIDE_ROW:
            return True
        if not any(name.is_row for name in names):
            # 其他 and 总计 name rows too: they are a header's only where one is being read
            names_column = any(self._header_open or not name.rows for name in columns)
            if names_column or any(name.heads_group or name.key == _BLOCK_START for name in names):
                return True
        # One cell a line: the first label below may be cut (自然 / 人), so that nothing else tells of a header
        if row.grid is None and any(name.key == _APPLICANTS for name in names):
            return True
        return 0 < len(row.texts) == len(row.pieces) and looks_foreign(row.texts, self._form)

    def _read_header(self, row: Row) -> None:
        is_foreign = looks_foreign(row.texts, self._form)
        if not self._header_open or is_foreign or self._header.is_foreign:
            self._begin_header(Header(grid=row.grid, is_aligned=row.is_aligned, is_foreign=is_foreign))
            self._header_open = True
            self._add_row_above(row)
        self._open = None
        if is_foreign:
            return
        if any(p.figure.state == "reported" for p in row.pieces):
            self._header.distrust_places()
        self._header.blank_columns.update(p.column for p in row.pieces if p.is_empty and p.column is not None)
        for piece in row.texts:
            code = self._row_code([piece])
            if code is not None and self._form.named(piece.text).is_row:
                self._start(code, row, piece, [])
                self._header_open = True
            else:
                self._header.add(piece, self._form, is_aligned=row.is_aligned)

    def _add_row_above(self, row: Row) -> None:
        """Note what stands over more than the form's columns: 备注, 占比 or 上年总计 begin in the row of 申请人情况."""
        above = self._above
        if row.grid is None or above is None or above.grid != row.grid:
            return
        if not 1 < len(above.texts) == len(above.pieces):
            return
        reach = _reach(self._rows, row.grid)
        self._header.add_above([p for p in above.texts if (p.column or 0) < reach])

    def _begin_header(self, header: Header) -> None:
        self._header = header
        self.headers.append(header)

    def _read_single(self, row: Row, piece: Piece) -> None:
        if piece.is_value:
            if self._open is not None:
                self._open.values.append(piece)
            return
        if self._resets(piece):
            self._begin_header(Header())
            self._header_open = False
        if self._continues_label(piece.text):
            return
        code = self._row_code([piece])
        if code is None:
            whole = self._whole_label(piece)
            code = self._row_code([whole]) if whole is not None else None
            piece = whole or piece
        if code:
            self._start(code, row, piece, [])
        else:
            self._open = None

    def _whole_label(self, piece: Piece) -> Piece | None:
        """Put a label together whose lines were too short to tell the row (（一）予以公 / 开); None until it is whole."""
        whole = make_piece(self._cut_label + piece.text, piece.place, piece.column)
        if self._cut_label and self._form.is_any_label(whole.key):
            self._cut_label = ""
            return whole
        if self._form.begins_any_label(whole.key):
            self._cut_label = whole.text
        else:
            self._cut_label = piece.text if self._form.begins_any_label(piece.key) else ""
        return None

    def _read_data(self, row: Row) -> None:
        if not row.texts:
            if self._open is not None and not self._open.values:
                self._open.row = row
                self._open.values.extend(row.pieces)
            return
        begins_block = any(self._resets(p) for p in row.texts)
        if begins_block and not any(self._known(p.text) for p in row.texts):
            self._begin_header(Header())
            self._header_open, self._open = False, None
            return
        labels = [p for p in row.texts if self._known(p.text)]
        if not labels and self._continues_row(row):
            return
        named = labels or self._apart(row.texts)
        code = self._row_code(named)
        if code is None and not labels:
            code = self._row_of_cut_label(row.texts)
        if code is None:
            has_figures = _has_figures(row)
            self._header_open = self._header_open and not has_figures
            self._open = None
            self._cut_label = "" if has_figures else "".join(p.text for p in row.texts)
            return
        self._start(code, row, named[-1], _values_after((labels or row.texts)[-1], row))

    def _row_of_cut_label(self, texts: Sequence[Piece]) -> str | None:
        """Find the row whose label stands in several cells side by side (7.属于行 | 政执法案卷)."""
        for start in range(len(texts) - 1):
            whole = make_piece("".join(text.text for text in texts[start:]), texts[start].place)
            code = self._row_code([whole])
            if code is not None:
                return code
        return None

    def _apart(self, texts: Sequence[Piece]) -> Sequence[Piece]:
        """Return the labels that a row's one text holds, each by itself, where it holds several; else the texts."""
        whole = texts[-1]
        text = without_digits(whole.text)
        *above, label = self._form.labels_in(text) or (text,)
        if not above:
            return texts
        digits = whole.squeezed[len(text) :]
        return [make_piece(part, whole.place, whole.column) for part in (*above, label + digits)]

    def _continues_row(self, row: Row) -> bool:
        """Take the figures of a row whose label a page end cut, the first half standing over empty cells."""
        if self._open is None or any(not value.is_empty for value in self._open.values):
            return False
        if not any(self._continues_label(p.text) for p in row.texts):
            return False
        values = _values_after(row.texts[-1], row)
        if any(not value.is_empty for value in values):
            self._open.row = row
            self._open.values = values
        return True

    def _continues_label(self, text: str) -> bool:
        """Tell whether a text goes on where the label of the open row was cut."""
        if self._open is None or any(not value.is_empty for value in self._open.values):
            return False
        if self._known(text):
            return False
        if self._form.is_of_note(text, self._open.code):
            return True
        whole = self._open.label.text + text
        keys = self._open.label.key + normalise(text), normalise(whole)
        if any(self._form.is_whole_label(key, self._open.code) for key in keys):
            return True
        is_beginning = any(self._form.begins_label(key, self._open.code) for key in keys)
        if is_beginning:
            self._open.label = make_piece(whole, self._open.label.place, self._open.label.column)
        return is_beginning

    def _resets(self, piece: Piece) -> bool:
        """Tell whether a text begins another block of table 二, whose header is its own."""
        return piece.squeezed.startswith("第二十条")

    def _known(self, text: str) -> bool:
        return bool(self._form.named(without_digits(text)).rows) or self._form.named(text).is_group

    def _row_code(self, labels: Sequence[Piece]) -> str | None:
        """Find the row that the last of these labels names, a label cut by a page end being put together."""
        group = self._group
        for label in labels:
            if self._form.named(label.text).is_group:
                group = label.key
        text = without_digits(labels[-1].text)
        code = self._form.row(text, group, self._after)
        if code is None and self._cut_label:
            code = self._form.row(self._cut_label + text, group, self._after)
        self._group = group
        return code

    def _start(self, code: str, row: Row, label: Piece, values: list[Piece]) -> None:
        self._header_open = False
        self._cut_label = ""
        self._after = self._form.number[code]
        if self._form.groups_of_row[code]:
            self._group = self._form.groups_of_row[code][-1]
        digits = label.squeezed[len(without_digits(label.text)) :]
        self._open = DataRow(code, self._header, row, label, values, digits)
        self.found.append(self._open)


@lru_cache(REMEMBERED)
def without_digits(text: str) -> str:
    """Return a label without the digits at its end: no label of a form ends in digits."""
    return _DIGITS_AT_END.sub("", squeeze(text))


def _reach(rows: Sequence[Row], grid: int) -> int:
    """Return the column behind the last cell of a grid's rows of figures."""
    last = (row.pieces[-1] for row in rows if row.grid == grid and _has_figures(row))
    return max(((piece.column or 0) + piece.width for piece in last), default=0)


def _has_figures(row: Row) -> bool:
    return any(p.figure.value is not None for p in reversed(row.pieces))


def _values_after(label: Piece, row: Row) -> list[Piece]:
    """Return the pieces behind a label, without words right behind it: a label that a line end cut in two."""
    first = row.pieces.index(label) + 1
    while first < len(row.pieces) and row.pieces[first].is_label:
        first += 1
    return row.pieces[first:]
