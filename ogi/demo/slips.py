"""What editors and converters do to table 三 after it was filled in: spans that do not fit, numbers cut in two."""

import random
from dataclasses import replace

from ogi.demo.content import Slot, Table
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed
from ogi.demo.undecided import UNDECIDED

_SPLIT_ROWS = 2
_TWO_DIGITS = 10


def slip(rng: random.Random, table: Table, printed: dict[str, Printed], layout: Layout) -> Table:
    """Apply the layout's slips to table 三, and to the truth where they leave figures undecided."""
    if layout.label_spans == "short":
        for row in table.rows[table.header_rows :]:
            _shorten_label(row)
    if layout.split_numbers:
        _split_numbers(rng, table, printed)
    return table


def _shorten_label(row: list[Slot]) -> None:
    """Let a label that spans the three label columns span two, so that the figures stand left of their headings."""
    if row[0].columns > 2 and row[0].rows == 1:  # noqa: PLR2004 - three label columns
        row[0].columns -= 1


def _split_numbers(rng: random.Random, table: Table, printed: dict[str, Printed]) -> None:
    """Cut some numbers into two neighbouring cells: whose the figures of such a row are cannot be told for certain."""
    rows = [row for row in table.rows if any(_is_long(slot, printed) for slot in row)]
    for row in rng.sample(rows, min(_SPLIT_ROWS, len(rows))):
        slot = rng.choice([slot for slot in row if _is_long(slot, printed)])
        at = row.index(slot)
        row[at : at + 1] = [Slot(slot.text[:1], cell=slot.cell), Slot(slot.text[1:], cell=slot.cell)]
        for name in (slot.cell for slot in row if slot.cell):
            printed[name] = replace(printed[name], accept_states=UNDECIDED)


def _is_long(slot: Slot, printed: dict[str, Printed]) -> bool:
    value = printed[slot.cell].value if slot.cell else None
    return value is not None and value >= _TWO_DIGITS
