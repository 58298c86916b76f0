"""A document's bytes to its parsed reports: the whole road from file to judged figures."""

from collections.abc import Callable, Sequence

import msgspec

from ogi.documents.archive import FoundDocument, documents_in
from ogi.documents.limits import over_limit
from ogi.documents.model import Document, Remark, UnreadableDocument
from ogi.documents.read import read_document
from ogi.identities.evaluate import evaluate_within
from ogi.identities.model import identities
from ogi.registry.divisions import divisions_by_name
from ogi.reports.applications import read_applications
from ogi.reports.cells import build_cells
from ogi.reports.form import table_form
from ogi.reports.metadata import Metadata, read_metadata
from ogi.reports.model import (
    Cell,
    IdentityResult,
    ParsedReport,
    Place,
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
from ogi.reports.templates import Template, templates

PARSER_VERSION = "5"

_READERS: dict[str, Callable[[Sequence[Row], Template], TableReading]] = {
    "proactive": read_proactive,
    "applications": read_applications,
    "reviews": read_reviews,
    "statistics": read_statistics,
}
_READABLE: tuple[TemplateName, ...] = ("2014", "2019", "2021")


def prepare() -> None:
    """Read the seeds and make the tables that every report needs; else the first report does it."""
    divisions_by_name()
    for template in templates().values():
        identities(template.name)
        for table in template.tables:
            table_form(template.name, table)


def parse_bytes(data: bytes, path: str) -> list[ParsedReport]:
    """Read a document into its reports; never raises for what the document contains.

    Args:
        data: the document as received.
        path: how messages and the source name it.

    Returns:
        The reports of the document, one after the other, or of each member of a ZIP (`x.zip!member`); for one that is no
        annual report or cannot be read, an object whose `report` is None and whose first problem says why.
    """
    return [report for found in documents_in(data, path) for report in parse_found(found)]


def parse_found(found: FoundDocument) -> list[ParsedReport]:
    """Read one document of a file into its reports, as `parse_bytes` does for all of them."""
    return read_and_parse(found)[1]


def read_and_parse(found: FoundDocument) -> tuple[Document, list[ParsedReport]]:
    """Return what the reader saw of a document, nothing where it was refused, and its reports."""
    try:
        if found.refusal:
            raise found.refusal
        document = read_document(found.data)
        source = Source(found.path, found.sha256, document.format, found.size)
        remarks = [*found.remarks, *document.remarks]
        reports = [parse_document(part, source) for part in split_reports(document)]
        return document, [_with_remarks(report, remarks) for report in reports]
    except UnreadableDocument as refused:
        return Document("unknown"), [refused_report(found, refused)]
    except MemoryError:
        return Document("unknown"), [refused_report(found, over_limit("MAX_MEMORY_BYTES"))]


def refused_report(found: FoundDocument, refused: UnreadableDocument) -> ParsedReport:
    """Return the object that says why a document gave no report."""
    source = Source(found.path, found.sha256, "unknown", found.size)
    problem = Problem(refused.code, "error", f"{found.path}：{refused.message}")
    return _with_remarks(
        ParsedReport(source=source, report=None, cells=[], problems=[problem]), found.remarks
    )


def _with_remarks(parsed: ParsedReport, remarks: Sequence[Remark]) -> ParsedReport:
    if not remarks:
        return parsed
    problems = [
        Problem(r.code, "warning", r.message, Place(page=r.page) if r.page else Place()) for r in remarks
    ]
    return msgspec.structs.replace(parsed, problems=[*parsed.problems, *problems])


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
