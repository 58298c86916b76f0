"""Table 三: requests received and how they were dealt with, by applicant."""

from collections.abc import Mapping
from itertools import groupby

from ogi.demo.content import Slot, Table
from ogi.demo.forms.cells import FormCell, form_cells
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed

HEADER_ROWS = 3
_LABEL_COLUMNS = 3
_CHECK = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def applications_table(template: str, printed: Mapping[str, Printed], layout: Layout) -> Table:
    """Return table 三; rows without a printed cell are left out, and so are cells that a converter dropped."""
    rows = [
        list(group) for _, group in groupby(form_cells(template, "applications"), key=lambda cell: cell.row)
    ]
    shown = [row for row in rows if any(c.cell in printed and printed[c.cell].raw is not None for c in row)]
    body = []
    for index, row in enumerate(shown):
        before = shown[index - 1][0].row_path if index and layout.groups == "spanned" else ()
        figures = [
            Slot(printed[c.cell].raw or "", cell=c.cell) for c in row if printed[c.cell].raw is not None
        ]
        body.append(_labels(row[0], before, shown, layout) + figures)
    return Table(_header(shown[0]) + body, HEADER_ROWS)


def _header(row: list[FormCell]) -> list[list[Slot]]:
    """Return the three rows of headings above the applicants."""
    columns = [cell.column_path for cell in row]
    groups = [(name, list(paths)) for name, paths in groupby(columns, key=lambda path: path[0])]
    second = [Slot(name, 1 if len(paths[0]) > 1 else 2, len(paths)) for name, paths in groups]
    third = [Slot(path[-1]) for path in columns if len(path) > 1]
    return [
        [Slot(_CHECK, HEADER_ROWS, _LABEL_COLUMNS), Slot("申请人情况", columns=len(columns))],
        second,
        third,
    ]


def _labels(
    cell: FormCell, before: tuple[str, ...], shown: list[list[FormCell]], layout: Layout
) -> list[Slot]:
    """Return the labels that start in this row: those that the row above does not share."""
    path = cell.row_path
    slots = []
    for depth in range(len(path)):
        prefix = path[: depth + 1]
        if before[: depth + 1] == prefix:
            continue
        is_last = depth == len(path) - 1
        shared = sum(other[0].row_path[: depth + 1] == prefix for other in shown)
        rows = 1 if is_last or layout.groups == "repeated" else shared
        slots.append(Slot(path[depth], rows, _LABEL_COLUMNS - depth if is_last else 1))
    return slots
