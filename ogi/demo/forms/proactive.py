"""Table 二: what was disclosed proactively, section by section of 条例第二十条."""

import random
from collections.abc import Mapping
from itertools import groupby

from ogi.demo.content import Slot, Table
from ogi.demo.forms.cells import FormCell, form_cells
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed

_COLUMNS = 4
# 湖北 and others print rows of their own, some with a number in the label
_OWN_ROWS = ("其他主动公开文件", "其他主动公开文件（如-8）", "镇村自行公开事项")


def proactive_tables(
    rng: random.Random, template: str, printed: Mapping[str, Printed], layout: Layout
) -> list[Table]:
    """Return table 二, or its sections as tables of their own."""
    cells = form_cells(template, "proactive")
    sections = [list(group) for _, group in groupby(cells, key=lambda cell: cell.row_path[0])]
    tables = [Table(_section(section, printed, layout), header_rows=2) for section in sections]
    if layout.extra_row:
        own = [Slot(rng.choice(_OWN_ROWS))]
        tables[0].rows.append(own + [Slot(str(rng.randint(1, 60))) for _ in range(_COLUMNS - 1)])
    if layout.proactive == "four":
        return tables
    return [Table([row for table in tables for row in table.rows], header_rows=2)]


def _section(cells: list[FormCell], printed: Mapping[str, Printed], layout: Layout) -> list[list[Slot]]:
    labels = list(dict.fromkeys(_column_label(cell, layout) for cell in cells))
    rows = [
        [Slot(cells[0].row_path[0], columns=_COLUMNS)],
        [Slot("信息内容"), *(Slot(label) for label in labels)],
    ]
    for _, group in groupby(cells, key=lambda cell: cell.row):
        row = list(group)
        figures = [Slot(printed[cell.cell].raw or "", cell=cell.cell) for cell in row]
        rows.append([Slot(row[0].row_path[1]), *figures])
    for printed_row in rows[1:]:
        printed_row[-1].columns += _COLUMNS - len(printed_row)
    return rows


def _column_label(cell: FormCell, layout: Layout) -> str:
    label = cell.column_path[-1]
    unit = {"in_header": "万元", "yuan_in_header": "元"}.get(layout.amounts)
    if cell.kind != "money" or unit is None:
        return label
    return f"{label.split('（')[0]}（单位：{unit}）"
