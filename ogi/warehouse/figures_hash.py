"""One hash over the figures of a report: documents of one report that print the same figures have the same."""

import hashlib
from collections.abc import Iterable

from ogi.reports.model import Cell
from ogi.warehouse.frames import DECIMALS


def figures_hash(cells: Iterable[Cell]) -> str | None:
    """Hash the state of every cell, and value and unit where there is a value; order and printed zeros play no part.

    The audit computes the same from the loaded cells (`expectations.versions`).
    None where not one figure is reported: nothing proves then that two documents say the same.
    """
    lines = []
    is_reported = False
    for cell in cells:
        figure = "|"
        if cell.value is not None:
            is_reported = True
            # Plus nought, so that −0 is 0
            figure = f"{cell.value + 0:.{DECIMALS}f}|{cell.unit or ''}"
        lines.append((cell.cell, f"{cell.cell}|{cell.state}|{figure}"))
    if not is_reported:
        return None
    text = "\n".join(line for _, line in sorted(lines))
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
