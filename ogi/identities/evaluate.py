"""Evaluate the identities within one report; the warehouse evaluates the same rows in SQL, and the audit compares."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Literal

import msgspec

from ogi.identities.model import Identity, Operand, Term, identities

Status = Literal["holds", "broken", "not_assessable"]


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
    return [
        evaluate(identity, cells)
        for identity, usual_cells in _within(template)
        if not cells.keys().isdisjoint(usual_cells)
    ]


@cache
def _within(template: str) -> list[tuple[Identity, tuple[str, ...]]]:
    """List the identities of class `within`, each with the cells of its usual terms."""
    return [
        (identity, tuple(term.cell for term in identity.variants[""]))
        for identity in identities(template).values()
        if identity.identity_class == "within"
    ]


def evaluate(identity: Identity, cells: Mapping[str, Operand]) -> Verdict:
    """Evaluate one identity within one report; any operand that is not `reported` makes it `not_assessable`."""
    terms = _applicable_terms(identity, cells)
    left, right = Decimal(0), Decimal(0)
    for term in terms:
        cell = cells.get(term.cell)
        value = None if cell is None else cell.value
        if value is None:
            return Verdict(identity, terms, "not_assessable", None, None, None)
        if term.side == "left":
            left += value if term.coefficient == 1 else term.coefficient * value
        else:
            right += value if term.coefficient == -1 else -term.coefficient * value
    residual = left - right
    holds = residual <= 0 if identity.relation == "le" else residual == 0
    return Verdict(identity, terms, "holds" if holds else "broken", left, right, residual)


def _applicable_terms(identity: Identity, cells: Mapping[str, Operand]) -> tuple[Term, ...]:
    """Choose the variant: another than the usual one only where it is printed in full and the usual one is not."""
    if len(identity.variants) == 1:
        return identity.variants[""]

    def is_printed(terms: tuple[Term, ...]) -> bool:
        return all(term.cell in cells and cells[term.cell].state != "missing" for term in terms)

    usual = identity.variants[""]
    if is_printed(usual):
        return usual
    return next((terms for name, terms in identity.variants.items() if name and is_printed(terms)), usual)
