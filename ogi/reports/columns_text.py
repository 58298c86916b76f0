"""Columns of text for a terminal, in which a Chinese character is as wide as two others."""

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def width(text: str) -> int:
    """Return how many places of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def shortened(text: str, widest: int) -> str:
    """Return a text of at most so many places, the rest as …"""
    if width(text) <= widest:
        return text
    kept = text
    while width(kept) > widest - 1:
        kept = kept[:-1]
    return kept + "…"


def aligned(rows: Sequence[Sequence[str]], widest_label: int) -> list[str]:
    """Return rows as lines: the first column to the left and at most so wide, the others to the right."""
    rows = [[shortened(row[0], widest_label), *row[1:]] for row in rows]
    widths = [max(width(row[i]) for row in rows if i < len(row)) for i in range(max(map(len, rows)))]
    return [
        (
            row[0]
            + " " * (widths[0] - width(row[0]))
            + "".join(_GAP + " " * (widths[i] - width(row[i])) + row[i] for i in range(1, len(row)))
        ).rstrip()
        for row in rows
    ]
