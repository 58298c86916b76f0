"""The parsed report, as `ogi parse` prints it and as `*.jsonl` files carry it (schema `ogi.parsed_report/1`)."""

import datetime as dt
from decimal import Decimal
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

SCHEMA: Literal["ogi.parsed_report/1"] = "ogi.parsed_report/1"

State = Literal["reported", "blank", "not_applicable", "illegible", "missing"]
Status = Literal["holds", "broken", "not_assessable"]
Severity = Literal["error", "warning", "notice"]
TemplateName = Literal["2014", "2019", "2021"]


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where something is printed; every number counts from 1, `page` is null where the format has no pages.

    A figure has table, row and column, prose has line. What does not apply is left out.
    """

    page: int | None | UnsetType = UNSET
    table: int | None | UnsetType = UNSET
    row: int | None | UnsetType = UNSET
    column: int | None | UnsetType = UNSET
    line: int | None | UnsetType = UNSET


NOWHERE = Place()


class Problem(msgspec.Struct, frozen=True):
    """Something the reader could not do or a person should look at; `message` is Chinese first, then English."""

    code: str
    severity: Severity
    message: str
    where: Place = NOWHERE


class Source(msgspec.Struct, frozen=True):
    """The document a report was read from."""

    path: str
    sha256: str
    format: str
    bytes: int


class ReportHeader(msgspec.Struct, frozen=True):
    """What the document says of itself; null where it does not say it."""

    agency: str | None
    agency_full: str | None
    division_code: str | None
    year: int | None
    template: TemplateName | None
    document_number: str | None
    published_on: dt.date | None
    period_start: dt.date | None
    period_end: dt.date | None


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell of the template as printed: `value` is null unless `state` is `reported`; `raw` null if missing."""

    cell: str
    value: Decimal | None
    state: State
    unit: str | None
    raw: str | None
    where: Place = NOWHERE


class NarrativeCount(msgspec.Struct, frozen=True):
    """A count that the prose states, with the words around it; `label` says which one of several of its kind."""

    measure: str
    value: Decimal
    unit: str | None
    quote: str
    where: Place = NOWHERE
    label: str | None = None


class IdentityResult(msgspec.Struct, frozen=True, gc=False):
    """The verdict on one identity; `residual` is left minus right, null where it cannot be assessed."""

    id: str
    status: Status
    residual: Decimal | None


class ParsedReport(msgspec.Struct, frozen=True, kw_only=True):
    """One report, or a document that gave none (`report` null, and `problems` says why)."""

    schema: Literal["ogi.parsed_report/1"] = SCHEMA
    source: Source
    report: ReportHeader | None
    cells: list[Cell]
    narrative: list[NarrativeCount] = []
    identities: list[IdentityResult] = []
    problems: list[Problem] = []


_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(ParsedReport)


def to_json(report: ParsedReport) -> bytes:
    """Encode one report as one line of JSON; amounts keep their printed decimals."""
    return _encoder.encode(report)


def from_json(line: bytes) -> ParsedReport:
    """Decode and validate one line of `ogi.parsed_report/1`.

    Raises:
        msgspec.ValidationError: the object is not of the schema; the message names the field's path.
        msgspec.DecodeError: the line is not JSON.
    """
    return _decoder.decode(line)
