"""The header above a table's rows: which columns it names, where they stand and in which order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ogi.reports.form import Named, TableForm, column_text
from ogi.reports.regions import Piece, make_piece

_UNIT = re.compile(r"(亿元|万元|元)")
# Fewer words in a row may be a label that was cut
_FEWEST_FOREIGN = 3
# No column of a form covers more of a grid's, whatever a colspan says
_WIDEST = 100


@dataclass(eq=False)
class Header:
    """What a header names; its properties are read once all of its rows were added.

    `places` is for grids with aligned columns: first column and the one after the last -> innermost label above, None
    for a label that the form does not have; in `blank_columns` the header has a cell and prints nothing. `top` and `below`
    are for the rest: labels in printed order, a group standing for the columns below it. `is_foreign` says that its labels
    are none of the form's columns.
    """

    grid: int | None = None
    is_aligned: bool = False
    places: dict[tuple[int, int], str | None] = field(default_factory=dict)
    top: list[str] = field(default_factory=list)
    below: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    is_foreign: bool = False
    blank_columns: set[int] = field(default_factory=set)
    _group_places: dict[tuple[int, int], str] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)
    _cut: str = ""
    # The label added last and its column: what follows may be its end (科研 / 机构)
    _last_label: tuple[str, str] | None = None
    # Where 总计 stands; columns of a group that come in a later row stand before it only below their group's label
    _last_row: tuple[object, ...] | None = None
    _is_out_of_order: bool = False

    @cached_property
    def columns(self) -> list[str]:
        """The form's columns in the order in which their values stand."""
        aligned = [code for _, code in self.intervals if code is not None]
        if aligned and len(set(aligned)) == len(aligned):
            return aligned
        if self._is_out_of_order:
            return []
        return [code for name in self.top for code in self.below.get(name, [name])]

    @cached_property
    def placed_columns(self) -> int:
        """How many of the form's columns have a place in an aligned grid."""
        return sum(code is not None for _, code in self.intervals)

    @cached_property
    def slots(self) -> list[str | None]:
        """The columns in the order of their values; None is a column that the form does not have."""
        slots = [code for _, code in self.intervals]
        return slots if [code for code in slots if code is not None] == self.columns else list(self.columns)

    @property
    def is_whole(self) -> bool:
        """Whether every cell right of the first known column names a column or a group of the form."""
        return self.is_aligned and all(
            code is not None or place in self._group_places for place, code in self.intervals
        )

    @cached_property
    def positions(self) -> dict[int, int]:
        """Return grid column -> which of the intervals covers it."""
        return {
            column: index
            for index, ((start, end), _) in enumerate(self.intervals)
            for column in range(start, min(end, start + _WIDEST))
        }

    @cached_property
    def foreign_columns(self) -> dict[int, int]:
        """Return grid column -> where the label above it begins, of labels before the first of the form's columns."""
        known = [place for place, code in self.places.items() if code is not None]
        first = min((start for start, _ in known), default=0)
        return {
            column: start
            for (start, end), code in self.places.items()
            if code is None and end <= first
            for column in range(start, min(end, start + _WIDEST))
        }

    @cached_property
    def intervals(self) -> list[tuple[tuple[int, int], str | None]]:
        """The columns' places in an aligned grid from left to right; unknown labels only where alone."""
        known = [place for place, code in self.places.items() if code is not None]
        if not known:
            return []
        first = min(start for start, _ in known)
        return sorted(
            (place, code)
            for place, code in self.places.items()
            if code is not None or (place[0] >= first and not self._is_above(place, known))
        )

    def is_short_of_a_label(self, values: Sequence[Piece]) -> bool:
        """Tell whether a figure stands where the header prints nothing: a label was lost there.

        Behind the last label that is so only where a label has an empty cell below: else the header's cells were merged.
        """
        last = max((start for (start, _), _ in self.intervals), default=0)
        is_below = any(piece.is_empty and piece.column in self.positions for piece in values)
        lost = {column for column in self.blank_columns if column < last or is_below}
        return any(piece.column in lost and not piece.is_empty for piece in values)

    def _is_above(self, place: tuple[int, int], known: Sequence[tuple[int, int]]) -> bool:
        """Tell whether a label stands over columns of the form, which have its values."""
        return bool(self.below.get(self._group_places.get(place, ""))) or any(
            _overlap(place, other) for other in known
        )

    def add(self, piece: Piece, form: TableForm, *, is_aligned: bool) -> None:
        """Add one cell of the header."""
        if piece.place.table != self.grid:
            # Told by another grid, or by a line: places mean nothing together, the order does
            self.distrust_places()
        is_aligned = is_aligned and self.is_aligned
        named = form.named(column_text(piece.squeezed))
        code = named.column
        self._last_label = (piece.key, code) if code is not None else None
        if code is None:
            self._add_other(piece, named, is_aligned=is_aligned)
            return
        if is_aligned and piece.column is not None:
            self._place(piece.column, piece.column + piece.width, code, piece.squeezed)
        group = form.group_of_column.get(code)
        if group is not None and piece.column is not None and self._is_parted(piece.column, group, form):
            # A span above is too short, and the cells of this row moved to the left
            self.distrust_places()
        row = (piece.place.table, piece.place.row, piece.place.line)
        if group is not None and group not in self.top and self._last_row not in (None, row):
            self._is_out_of_order = True
        if code == form.last_column:
            self._last_row = row
        siblings = self.below.setdefault(group, []) if group is not None and group in self.top else self.top
        if code not in siblings:
            siblings.append(code)
        unit = _UNIT.search(piece.squeezed)
        if unit:
            self.units[code] = unit.group()

    def add_above(self, pieces: Sequence[Piece]) -> None:
        """Add labels of the row above that reach down beside the header: columns that the form does not have."""
        if self.is_aligned:
            for piece in pieces:
                if piece.column is not None:
                    self.places.setdefault((piece.column, piece.column + piece.width), None)

    def _is_parted(self, column: int, group: str, form: TableForm) -> bool:
        """Tell whether a column that is none of the group's stands between a label and that of its group behind it."""
        group_starts = [start for (start, _), name in self._group_places.items() if name == group]
        others = [
            start
            for (start, _), code in self.places.items()
            if code and form.group_of_column.get(code) != group
        ]
        return any(column < other < start for start in group_starts for other in others)

    def _place(self, start: int, end: int, code: str, text: str) -> None:
        """Note where a column stands; two columns over one place show that a converter moved the cells together, one
        column over two places under other words (本年, 上年) that one of them is another's.
        """
        is_otherwise_named = self._texts.setdefault(code, text) != text
        conflicts = (
            c not in (None, code) if _overlap((start, end), place) else c == code and is_otherwise_named
            for place, c in self.places.items()
        )
        if any(conflicts):
            self.distrust_places()
        else:
            self.places[start, end] = code

    def distrust_places(self) -> None:
        """Forget where columns stand and keep their order alone."""
        self.is_aligned = False
        self.places.clear()

    def join(self, piece: Piece, form: TableForm) -> bool:
        """Take a text as part of a column's label that a line end cut in two (商业 / 企业), if it can be one."""
        named = form.named(piece.text)
        if named.rows or named.is_group:
            return False
        if self._last_label is not None and not self._cut:
            label, code = self._last_label
            if form.is_whole_column(label + piece.key, code):
                self._last_label = (label + piece.key, code)
                return True
        whole = make_piece(self._cut + piece.text, piece.place, piece.column)
        is_label = form.named(whole.text).column is not None
        self._cut = "" if is_label else piece.text
        if is_label:
            self.add(whole, form, is_aligned=False)
        return True

    def _add_other(self, piece: Piece, named: Named, *, is_aligned: bool) -> None:
        if named.is_column_group and named.key not in self.top:
            self.top.append(named.key)
        if is_aligned and piece.column is not None:
            place = piece.column, piece.column + piece.width
            self.places.setdefault(place, None)
            if named.is_column_group:
                self._group_places[place] = named.key


def looks_foreign(texts: Sequence[Piece], form: TableForm) -> bool:
    """Tell whether a row of words alone is a header whose labels are not the form's columns (数据1 …, 项目 …)."""
    labels = {p.key for p in texts if p.is_label}
    if len(labels) != len(texts):
        return False
    names = [form.named(p.text) for p in texts]
    if any((name.column and not name.rows) or name.is_column_group for name in names):
        return False
    if any(name.rows or name.is_group for name in names):
        return len(labels) >= len(form.all_columns) - 1
    return len(labels) >= _FEWEST_FOREIGN


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
