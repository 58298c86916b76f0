"""What a document of the corpus says, in the schema of a parsed report, with what else the corpus knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import msgspec
from msgspec import UNSET, UnsetType

from ogi.demo.histories import Facts
from ogi.identities.evaluate import evaluate_within
from ogi.reports.model import (
    NOWHERE,
    Cell,
    IdentityResult,
    NarrativeCount,
    ParsedReport,
    Place,
    ReportHeader,
    Source,
    State,
)


class TruthCell(Cell, frozen=True):
    """A cell; `accept_states` are as right as the value where the document does not say whose figure it is."""

    accept_states: tuple[State, ...] | UnsetType = UNSET


class TruthReport(ParsedReport, frozen=True, kw_only=True):
    """A parsed report with the layout of its document and the deliberate error in its figures, if any.

    Whoever reads it as `ogi.parsed_report/1` passes over the fields that the schema does not have.
    """

    cells: list[TruthCell]  # type: ignore[assignment]
    layout: str | UnsetType = UNSET
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What one cell prints; `value` is None unless `state` is `reported`."""

    raw: str | None
    state: State
    value: Decimal | None
    unit: str | None
    accept_states: tuple[State, ...] = ()
    where: Place = NOWHERE


def truth_of(
    facts: Facts,
    printed: Mapping[str, Printed],
    header: ReportHeader,
    narrative: list[NarrativeCount],
    source: Source,
    layout: str | None = None,
) -> TruthReport:
    """Put together what a reader should find; the identities are those of the printed figures."""
    verdicts = evaluate_within(facts.template, printed)
    return TruthReport(
        source=source,
        report=header,
        cells=[
            TruthCell(name, p.value, p.state, p.unit, p.raw, p.where, accept_states=p.accept_states or UNSET)
            for name, p in printed.items()
        ],
        narrative=narrative,
        identities=[IdentityResult(v.identity.id, v.status, v.residual) for v in verdicts],
        layout=layout or UNSET,
        fault=facts.fault,
    )


_encoder = msgspec.json.Encoder(decimal_format="number")


def to_line(truth: TruthReport) -> bytes:
    """Encode a truth as one line of JSON."""
    return _encoder.encode(truth) + b"\n"
