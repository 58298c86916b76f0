"""Table 三 (收到和处理政府信息公开申请情况): rows by their labels, columns by the header's labels."""

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal

from ogi.identities.evaluate import evaluate, reported
from ogi.identities.model import identities
from ogi.reports.form import TableForm, table_form
from ogi.reports.headers import Header
from ogi.reports.labels import ordinal
from ogi.reports.model import Place, Problem
from ogi.reports.placing import Assignment, Placement, join, place_in_order, usual_leads
from ogi.reports.reading import TableReading, figure_unclaimed
from ogi.reports.regions import Piece, Row, make_piece
from ogi.reports.rows import DataRow, RowFinder
from ogi.reports.templates import Template
from ogi.reports.trust import trusted_grids

TABLE = "applications"
_TOTAL_ROW = "total_processed"


def read_applications(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 三.

    Each printed row is found by its label; its values go to the columns that the header above it names, by position
    under the header where the grid's columns are aligned, else in order where the row prints exactly as many values.
    Where several readings remain, the one under which the six applicants sum to 总计 is taken, and that is reported.
    """
    form = table_form(template.name, TABLE)
    finder = RowFinder(form)
    found = _without_subtotals(finder.find(rows), form)
    reading = TableReading(counted=finder.ordinals)
    placer = _Placer(form, found, finder.headers, reading)
    for row in found:
        placer.place(row)
    return reading


def _without_subtotals(found: Sequence[DataRow], form: TableForm) -> list[DataRow]:
    """Leave out the totals of groups that some offices add: of several rows called 总计 the numbered one counts, else the
    last.
    """
    totals = [row for row in found if row.code == _TOTAL_ROW and row.values]
    numbered = [row for row in totals if ordinal(row.label.text) is not None]
    surplus = [row for row in totals if row not in numbered] if numbered else totals[:-1]
    return [row for row in found if row not in surplus]


class _Placer:
    """Places the values of table 三's rows, one row after the other."""

    def __init__(
        self, form: TableForm, found: Sequence[DataRow], headers: Sequence[Header], reading: TableReading
    ) -> None:
        self._form = form
        self._reading = reading
        self._width = len(form.all_columns)
        self._found = {row.code for row in found}
        self._refuted: set[int] = set()
        self._order = {id(header): number for number, header in enumerate(headers)}
        self._headers = headers
        self._complete = [header for header in headers if len(header.columns) == self._width]
        for header in [h for h in self._complete if self._is_refuted(h, found)]:
            self._complete.remove(header)
            self._refuted.add(id(header))
            where = next(row.row.pieces[0].place for row in found if row.header is header)
            reading.problems.append(_header_refuted(where))
        self._narrow = _narrow_headers(found, self._width)
        if found and not self._complete and not self._narrow:
            reading.problems.append(_header_missing(found[0].row.pieces[0].place))
        self._leads = usual_leads([(row.label_place, row.values) for row in found], self._width)
        self._trusted = trusted_grids(found, self._width)
        counts = Counter(sum(not value.is_empty for value in row.values) for row in found)
        # The table has a column of its own beside the form's, so that a full row of the form is one short here
        self._is_wider = bool(counts) and counts.most_common(1)[0][0] > self._width

    def place(self, row: DataRow) -> None:
        header = None if id(row.header) in self._refuted else self._header_of(row)
        if not row.values or (
            row.code in self._form.optional and all(v.figure.value is None for v in row.values)
        ):
            return
        if row.header in self._narrow and row.under_header is not None:
            self._reading.place(self._names(row, row.header.slots), row.under_header, row.values)
            return
        names, children = self._form.cells[row.code], self._form.children[row.code]
        if header is None or (children & self._found and not children <= self._found):
            # A group with some of its rows may stand for the one whose label was lost
            self._reading.leave_undecided(list(names.values()), row.values)
            return
        slots = header.slots
        names_or_none = self._names(row, slots)

        def holds(pieces: Assignment) -> bool | None:
            return self._row_holds(row.code, names_or_none, pieces)

        if row.displaced:
            placement = self._with_displaced(row, len(slots), holds)
        elif row.header.is_foreign:
            # The header in force is another table's: only the sum proves that its columns are these
            placement = place_in_order(row.values, len(slots), None, holds)
            if not placement.uncertain and not holds(placement.pieces):
                placement = Placement(placement.pieces, uncertain=True)
            elif not placement.uncertain:
                placement = Placement(placement.pieces, choice="identity")
        else:
            placement = self._by_header_or_order(row, header, len(slots), holds)
        self._reading.place(names_or_none, placement, row.values)

    def _names(self, row: DataRow, slots: Sequence[str | None]) -> list[str | None]:
        return [code and f"{TABLE}.{row.code}.{code}" for code in slots]

    def _header_of(self, row: DataRow) -> Header | None:
        """Return a row's header; where that is incomplete or lost the complete one before it, else the first after."""
        if len(row.header.columns) == self._width:
            return row.header
        before = self._headers[: self._order[id(row.header)] + 1]
        return next((h for h in reversed(before) if h in self._complete), None) or next(
            iter(self._complete), None
        )

    def _is_refuted(self, header: Header, found: Sequence[DataRow]) -> bool:
        """Tell whether the sums show that the figures stand in another order than the header says.

        So it is where most rows of seven figures do not add up under the header and all do in the order of the form: a
        label of the header was lost or moved. An office's wrong sums do not come right in another order.
        """
        if header.columns == list(self._form.cells[self._form.order[0]]):
            return False
        rows = [[v for v in row.values if not v.is_empty] for row in found if row.header is header]
        figures = [[v.figure.value for v in row] for row in rows if len(row) == self._width]
        telling = [row for row in figures if None not in row and any(row)]
        total = header.columns.index(self._form.last_column)

        def adds_up(row: Sequence[Decimal | None], at: int) -> bool:
            known = [value for value in row if value is not None]
            return sum(known) == 2 * known[at]

        broken = [row for row in telling if not adds_up(row, total)]
        return len(broken) * 2 > len(telling) and all(adds_up(row, self._width - 1) for row in telling)

    def _by_header_or_order(
        self, row: DataRow, header: Header, width: int, holds: Callable[[Assignment], bool | None]
    ) -> Placement:
        if row.row.grid in self._trusted and header is row.header and row.under_header is not None:
            return row.under_header
        placement = place_in_order(row.values, width, row.lead(self._leads), holds)
        if placement.uncertain:
            return placement
        verdict = holds(placement.pieces)
        has_gap = _has_gap(row.values, width)
        is_doubtful = verdict is None and any(piece.figure.value for piece in placement.pieces if piece)
        if (verdict is False and (self._is_wider or has_gap)) or (has_gap and is_doubtful):
            return Placement(placement.pieces, uncertain=True)
        return placement

    def _with_displaced(
        self, row: DataRow, width: int, holds: Callable[[Assignment], bool | None]
    ) -> Placement:
        """Read a row whose label ends in digits: they belong to the first value, are it, or are none of the row's."""
        printed = [piece for piece in row.values if not piece.is_empty]
        digits = make_piece(row.displaced, row.label.place)
        readings = [[digits, *printed], printed]
        if printed:
            readings.append([join([digits, printed[0]]), *printed[1:]])
        holding = [tuple(r) for r in readings if len(r) == width and holds(tuple(r))]
        if len(holding) == 1:
            if digits not in holding[0] and not any(digits in p.parts for p in holding[0]):
                self._reading.problems.append(figure_unclaimed(row.displaced, row.label.place))
            return Placement(holding[0], choice="identity")
        self._reading.problems.append(figure_unclaimed(row.displaced, row.label.place))
        return Placement((None,) * width, uncertain=True)

    def _row_holds(self, code: str, names: Sequence[str | None], pieces: Assignment) -> bool | None:
        """Tell whether a row adds up under a reading; None where that cannot be assessed."""
        identity = identities(self._form.template.name).get(f"{TABLE}.applicants.{code}")
        if identity is None:
            return None
        operands = {n: p.figure for n, p in zip(names, pieces, strict=True) if p and n}
        status = evaluate(identity, operands, reported(operands)).status
        return None if status == "not_assessable" else status == "holds"


def _has_gap(values: Sequence[Piece], width: int) -> bool:
    """Tell whether a row prints as many figures as there are columns and an empty cell between them: it has more cells."""
    printed = [number for number, piece in enumerate(values) if not piece.is_empty]
    return len(printed) == width and printed[-1] - printed[0] >= width


def _narrow_headers(found: Sequence[DataRow], width: int) -> list[Header]:
    """Return the headers of tables that print some of the columns only: each figure stands below a column's name.

    An office may leave the organisations out, or give them one column for all. Only in a grid whose columns are aligned,
    and only where every row of it stands under that header.
    """
    headers = dict.fromkeys(row.header for row in found)
    return [
        header
        for header in headers
        if 0 < len(header.columns) < width
        and header.is_whole
        and all(row.is_under_own_header and row.under_header for row in found if row.header is header)
    ]


def _header_refuted(place: Place) -> Problem:
    return Problem(
        "header_refuted",
        "warning",
        "表三表头的顺序与数字不符（按表头合计不成立，按统一格式的顺序全部成立），其下数字均未采用；请核对原文。"
        " / The order of table 三's header contradicts its sums, which all hold in the form's order; figures not used.",
        place,
    )


def _header_missing(place: Place) -> Problem:
    return Problem(
        "header_missing",
        "warning",
        "表三没有可辨认的申请人表头，无法确定各数字属于哪类申请人，均未采用；请核对原文。"
        " / Table 三 has no legible header of applicants, so its figures belong to no column for certain; not used.",
        place,
    )
