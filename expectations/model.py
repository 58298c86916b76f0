"""What an expectation is here: one query for the rows that must not exist, and what it means to people."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["pipeline", "sources"]
Severity = Literal["critical", "warning"]
Owner = Literal["intake", "reading", "models", "seeds", "agencies"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One expectation: it holds when `rows_sql` returns no row.

    `rows_sql` is one SELECT without a closing semicolon; beside the warehouse's tables it may read those of
    `expectations.tables`. Its columns are what a person needs to find the row: agency_id, year, cell, page.
    Severity `critical` stops a release, a `warning` is published with it. `owner`: where the cause may lie.
    """

    name: str
    kind: Kind = "pipeline"
    severity: Severity = "critical"
    owner: Owner
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
class Outcome:
    """What became of one expectation: the rows it found (how many, and the first of them), or its error."""

    suite: Suite
    definition: Definition
    rows_in_all: int
    rows: list[dict[str, Any]]
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What the last release had, with which tonight's build is compared; empty where there is none yet.

    `reports` counts every version of a report by (year, template), `current` the current ones by year. The
    identity counts are those within a report, over every version: a correction alone changes no share.
    `rows` counts the rows of each table, `ceilings` are the highest usual shares by (measure, class) of `expectations.shares`.
    `last_number` is the highest number of a report that it had: what is read later gets a higher one.
    `last_landed_at` is UTC, without a zone as the warehouse keeps it. `last_batch` is the last batch that it had: the
    names of batches sort by the time of reading. `content` has of each table the number of its rows and the sum of
    their hashes; only where the build is of the same documents by the same code, so that it must have the same.
    """

    reports: dict[tuple[int, str | None], int] = field(default_factory=dict)
    current: dict[int, int] = field(default_factory=dict)
    last_landed_at: dt.datetime | None = None
    last_batch: str = ""
    last_number: int = 0
    identities_expected: int = 0
    identities_assessed: int = 0
    identities_broken: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    ceilings: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    content: dict[str, tuple[int, Decimal]] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Tell whether there was a release with documents."""
        return self.last_landed_at is not None

    @property
    def assessed_share(self) -> Decimal:
        """Assessed identities per expected one, 0 where none was expected."""
        return share(self.identities_assessed, self.identities_expected)

    @property
    def broken_share(self) -> Decimal:
        """Broken identities per assessed one, 0 where none was assessed."""
        return share(self.identities_broken, self.identities_assessed)


def share(part: int, whole: int) -> Decimal:
    """Return part / whole to six decimals, 0 where there is no whole."""
    return round(Decimal(part) / whole, 6) if whole else Decimal(0)
