"""Which grids' columns can be trusted: those in which every complete row stands under its header."""

from collections.abc import Sequence

from ogi.reports.rows import DataRow


def trusted_grids(found: Sequence[DataRow], width: int) -> set[int]:
    """Return the numbers of the grids whose columns mean the same place in each row.

    Args:
        found: the rows of the form.
        width: how many columns a complete header names; one row whose figures stand beside it refutes the grid.
    """
    trusted: set[int] = set()
    refuted: set[int] = set()
    for row in found:
        grid, under = row.row.grid, row.under_header
        named = [code for _, code in row.header.intervals if code is not None]
        if grid is None or not row.is_under_own_header or len(named) != width:
            continue
        trusted.add(grid)
        printed = [v for v in row.values if not v.is_empty]
        if len(printed) == width and (under is None or not set(printed) <= set(under.pieces)):
            refuted.add(grid)
    return trusted - refuted
