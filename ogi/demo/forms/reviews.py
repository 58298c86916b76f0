"""Table 四: reconsiderations and lawsuits, in the three arrangements that offices print."""

from collections.abc import Mapping
from itertools import groupby

from ogi.demo.content import Slot, Table
from ogi.demo.forms.cells import FormCell, form_cells
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed


def reviews_table(template: str, printed: Mapping[str, Printed], layout: Layout) -> Table:
    """Return table 四 as one row of fifteen figures (the form), as three rows, or transposed."""
    channels = [
        list(group) for _, group in groupby(form_cells(template, "reviews"), key=lambda cell: cell.row)
    ]
    if layout.reviews == "three_rows":
        return _three_rows(channels, printed)
    if layout.reviews == "transposed":
        return _transposed(channels, printed)
    return _one_row(channels, printed)


def _one_row(channels: list[list[FormCell]], printed: Mapping[str, Printed]) -> Table:
    results = len(channels[0])
    lawsuits = channels[1:]
    first = [Slot("行政复议", columns=results), Slot("行政诉讼", columns=results * len(lawsuits))]
    second = [Slot(cell.column_path[-1], rows=2) for cell in channels[0]]
    second += [Slot(channel[0].row_path[-1], columns=results) for channel in lawsuits]
    third = [Slot(cell.column_path[-1]) for channel in lawsuits for cell in channel]
    return Table([first, second, third, [_slot(c, printed) for channel in channels for c in channel]], 3)


def _three_rows(channels: list[list[FormCell]], printed: Mapping[str, Printed]) -> Table:
    rows = [[Slot("类别", columns=2), *(Slot(cell.column_path[-1]) for cell in channels[0])]]
    for index, channel in enumerate(channels):
        labels = [Slot(channel[0].row_path[-1], columns=2)] if index == 0 else []
        if index == 1:
            labels.append(Slot(channel[0].row_path[0], rows=len(channels) - 1))
        if index:
            labels.append(Slot(channel[0].row_path[-1]))
        rows.append(labels + [_slot(cell, printed) for cell in channel])
    return Table(rows, 1)


def _transposed(channels: list[list[FormCell]], printed: Mapping[str, Printed]) -> Table:
    top = [Slot("结果", rows=2), Slot("行政复议", rows=2), Slot("行政诉讼", columns=len(channels) - 1)]
    rows = [top, [Slot(channel[0].row_path[-1]) for channel in channels[1:]]]
    for column, cell in enumerate(channels[0]):
        rows.append([Slot(cell.column_path[-1]), *(_slot(channel[column], printed) for channel in channels)])
    return Table(rows, 2)


def _slot(cell: FormCell, printed: Mapping[str, Printed]) -> Slot:
    return Slot(printed[cell.cell].raw or "", cell=cell.cell)
