"""Figures whose place nothing in the document decides: reading none is as right as reading them."""

from collections.abc import Iterator
from dataclasses import replace

from ogi.demo.histories import Facts
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed
from ogi.reports.model import State

UNDECIDED: tuple[State, ...] = ("missing", "blank", "illegible")


def leave_undecided(facts: Facts, layout: Layout, printed: dict[str, Printed]) -> None:
    """Mark the cells of a report whose figures a careful reader may leave alone."""
    for names in _rows(printed, layout):
        if _is_undecided(facts, layout, printed, names):
            for name in names:
                printed[name] = replace(printed[name], accept_states=UNDECIDED)


def _is_undecided(facts: Facts, layout: Layout, printed: dict[str, Printed], row: list[str]) -> bool:
    if layout.dress == "run_together":
        return True
    # Columns without names, or under wrong ones, are told by their sums: all must be there and right
    is_nameless = layout.dress == "row_tables" or layout.cut == "header_wrong"
    if is_nameless and row[0].startswith("applications."):
        return facts.fault is not None or not _is_full(printed)
    # Blank cells leave no trace where cells are lines, and no place where a page goes on without its header
    is_adrift = layout.dress == "aligned" and layout.cut in {"group_lost", "label_cut"}
    is_traceless = layout.dress in {"lines", "displaced"} or is_adrift
    return is_traceless and any(printed[name].state == "blank" for name in row)


def _is_full(printed: dict[str, Printed]) -> bool:
    cells = (what for name, what in printed.items() if name.startswith("applications."))
    return all(what.state == "reported" for what in cells if what.raw is not None)


def _rows(printed: dict[str, Printed], layout: Layout) -> Iterator[list[str]]:
    """Yield the cells of each printed row."""
    rows: dict[str, list[str]] = {}
    for name in printed:
        table, row, column = name.split(".")
        if table == "reviews":
            row = {"one_row": "", "three_rows": row, "transposed": column}[layout.reviews]
        rows.setdefault(f"{table}.{row}", []).append(name)
    yield from rows.values()
