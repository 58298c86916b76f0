"""The statistics form of 2014: one column of figures; a heading without a figure prints dashes."""

from collections.abc import Mapping

from ogi.demo.content import Slot, Table
from ogi.demo.forms.cells import form_cells
from ogi.demo.truth import Printed


def statistics_table(printed: Mapping[str, Printed]) -> Table:
    """Return the table 政府信息公开情况统计表."""
    rows = [[Slot("统计指标"), Slot("单位"), Slot("统计数")]]
    above: tuple[str, ...] = ()
    for cell in form_cells("2014", "statistics"):
        for depth, label in enumerate(cell.row_path[:-1]):
            is_shown = above[: depth + 1] == cell.row_path[: depth + 1]
            # A parent may be the row before, whose own label carries a note in brackets
            if not is_shown and not (len(above) > depth and above[depth].startswith(label)):
                rows.append([Slot(label), Slot("——"), Slot("——")])
        rows.append(
            [
                Slot(cell.row_path[-1]),
                Slot(cell.unit or ""),
                Slot(printed[cell.cell].raw or "", cell=cell.cell),
            ]
        )
        above = cell.row_path
    return Table(rows, 1)
