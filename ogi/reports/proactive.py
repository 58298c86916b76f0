"""Table 二 (主动公开政府信息情况): blocks of rows, each block under a header of its own."""

import re
from collections.abc import Sequence

from ogi.reports.form import TableForm, table_form
from ogi.reports.placing import LabelPlace, Placement, place_in_order, usual_leads
from ogi.reports.reading import TableReading, figure_unclaimed
from ogi.reports.regions import Row
from ogi.reports.rows import DataRow, RowFinder
from ogi.reports.templates import Template

TABLE = "proactive"
_UNIT_IN_LABEL = re.compile(r"\((?:单位:?)?(?P<unit>亿元|万元|元)\)")
_WIDEST = 3


def read_proactive(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 二: each row by its label, its values by the header of its block."""
    form = table_form(template.name, TABLE)
    finder = RowFinder(form)
    found = finder.find(rows)
    reading = TableReading(counted=finder.ordinals)
    leads = usual_leads([(row.label_place, row.values) for row in found], _WIDEST)
    for row in found:
        if row.values:
            _read_row(row, form, leads, reading)
    return reading


def _read_row(row: DataRow, form: TableForm, leads: dict[LabelPlace, int], reading: TableReading) -> None:
    names = form.cells[row.code]
    codes = [code for code in row.header.columns if code in names]
    if row.displaced:
        reading.problems.append(figure_unclaimed(row.displaced, row.label.place))
    if row.displaced or not codes:
        reading.leave_undecided(list(names.values()), row.values)
        return
    reading.place([names[code] for code in codes], _placement(row, codes, leads), row.values)
    unit = _UNIT_IN_LABEL.search(row.label.squeezed)
    for code in codes:
        if unit is not None:
            reading.header_units[names[code]] = unit["unit"]
        elif code in row.header.units:
            reading.header_units[names[code]] = row.header.units[code]


def _placement(row: DataRow, codes: Sequence[str], leads: dict[LabelPlace, int]) -> Placement:
    if row.is_under_own_header and row.under_header is not None:
        under = zip(row.header.intervals, row.under_header.pieces, strict=True)
        piece_of = {code: piece for (_, code), piece in under}
        return Placement(tuple(piece_of.get(code) for code in codes))
    if row.is_under_own_header and row.header.is_short_of_a_label(row.values):
        return Placement((None,) * len(codes), uncertain=True)
    return place_in_order(row.values, len(codes), row.lead(leads), lambda _: None)
