"""Which grids' columns can be trusted: those in which every complete row stands under its header."""

from collections.abc import Sequence

from ogi.reports.rows import DataRow


def trusted_grids(found: Sequence[DataRow], width: int) -> set[int]:
    """Return the numbers of the grids whose columns mean the same place in each row.

    One row whose figures stand beside its header refutes a grid. One without a header of its own, as a page leaves it,
    needs a row that stands under the header before it and reaches from its first column to its last.

    Args:
        found: the rows of the form.
        width: how many columns a complete header names.
    """
    trusted: set[int] = set()
    refuted: set[int] = set()
    for row in found:
        grid, under = row.row.grid, row.under_header
        if grid is None or not row.header.is_aligned or row.header.placed_columns != width:
            continue
        printed = [v for v in row.values if not v.is_empty]
        is_complete = len(printed) == width
        stands_under = under is not None and set(printed) <= set(under.pieces)
        ends = (under.pieces[0], under.pieces[-1]) if under is not None else ()
        reaches_over = bool(ends) and all(end is not None and not end.is_empty for end in ends)
        if row.is_under_own_header or (stands_under and (is_complete or reaches_over)):
            trusted.add(grid)
        if is_complete and not stands_under:
            refuted.add(grid)
    return trusted - refuted
