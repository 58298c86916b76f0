"""What changed between two releases, in words."""

from collections.abc import Iterator
from decimal import Decimal

from ogi.warehouse.release_diff import Changes

_SHOWN = 5
_CHANGES = {"added": "新增数字 / figures added", "gone": "消失 / gone", "changed": "改变 / changed"}


def changed_figures(changes: Changes) -> Iterator[str]:
    """Say which figures changed against another release, how many, and what they come from."""
    yield f"与 {changes.against} 相比 / against {changes.against}"
    if changes.why_not:
        yield f"  {changes.why_not}"
        return
    for change, label in _CHANGES.items():
        yield figure_line(label, changes.count(change))
        for row in changes.figures:
            if row["change"] == change:
                yield f"    {row['cause']}: {row['figures']}"
    yield figure_line("涉及报告 / reports", sum(changes.reports.values()))
    lines = [
        f"{row['agency_id']} {row['year']} {row['cell']}: {_number(row['old_value'])} → {_number(row['new_value'])}"
        f" ({row['cause']})"
        for row in changes.first
    ]
    if lines:
        yield "  最先几项 / the first of them"
        yield from (f"    {line}" for line in lines[:_SHOWN])


def _number(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:f}"


def figure_line(label: str, number: int) -> str:
    """Set a figure behind its label; a Chinese character is two columns wide."""
    width = sum(2 if ord(character) > 0x2E80 else 1 for character in label)  # noqa: PLR2004 - where CJK begins
    return f"  {label}{' ' * max(1, 34 - width)}{number:>10}"
