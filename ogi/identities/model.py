"""The identities as data: linear sums over cells, read from `seeds/identities.csv` and `seeds/identity_terms.csv`."""

import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, Protocol

from ogi.project import read_seed

Side = Literal["left", "right"]


class Operand(Protocol):
    """What an identity needs to know of a cell."""

    @property
    def state(self) -> str:
        """`reported`, or why there is no number."""

    @property
    def value(self) -> Decimal | None:
        """The printed number; None unless the state is `reported`."""


@dataclass(frozen=True, slots=True)
class Term:
    """One summand: coefficient × cell of the report of `year_offset` years from this one."""

    side: Side
    cell: str
    coefficient: int
    year_offset: int


@dataclass(frozen=True, slots=True)
class Sides:
    """What each side of an identity adds up: the cells that count once there, and other terms with their factors."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    other_left: tuple[tuple[int, str], ...]
    other_right: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """Σ coefficient × cell = 0 (`eq`) or ≤ 0 (`le`).

    `variants` holds the terms, the usual ones under ''; `sides` has of each variant both sides.
    """

    id: str
    template: str
    identity_class: str
    severity: str
    relation: Literal["eq", "le"]
    statement_zh: str
    statement_en: str
    variants: dict[str, tuple[Term, ...]]
    sides: dict[str, Sides]


@cache
def identities(template: str) -> dict[str, Identity]:
    """Return the identities of a template by id, in the seed's order; empty for an unknown template."""
    terms: dict[str, dict[str, list[Term]]] = {}
    for row in read_seed("identity_terms"):
        if row["template"] == template:
            term = Term(
                "left" if row["side"] == "left" else "right",
                sys.intern(row["cell"]),
                int(row["coefficient"]),
                int(row["year_offset"]),
            )
            terms.setdefault(row["identity_id"], {}).setdefault(row["variant"], []).append(term)
    return {
        row["identity_id"]: Identity(
            id=row["identity_id"],
            template=template,
            identity_class=row["class"],
            severity=row["severity"],
            relation="le" if row["relation"] == "le" else "eq",
            statement_zh=row["statement_zh"],
            statement_en=row["statement_en"],
            variants={name: tuple(parts) for name, parts in terms[row["identity_id"]].items()},
            sides={name: _sides(parts) for name, parts in terms[row["identity_id"]].items()},
        )
        for row in read_seed("identities")
        if row["template"] == template
    }


def _sides(terms: list[Term]) -> Sides:
    # The coefficients are those of left − right
    left = [(term.coefficient, term.cell) for term in terms if term.side == "left"]
    right = [(-term.coefficient, term.cell) for term in terms if term.side == "right"]
    return Sides(_once(left), _once(right), _otherwise(left), _otherwise(right))


def _once(terms: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(cell for factor, cell in terms if factor == 1)


def _otherwise(terms: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(term for term in terms if term[0] != 1)
