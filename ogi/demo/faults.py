"""Deliberate errors in a report's figures, of the kinds that agencies publish."""

import random
from collections.abc import Mapping
from decimal import Decimal

from ogi.demo.figures import APPLICANTS, Figures, outcome_rows
from ogi.identities.model import Term, identities

_KINDS = ("misprinted_cell", "misprinted_cell", "wrong_applicant_column", "total_zero_over_parts", "carry")


def plant_fault(rng: random.Random, template: str, figures: Mapping[str, Decimal]) -> tuple[Figures, str]:
    """Return the figures with one error, and its kind.

    `misprinted_cell`, `wrong_applicant_column` and `total_zero_over_parts` break identities within the report;
    `carry` breaks only the one with the report of the year before. Where the figures leave no room for the kind
    that was drawn (an office without requests), a cell is misprinted.
    """
    kind = rng.choice(_KINDS) if template != "2014" else "misprinted_cell"
    changed = {
        "wrong_applicant_column": _move_column,
        "total_zero_over_parts": _empty_total,
        "carry": _carry_more,
    }.get(kind, _misprint)(rng, template, figures)
    if changed is None:
        kind, changed = "misprinted_cell", _misprint(rng, template, figures)
    return {**figures, **changed}, kind


def _sums(template: str) -> list[tuple[Term, ...]]:
    found = identities(template).values()
    return [i.variants[""] for i in found if i.identity_class == "within" and i.relation == "eq"]


def _misprint(rng: random.Random, template: str, figures: Mapping[str, Decimal]) -> Figures:
    cell = rng.choice(rng.choice(_sums(template))).cell
    return {cell: figures[cell] + rng.choice((1, 2, 3, 9, 10, 90))}


def _move_column(rng: random.Random, _template: str, figures: Mapping[str, Decimal]) -> Figures | None:
    rows = [row for row in outcome_rows() if not row.startswith("other_")]
    filled = [
        (row, column) for row in rows for column in APPLICANTS if figures[f"applications.{row}.{column}"] > 0
    ]
    if not filled:
        return None
    row, source = rng.choice(filled)
    target = rng.choice([column for column in APPLICANTS if column != source])
    at_source, at_target = f"applications.{row}.{source}", f"applications.{row}.{target}"
    return {at_source: figures[at_source] - 1, at_target: figures[at_target] + 1}


def _empty_total(rng: random.Random, template: str, figures: Mapping[str, Decimal]) -> Figures | None:
    totals = {terms[-1].cell for terms in _sums(template) if terms[-1].cell.endswith(".total")}
    filled = sorted(cell for cell in totals if figures[cell] > 0)
    return {rng.choice(filled): Decimal(0)} if filled else None


def _carry_more(rng: random.Random, _template: str, figures: Mapping[str, Decimal]) -> Figures:
    """Carry over some requests that last year's report did not carry forward, and grant them."""
    applicant, more = rng.choice(APPLICANTS), rng.randint(1, 3)
    rows = ("carried_over", "granted", "total_processed")
    cells = (f"applications.{row}.{column}" for row in rows for column in (applicant, "total"))
    return {cell: figures[cell] + more for cell in cells}
