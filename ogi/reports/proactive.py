"""Table 二 (主动公开政府信息情况): blocks of rows, each block under a header of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.reports.labels import find_label, normalise, squeeze
from ogi.reports.placing import place_by_header, place_in_order, usual_leads
from ogi.reports.reading import TableReading
from ogi.reports.regions import Piece, Row
from ogi.reports.templates import Template, label_codes

TABLE = "proactive"
_BLOCK_START = normalise("信息内容")
_UNIT_IN_HEADER = re.compile(r"(亿元|万元|元)")


@dataclass(slots=True)
class _Header:
    codes: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    grid: int | None = None


@dataclass(slots=True)
class _DataRow:
    code: str
    header: _Header
    row: Row
    values: list[Piece] = field(default_factory=list)


def read_proactive(rows: Sequence[Row], template: Template) -> TableReading:
    """Read table 二: each row by its label, its values by the header of its block."""
    reading = TableReading()
    found = _find_rows(rows, template)
    leads = usual_leads([(row.row, row.values) for row in found], 3)
    for row in found:
        allowed = {c.column_code for c in template.table(TABLE) if c.row_code == row.code}
        codes = [code for code in row.header.codes if code in allowed]
        names = [f"{TABLE}.{row.code}.{code}" for code in codes]
        if not row.values:
            continue
        if not codes:
            reading.leave_undecided([f"{TABLE}.{row.code}.{code}" for code in sorted(allowed)], row.values)
            continue
        placement = None
        if row.row.is_aligned and row.header.grid == row.row.grid:
            positions = [
                p for code, p in zip(row.header.codes, row.header.positions, strict=True) if code in allowed
            ]
            placement = place_by_header(row.row.pieces, positions)
        if placement is None:
            lead = leads.get((row.row.grid, len(row.values)))
            placement = place_in_order(row.values, len(codes), lead, lambda _: None)
        reading.place(names, placement, row.values)
        for code, name in zip(codes, names, strict=True):
            if code in row.header.units:
                reading.header_units[name] = row.header.units[code]
    return reading


def _find_rows(rows: Sequence[Row], template: Template) -> list[_DataRow]:
    cells = template.table(TABLE)
    row_labels = label_codes(template, TABLE, [(c.row_path[-1], c.row_code) for c in cells])
    column_labels = label_codes(template, TABLE, [(c.column_path[-1], c.column_code) for c in cells])
    found: list[_DataRow] = []
    header = _Header()
    open_row: _DataRow | None = None
    for row in rows:
        for piece in row.pieces:
            if piece.is_value:
                if open_row is not None and (len(row.pieces) == 1 or open_row.row is row):
                    open_row.values.append(piece)
                continue
            code = find_label(piece.text, row_labels)
            column = find_label(piece.text, column_labels)
            if normalise(piece.text) == _BLOCK_START or squeeze(piece.text).startswith("第二十条"):
                header, open_row = _Header(), None
            elif column is not None:
                open_row = None
                _add_column(header, column, piece, row.grid)
            elif code is not None:
                open_row = _DataRow(code, header, row)
                found.append(open_row)
            elif open_row is not None and open_row.row is row:
                open_row.values.append(piece)
            else:
                open_row = None
    return found


def _add_column(header: _Header, code: str, piece: Piece, grid: int | None) -> None:
    header.codes.append(code)
    header.positions.append(piece.column or 0)
    header.grid = grid
    unit = _UNIT_IN_HEADER.search(squeeze(piece.text))
    if unit:
        header.units[code] = unit.group()
