"""What an expectation is here: one query for the rows that must not exist, and what it means to people."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Kind = Literal["pipeline", "sources"]
Severity = Literal["critical", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One expectation: it holds when `rows_sql` returns no row.

    `rows_sql` is one SELECT without a closing semicolon; it may use the tables of `expectations.tables`. Its columns
    are what a person needs to find the row: agency_id, year, cell, page where they exist.
    `owner` says who acts when it fails: `reading`, `models` or `seeds` of this product, or the `agencies`.
    """

    name: str
    kind: Kind = "pipeline"
    severity: Severity = "critical"
    owner: Literal["reading", "models", "seeds", "agencies"]
    meaning_zh: str
    meaning_en: str
    rows_sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Expectations that belong together, under one title in both languages."""

    name: str
    title_zh: str
    title_en: str
    definitions: tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What the last release had: tonight's build is compared with it.

    `reports` counts raw reports by (year, template), `current` the published ones by year. The identity counts are
    those of class `within`. `last_landed_at` is UTC, without a zone as the warehouse keeps it.
    """

    reports: dict[tuple[int, str | None], int] = field(default_factory=dict)
    current: dict[int, int] = field(default_factory=dict)
    parser_versions: frozenset[str] = frozenset()
    last_landed_at: dt.datetime | None = None
    identities_expected: int = 0
    identities_assessed: int = 0
    identities_broken: int = 0

    @property
    def assessed_share(self) -> Decimal:
        """Assessed identities per expected one, 0 where none was expected."""
        return _share(self.identities_assessed, self.identities_expected)

    @property
    def broken_share(self) -> Decimal:
        """Broken identities per assessed one, 0 where none was assessed."""
        return _share(self.identities_broken, self.identities_assessed)


def _share(part: int, whole: int) -> Decimal:
    return round(Decimal(part) / whole, 6) if whole else Decimal(0)
