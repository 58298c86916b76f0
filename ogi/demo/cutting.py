"""Table 三 broken off at a page end: what the first page shows, and what the next one goes on with."""

import random

from ogi.demo.content import Slot, Table, placed
from ogi.demo.layouts import Layout

_SHORTEST_CUT = 4
# Headings that a converter took from the rows, over columns that are still the applicants'
_WRONG_HEADER = ("本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计")


def cut_table(rng: random.Random, table: Table, layout: Layout) -> list[Table]:
    """Return the table in two parts, cut inside one of its groups; in one where the layout does not cut."""
    if layout.cut == "no":
        return [table]
    rows = placed(table)
    inside = _rows_inside_groups(table)
    if not inside:
        return [table]
    at = rng.choice(inside)
    going_on = [
        (index, column, slot)
        for index in range(table.header_rows, at)
        for column, slot in rows[index]
        if index + slot.rows > at
    ]
    second = [list(row) for row in rows[at:]]
    for index, column, slot in going_on:
        rest = index + slot.rows - at
        slot.rows -= rest
        second[0].append((column, Slot(_label_after_cut(slot, layout), rest, slot.columns)))
    second[0].sort(key=lambda place: place[0])
    body = [[slot for _, slot in row] for row in second]
    if layout.cut == "header_repeated":
        header = [[Slot(s.text, s.rows, s.columns) for s in row] for row in table.rows[: table.header_rows]]
        return [Table(table.rows[:at], table.header_rows), Table(header + body, table.header_rows, True)]
    if layout.cut == "header_wrong":
        header = [[Slot("项目", columns=3), *(Slot(name) for name in _WRONG_HEADER)]]
        return [Table(table.rows[:at], table.header_rows), Table(header + body, 1, continues=True)]
    return [Table(table.rows[:at], table.header_rows), Table(body, 0, continues=True)]


def _rows_inside_groups(table: Table) -> list[int]:
    """Return the rows before which a group's label (（三）不予公开 …) spans on."""
    found = []
    for index, row in enumerate(table.rows):
        labels = [slot for slot in row if slot.cell is None]
        groups = [slot for slot in labels if slot.rows > 1 and slot.text.startswith("（")]
        if index >= table.header_rows:
            found += [index + step for slot in groups for step in range(1, slot.rows)]
    return found


def _label_after_cut(slot: Slot, layout: Layout) -> str:
    if layout.cut in {"header_repeated", "header_wrong"}:
        return slot.text
    if layout.cut == "label_cut" and slot.text.startswith("（") and len(slot.text) >= _SHORTEST_CUT:
        middle = _SHORTEST_CUT
        slot.text, rest = slot.text[:middle], slot.text[middle:]
        return rest
    return ""
