"""Evaluate the identities within one report; the warehouse evaluates the same rows in SQL, and the audit compares."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Literal

import msgspec

from ogi.identities.model import Identity, Operand, Term, identities

Status = Literal["holds", "broken", "not_assessable"]
_NOTHING = Decimal(0)


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The verdict on one identity: left and right sum and left − right, None where it cannot be assessed."""

    identity: Identity
    terms: tuple[Term, ...]
    status: Status
    left: Decimal | None
    right: Decimal | None
    residual: Decimal | None


def evaluate_within(template: str | None, cells: Mapping[str, Operand]) -> list[Verdict]:
    """Evaluate every identity of class `within` that the report's form has, in the seed's order.

    An identity is expected wherever one of its cells is in `cells`, which holds every cell of the template and the
    optional ones that are printed.
    """
    if template is None:
        return []
    figures = reported(cells)
    return [
        evaluate(identity, cells, figures)
        for identity, usual_cells in _within(template)
        if not cells.keys().isdisjoint(usual_cells)
    ]


def reported(cells: Mapping[str, Operand]) -> dict[str, Decimal]:
    """Return the figures of the cells that have one, by cell."""
    return {name: cell.value for name, cell in cells.items() if cell.value is not None}


@cache
def _within(template: str) -> list[tuple[Identity, tuple[str, ...]]]:
    """List the identities of class `within`, each with the cells of its usual terms."""
    return [
        (identity, tuple(term.cell for term in identity.variants[""]))
        for identity in identities(template).values()
        if identity.identity_class == "within"
    ]


def evaluate(identity: Identity, cells: Mapping[str, Operand], figures: Mapping[str, Decimal]) -> Verdict:
    """Evaluate one identity within one report; any operand that is not `reported` makes it `not_assessable`.

    Args:
        identity: whose terms are all of one year.
        cells: the cells that the report has, which decide over the variant.
        figures: what `reported` returns of them.
    """
    variant = "" if len(identity.variants) == 1 else _applicable_variant(identity, cells)
    terms, sides = identity.variants[variant], identity.sides[variant]
    try:
        left = _sum(sides.left, sides.other_left, figures)
        right = _sum(sides.right, sides.other_right, figures)
    except KeyError:  # one is not reported
        return Verdict(identity, terms, "not_assessable", None, None, None)
    residual = left - right
    holds = residual <= 0 if identity.relation == "le" else residual == 0
    return Verdict(identity, terms, "holds" if holds else "broken", left, right, residual)


def _sum(cells: Iterable[str], others: Iterable[tuple[int, str]], figures: Mapping[str, Decimal]) -> Decimal:
    total = sum(map(figures.__getitem__, cells), _NOTHING)
    for factor, cell in others:
        total += factor * figures[cell]
    return total


def _applicable_variant(identity: Identity, cells: Mapping[str, Operand]) -> str:
    """Choose the variant: another than the usual one only where it is printed in full and the usual one is not."""

    def is_printed(terms: tuple[Term, ...]) -> bool:
        return all(term.cell in cells and cells[term.cell].state != "missing" for term in terms)

    if is_printed(identity.variants[""]):
        return ""
    return next((name for name, terms in identity.variants.items() if name and is_printed(terms)), "")
