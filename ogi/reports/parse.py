"""A document's bytes to its parsed reports: the whole road from file to judged figures."""

import hashlib
from collections.abc import Callable, Sequence

from ogi.documents.model import Document, UnreadableDocument
from ogi.documents.read import read_document
from ogi.identities.evaluate import evaluate_within
from ogi.reports.applications import read_applications
from ogi.reports.cells import build_cells
from ogi.reports.metadata import Metadata, read_metadata
from ogi.reports.model import (
    Cell,
    IdentityResult,
    ParsedReport,
    Problem,
    ReportHeader,
    Source,
    TemplateName,
)
from ogi.reports.narrative import read_narrative
from ogi.reports.proactive import read_proactive
from ogi.reports.problems import metadata_problems, not_a_report, table_missing, template_not_recognised
from ogi.reports.reading import TableReading
from ogi.reports.recognise import printed_labels, recognise
from ogi.reports.regions import Regions, Row, find_regions
from ogi.reports.reviews import read_reviews
from ogi.reports.running_text import unfold
from ogi.reports.split import split_reports
from ogi.reports.statistics import read_statistics
from ogi.reports.templates import Template

PARSER_VERSION = "2"

_READERS: dict[str, Callable[[Sequence[Row], Template], TableReading]] = {
    "proactive": read_proactive,
    "applications": read_applications,
    "reviews": read_reviews,
    "statistics": read_statistics,
}
_READABLE: tuple[TemplateName, ...] = ("2014", "2019", "2021")


def parse_bytes(data: bytes, path: str) -> list[ParsedReport]:
    """Read a document into its reports; never raises for what the document contains.

    Args:
        data: the document as received.
        path: how messages and the source name it.

    Returns:
        One report, or several that stand one after the other in the document; for a document that is no annual report or cannot be read, one object whose `report` is None and
        whose first problem says why.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        document = read_document(data)
    except UnreadableDocument as refused:
        source = Source(path, digest, "unknown", len(data))
        problem = Problem(refused.code, "error", f"{path}：{refused.message}")
        return [ParsedReport(source=source, report=None, cells=[], problems=[problem])]
    source = Source(path, digest, document.format, len(data))
    return [parse_document(part, source) for part in split_reports(document)]


def parse_document(document: Document, source: Source) -> ParsedReport:
    """Read one document, whatever format it came in."""
    metadata = read_metadata(document)
    regions = find_regions(unfold(document.blocks))
    has_figures = any(
        p.figure.value is not None for rows in regions.values() for row in rows for p in row.pieces
    )
    if metadata.title is None and not has_figures:
        problem = not_a_report(source.path)
        return ParsedReport(source=source, report=None, cells=[], problems=[problem])
    template = recognise(regions, printed_labels(regions))
    cells, problems = _read_tables(regions, template)
    verdicts = evaluate_within(template.name if template else None, {cell.cell: cell for cell in cells})
    return ParsedReport(
        source=source,
        report=_header(metadata, template),
        cells=cells,
        narrative=read_narrative(document),
        identities=[IdentityResult(v.identity.id, v.status, v.residual) for v in verdicts],
        problems=[*metadata_problems(metadata, source.path), *problems],
    )


def _read_tables(regions: Regions, template: Template | None) -> tuple[list[Cell], list[Problem]]:
    if template is None:
        return [], [template_not_recognised(regions)]
    merged = TableReading()
    problems: list[Problem] = []
    for table, read in _READERS.items():
        if not template.table(table):
            continue
        rows = regions.get(table, [])
        reading = read(rows, template)
        if not reading.taken and not reading.undecided:
            problems.append(table_missing(table))
        pieces = [piece for row in rows for piece in row.pieces]
        problems.extend(reading.problems + reading.unclaimed(pieces))
        merged.merge(reading)
    cells, cell_problems = build_cells(template, merged)
    return cells, problems + cell_problems


def _header(metadata: Metadata, template: Template | None) -> ReportHeader:
    name: TemplateName | None = next(
        (n for n in _READABLE if template is not None and template.name == n), None
    )
    return ReportHeader(
        agency=metadata.agency,
        agency_full=metadata.agency_full,
        division_code=metadata.division_code,
        year=metadata.year,
        template=name,
        document_number=metadata.document_number,
        published_on=metadata.published_on,
        period_start=metadata.period_start,
        period_end=metadata.period_end,
    )
