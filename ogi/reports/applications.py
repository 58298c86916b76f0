"""Table 三 (收到和处理政府信息公开申请情况): rows by their labels, columns by the header's labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ogi.identities.evaluate import evaluate
from ogi.identities.model import identities
from ogi.reports.labels import find_label, normalise, ordinal
from ogi.reports.model import Place, Problem
from ogi.reports.placing import Assignment, place_by_header, place_in_order, usual_leads
from ogi.reports.reading import TableReading
from ogi.reports.regions import Piece, Row
from ogi.reports.templates import Template, label_codes

TABLE = "applications"


@dataclass(slots=True)
class _DataRow:
    """A printed row of the form: its code, the cells after its label, and the header it stands under."""

    code: str
    header: "_Header"
    row: Row
    values: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class _Header:
    """What a header names so far.

    `by_column` is for grids with aligned columns: the innermost label above each, whatever cells a converter filled
    or left empty where the form merges them. `top` and `below` are for the rest: labels in printed order, a group
    standing for the columns below it.
    """

    grid: int | None = None
    by_column: dict[int, str] = field(default_factory=dict)
    top: list[str] = field(default_factory=list)
    below: dict[str, list[str]] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns in the order in which their values stand."""
        aligned = [self.by_column[column] for column in sorted(self.by_column)]
        if aligned and len(set(aligned)) == len(aligned):
            return aligned
        return [code for name in self.top for code in self.below.get(name, [name])]

    @property
    def positions(self) -> list[int]:
        """The columns' numbers in an aligned grid, in the same order."""
        return sorted(self.by_column)


class _Labels:
    """The labels of this table in this template, by what they name."""

    def __init__(self, template: Template) -> None:
        cells = template.table(TABLE)
        self.rows = label_codes(template, TABLE, [(c.row_path[-1], c.row_code) for c in cells])
        self.groups = {normalise(name) for c in cells for name in c.row_path[:-1]}
        self.columns = label_codes(template, TABLE, [(c.column_path[-1], c.column_code) for c in cells])
        self.group_of_column = {
            c.column_code: normalise(c.column_path[0]) for c in cells if len(c.column_path) > 1
        }
        self.column_groups = set(self.group_of_column.values())
        self.columns_in_form = {c.column_code for c in cells}
        # 其他 and 总计 name a row and a column: only the rest of the printed row tells which.
        self.shared = set(self.rows) & set(self.columns)

    def row(self, text: str) -> str | None:
        return find_label(text, self.rows)

    def is_group(self, text: str) -> bool:
        return normalise(text) in self.groups

    def is_shared(self, text: str) -> bool:
        return normalise(text) in self.shared and ordinal(text) is None

    def column(self, text: str) -> str | None:
        return find_label(text, self.columns) if ordinal(text) is None else None

    def is_column_group(self, text: str) -> bool:
        return normalise(text) in self.column_groups


class _RowFinder:
    """Walks the region's rows once and collects the data rows with the header above each."""

    def __init__(self, labels: _Labels) -> None:
        self._labels = labels
        self._header = _Header()
        self._header_open = False
        self._open: _DataRow | None = None
        self._cut_label = ""
        self._cut_column = ""
        self.found: list[_DataRow] = []

    def find(self, rows: Sequence[Row]) -> list[_DataRow]:
        for row in rows:
            texts = [piece for piece in row.pieces if not piece.is_value]
            if self._is_header(texts):
                self._read_header(row, texts)
            elif self._header_open and len(texts) == 1 and self._joins_column(texts[0]):
                continue
            elif len(row.pieces) == 1:
                self._read_single(row, row.pieces[0])
            else:
                self._read_data(row)
        return self.found

    def _is_header(self, texts: Sequence[Piece]) -> bool:
        names = [p.text for p in texts]
        if any(self._labels.row(n) and not self._labels.is_shared(n) for n in names):
            return False
        if any(self._labels.is_column_group(n) for n in names):
            return True
        if any(self._labels.column(n) and not self._labels.is_shared(n) for n in names):
            return True
        return self._header_open and any(self._labels.column(n) for n in names)

    def _read_header(self, row: Row, texts: Sequence[Piece]) -> None:
        if not self._header_open:
            self._header = _Header(grid=row.grid)
            self._header_open = True
            self._open = None
        for piece in texts:
            self._read_header_cell(piece, row.is_aligned)

    def _joins_column(self, piece: Piece) -> bool:
        """Take a text as part of a column's label that a line end cut in two (商业 / 企业), if it can be one."""
        if self._labels.row(piece.text) or self._labels.is_group(piece.text):
            return False
        whole = self._cut_column + piece.text
        self._cut_column = "" if self._labels.column(whole) else piece.text
        if self._labels.column(whole):
            self._read_header_cell(replace(piece, text=whole), is_aligned=False)
        return True

    def _read_header_cell(self, piece: Piece, is_aligned: bool) -> None:
        header, code = self._header, self._labels.column(piece.text)
        if code is None:
            group = normalise(piece.text)
            if self._labels.is_column_group(piece.text) and group not in header.top:
                header.top.append(group)
            return
        if is_aligned and piece.column is not None:
            header.by_column[piece.column] = code
        group_above = self._labels.group_of_column.get(code)
        if group_above is not None and group_above in header.top:
            siblings = header.below.setdefault(group_above, [])
        else:
            siblings = header.top
        if code not in siblings:
            siblings.append(code)

    def _read_single(self, row: Row, piece: Piece) -> None:
        if piece.is_value:
            if self._open is not None:
                self._open.values.append(piece)
            return
        code = self._row_code([piece.text])
        if code:
            self._start(code, row, [])
        else:
            self._close()

    def _read_data(self, row: Row) -> None:
        last = max(
            (i for i, p in enumerate(row.pieces) if not p.is_value and self._known(p.text)), default=None
        )
        texts = [p.text for p in row.pieces if not p.is_value]
        if last is None and not texts:
            if self._open is not None and not self._open.values:
                self._open.values.extend(row.pieces)
            return
        code = self._row_code(texts if last is None else [row.pieces[i].text for i in range(last + 1)])
        if code is None:
            self._close()
            has_figures = any(p.figure.value is not None for p in row.pieces)
            self._cut_label = "" if has_figures else "".join(texts)
            return
        after = row.pieces[last + 1 if last is not None else 0 :]
        self._start(code, row, _without_label_text(after))

    def _known(self, text: str) -> bool:
        return self._labels.row(text) is not None or self._labels.is_group(text)

    def _row_code(self, texts: Sequence[str]) -> str | None:
        """Find the row that the last of these labels names, a label cut by a page end being put together."""
        labels = [text for text in texts if text]
        if not labels:
            return None
        code = self._labels.row(labels[-1])
        if code is None and self._cut_label:
            code = self._labels.row(self._cut_label + labels[-1])
        return code

    def _start(self, code: str, row: Row, values: list[Piece]) -> None:
        self._header_open = False
        self._cut_label = ""
        self._open = _DataRow(code, self._header, row, values)
        self.found.append(self._open)

    def _close(self) -> None:
        self._header_open = False
        self._open = None


def _without_label_text(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop words between the label and the first value: a label that a line end cut in two."""
    first = next((i for i, p in enumerate(pieces) if p.is_value), len(pieces))
    return list(pieces[first:])


def read_applications(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 三.

    Each printed row is found by its label; its values go to the columns that the header above it names, by position
    under the header where the grid's columns are aligned, else in order where the row prints exactly as many values.
    Where several readings remain, the one under which the six applicants sum to 总计 is taken, and that is reported.
    """
    labels = _Labels(template)
    found = _RowFinder(labels).find(rows)
    width = len(labels.columns_in_form)
    reading = TableReading()
    complete = [row.header for row in found if len(row.header.columns) == width]
    if found and not complete:
        reading.problems.append(_header_missing(found[0].row.pieces[0].place))
    leads = usual_leads([(row.row, row.values) for row in found], width)
    trusted = _aligned_grids(found, width)
    for row in found:
        header = row.header if len(row.header.columns) == width else (complete[0] if complete else None)
        _place(row, header, width, leads, trusted, template, reading)
    return reading


def _place(
    row: _DataRow,
    header: _Header | None,
    width: int,
    leads: dict[tuple[int | None, int], int],
    trusted: set[int],
    template: Template,
    reading: TableReading,
) -> None:
    if not row.values or (_is_optional(row.code, template) and all(v.is_empty for v in row.values)):
        return
    if header is None:
        columns = [c.column_code for c in template.table(TABLE) if c.row_code == row.code]
        reading.leave_undecided([f"{TABLE}.{row.code}.{c}" for c in columns], row.values)
        return
    names = [f"{TABLE}.{row.code}.{code}" for code in header.columns]
    placement = None
    if row.row.grid in trusted and header.grid == row.row.grid:
        placement = place_by_header(row.row.pieces, header.positions)
    if placement is None:
        lead = leads.get((row.row.grid, len(row.values)))
        placement = place_in_order(
            row.values, width, lead, lambda pieces: _row_holds(row.code, names, pieces, template)
        )
    reading.place(names, placement, row.values)


def _row_holds(code: str, names: Sequence[str], pieces: Assignment, template: Template) -> bool | None:
    identity = identities(template.name).get(f"{TABLE}.applicants.{code}")
    if identity is None:
        return None
    operands = {name: piece.figure for name, piece in zip(names, pieces, strict=True) if piece}
    status = evaluate(identity, operands).status
    return None if status == "not_assessable" else status == "holds"


def _aligned_grids(found: Sequence[_DataRow], width: int) -> set[int]:
    """Return the grids whose columns can be trusted: in every complete row the values stand under the header."""
    trusted: set[int] = set()
    refuted: set[int] = set()
    for row in found:
        grid = row.row.grid
        if (
            grid is None
            or not row.row.is_aligned
            or len(row.header.columns) != width
            or row.header.grid != grid
        ):
            continue
        trusted.add(grid)
        printed = [v for v in row.values if not v.is_empty]
        under_header = place_by_header(row.row.pieces, row.header.positions)
        if len(printed) == width and (under_header is None or under_header.pieces != tuple(printed)):
            refuted.add(grid)
    return trusted - refuted


def _is_optional(code: str, template: Template) -> bool:
    return any(c.is_optional for c in template.table(TABLE) if c.row_code == code)


def _header_missing(place: Place) -> Problem:
    return Problem(
        "header_missing",
        "warning",
        "表三没有可辨认的申请人表头，无法确定各数字属于哪类申请人，均未采用；请核对原文。"
        " / Table 三 has no legible header of applicants, so its figures belong to no column for certain; not used.",
        place,
    )
