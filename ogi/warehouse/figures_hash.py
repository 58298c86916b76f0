"""One hash over the figures of a report: documents of one report that print the same figures have the same."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from ogi.reports.model import Cell
from ogi.warehouse.frames import DECIMALS


def figures_hash(cells: Iterable[Cell]) -> str | None:
    """Hash the state of every cell, and value and unit where there is a value; order and printed zeros play no part.

    Each cell comes once.

    The audit computes the same from the loaded cells (`expectations.versions`).
    None where not one figure is reported: nothing proves then that two documents say the same.
    """
    in_order = sorted(cells, key=attrgetter("cell"))
    if all(cell.value is None for cell in in_order):
        return None
    lines = [
        f"{cell.cell}|{cell.state}||"
        if cell.value is None
        else f"{cell.cell}|{cell.state}|{canonical(cell.value)}|{cell.unit or ''}"
        for cell in in_order
    ]
    return hashlib.md5("\n".join(lines).encode(), usedforsecurity=False).hexdigest()


@lru_cache(maxsize=100_000)
def canonical(value: Decimal) -> str:
    """Write a figure that the warehouse can hold with all the decimals that it keeps: equal ones are written alike."""
    # Plus nought, so that −0 is 0
    return f"{value + 0:.{DECIMALS}f}"
