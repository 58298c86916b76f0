"""Which template a document prints: by the labels that only one of them has, never by its year."""

from functools import cache

from ogi.reports.labels import normalise, squeeze
from ogi.reports.regions import Regions
from ogi.reports.templates import Template, templates

_SECTIONS = ("2019", "2021")
_STATISTICS = "2014"
# Departments print six rows of their own under the same heading, provinces a form of theirs.
_FEWEST_STATISTICS_ROWS = 15
_LARGEST_FOREIGN_SHARE = 0.25


def recognise(regions: Regions, printed: set[str]) -> Template | None:
    """Return the template whose own labels are printed, or None.

    Args:
        regions: the rows of each table.
        printed: normalised labels printed in the tables, or in running text where separators were lost.
    """
    scores = {name: len(printed & _own_labels(name)) for name in _SECTIONS}
    best = max(scores, key=lambda name: scores[name])
    if sum(score == scores[best] for score in scores.values()) == 1:
        return templates()[best]
    if is_national_statistics(regions):
        return templates()[_STATISTICS]
    return None


def printed_labels(regions: Regions) -> set[str]:
    """Return the normalised texts of the tables' cells that are no values."""
    return {piece.key for rows in regions.values() for row in rows for piece in row.texts}


def is_national_statistics(regions: Regions) -> bool:
    """Tell whether a statistics table is the national form of 2014, not a province's or a department's own."""
    rows = regions.get("statistics", [])
    labels = _labels(_STATISTICS)
    known: set[str] = set()
    foreign = 0
    for row in rows:
        texts = {p.key for p in row.texts if p.is_label}
        if any("累计" in squeeze(text) for text in texts):
            return False
        known |= texts & labels
        has_figure = any(p.figure.value is not None for p in row.pieces)
        foreign += has_figure and len(row.pieces) > 1 and not texts & labels
    return len(known) >= _FEWEST_STATISTICS_ROWS and foreign <= _LARGEST_FOREIGN_SHARE * len(known)


@cache
def _own_labels(name: str) -> frozenset[str]:
    others = frozenset().union(*(_labels(other) for other in _SECTIONS if other != name))
    return _labels(name) - others


@cache
def _labels(name: str) -> frozenset[str]:
    cells = templates()[name].cells
    return frozenset(normalise(label) for cell in cells for label in (*cell.row_path, *cell.column_path))
