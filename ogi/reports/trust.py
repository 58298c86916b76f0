"""Which grids' columns can be trusted: those in which every complete row stands under its header."""

from collections.abc import Sequence

from ogi.reports.placing import place_by_header
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
        grid, header = row.row.grid, row.header
        places = [place for place, code in header.intervals() if code is not None]
        if grid is None or not header.is_aligned or header.grid != grid or len(places) != width:
            continue
        trusted.add(grid)
        under = place_by_header(row.row.pieces, [place for place, _ in header.intervals()])
        printed = [v for v in row.values if not v.is_empty]
        if len(printed) == width and (under is None or not set(printed) <= set(under.pieces)):
            refuted.add(grid)
    return trusted - refuted
