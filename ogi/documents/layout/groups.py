"""The labels beside several rows: which rows they stand for."""

from collections.abc import Iterator, Sequence

from ogi.documents.layout.blocks import Block
from ogi.documents.layout.columns import Columns
from ogi.documents.layout.rows import Entry, Row
from ogi.documents.layout.spans import spans


def is_group(block: Block, rows: Sequence[Row]) -> bool:
    """Tell whether a label stands beside rows that have labels of their own to its right."""
    return any(
        row.label is not None
        and row.label.left >= block.right - 1
        and row.page == block.page
        and row.top - (row.bottom - row.top) <= block.middle <= row.bottom + (row.bottom - row.top)
        for row in rows
    )


def place_groups(groups: Sequence[Block], rows: Sequence[Row], columns: Columns) -> None:
    """Put each label of a group into the first of its rows."""
    shift = len(columns.label_starts)
    for column in sorted({columns.label_column(b.left) for b in groups}):
        members = sorted(
            (b for b in groups if columns.label_column(b.left) == column), key=lambda b: b.middle
        )
        placed = list(_group_rows(members, rows, max(b.right for b in members)))
        for block in members:
            first, count = next(((f, n) for b, f, n in placed if b is block), (None, 1))
            if first is None:
                first = min(range(len(rows)), key=lambda i: abs(rows[i].at - block.middle))
            rows[first].entries.append(Entry(block.words, column - shift, 1, count))


def _group_rows(
    members: Sequence[Block], rows: Sequence[Row], right: float
) -> Iterator[tuple[Block, int, int]]:
    """Give the labels of one column of groups with their first row and how many rows they cover."""
    for run in _runs(rows, right):
        pages = [
            [i for i in run if rows[i].page == page] for page in dict.fromkeys(rows[i].page for i in run)
        ]
        for parts in ([run], pages):
            divided = [_divide(part, members, rows) for part in parts]
            found = [d for d in divided if d is not None]
            if len(found) == len(divided):
                for labels in found:
                    yield from labels
                break


def _divide(
    run: Sequence[int], members: Sequence[Block], rows: Sequence[Row]
) -> list[tuple[Block, int, int]] | None:
    """Divide a run of rows among the labels beside it; None where the labels' places do not say how."""
    inside = [b for b in members if b.end > rows[run[0]].top and b.top < rows[run[-1]].bottom]
    if not inside:
        return []
    before = rows[run[0] - 1] if run[0] else None
    starts_anew = before is not None and (before.page != rows[run[0]].page or not before.has_values)
    after = rows[run[-1] + 1] if run[-1] + 1 < len(rows) else None
    ends_page = after is not None and after.page != rows[run[-1]].page
    found = spans(
        [(rows[i].top, rows[i].bottom) for i in run],
        [(b.top, b.end) for b in inside],
        may_continue=starts_anew,
        may_go_on=ends_page,
    )
    if found is None:
        return None
    return [(b, run[first], end - first) for b, (first, end) in zip(inside, found, strict=True)]


def _runs(rows: Sequence[Row], right: float) -> list[list[int]]:
    """Return the runs of rows whose own label begins right of this."""
    runs: list[list[int]] = []
    for index, row in enumerate(rows):
        if row.label is None or row.label.left < right - 1:
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
