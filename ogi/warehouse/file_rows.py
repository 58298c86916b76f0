"""The rows that one landed file brings: its documents, and which of its reports are taken under which number."""

import io
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from ogi.reports.hints import Hints, with_hints
from ogi.reports.model import ParsedReport, Problem, ReportHeader
from ogi.warehouse.ledger import Quarantined
from ogi.warehouse.queue import LandedDocument
from ogi.warehouse.report_rows import ReportRows, Table

_YEARS = range(1990, 2100)
_INT64 = range(-(2**63), 2**63)
# So many reports of a part are written as they are; fewer go into one file with their neighbours
_WORTH_A_FILE = 100


@dataclass(slots=True)
class SourceDocument:
    """One document within a landed file, and what it gave so far."""

    path: str
    format: str
    size: int
    reports: int = 0
    problems: int = 0
    refusal: Problem | None = None
    digests: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class PartRows:
    """What another process made of a part of a file: its documents, and its rows by table.

    The rows are Parquet (`parquet`) where they are many, which costs the one that writes them least, else in `rows`.
    """

    sources: dict[str, SourceDocument]
    reports: int
    rows: ReportRows
    parquet: dict[str, bytes]


class FileRows:
    """The rows that one landed file brings; its reports are numbered within the document they come from."""

    def __init__(self, landed: LandedDocument, parser_version: str) -> None:
        """Start with no rows."""
        self._landed = landed
        self._parser_version = parser_version
        self._sources: dict[str, SourceDocument] = {}
        self.forget_rows()

    @property
    def sources(self) -> set[str]:
        """The hashes of the documents in this file."""
        return set(self._sources)

    def add(self, text: bytes, parsed: ParsedReport) -> None:
        """Add one report, or the reasons why there is none.

        Args:
            text: the JSON that it came as: what comes twice in the same words within a document is one report.
            parsed: the report.
        """
        digest = sha256(text).digest()
        sha = parsed.source.sha256
        source = self._sources.setdefault(
            sha, SourceDocument(parsed.source.path, parsed.source.format, parsed.source.bytes)
        )
        # The same content under two names, as in a ZIP that holds a copy, is one document
        if digest in source.digests or parsed.source.path != source.path:
            repeated = Problem(
                "report_repeated", "notice", "同一份报告重复出现，只采用一次。 / Given twice, used once."
            )
            self._add_problem(sha, source, repeated)
            return
        source.digests.add(digest)
        if parsed.report is None:
            no_reason = Problem(
                "no_reason_given",
                "error",
                f"{parsed.source.path}：没有报告，也没有说明原因。 / No report, no reason.",
            )
            self._refuse(sha, source, parsed.problems or [no_reason])
        elif not _is_identified(parsed.report):
            unidentified = Problem(
                "report_unidentified",
                "error",
                f"{parsed.source.path}：缺少发布机关或合理的年度，无法入库。"
                " / Without an agency and a plausible year a report cannot be loaded.",
            )
            self._refuse(sha, source, [unidentified, *parsed.problems])
        else:
            source.reports += 1
            self.reports += 1
            self.rows.add(f"{sha}#{source.reports}", parsed, parsed.report)

    def as_part(self) -> PartRows:
        """Return all this as a part of a larger file."""
        if self.reports < _WORTH_A_FILE:
            return PartRows(self._sources, self.reports, self.rows, {})
        parquet = {name: _parquet(table) for name, table in self.rows.tables.items() if len(table)}
        return PartRows(self._sources, self.reports, ReportRows(), parquet)

    def add_part(self, part: PartRows) -> bool:
        """Add the next part of this file, unless it goes on with a document of an earlier one, whose reports count."""
        if not self._sources.keys().isdisjoint(part.sources):
            return False
        self._sources |= part.sources
        self.rows.add_all(part.rows)
        if part.parquet:
            self.parts.append(part.parquet)
        self.reports += part.reports
        return True

    def fail(self, error: Exception) -> None:
        """Add that the reader broke down over this file; what it gave before stays."""
        landed = self._landed
        source = self._sources.setdefault(landed.sha256, SourceDocument(landed.path, "unknown", landed.bytes))
        problem = Problem(
            "reader_failed",
            "error",
            f"{landed.path}：读取程序出错（{type(error).__name__}），请报告此文件。"
            f" / The reader failed: {type(error).__name__}: {' '.join(str(error).split())[:200]}",
        )
        self._refuse(landed.sha256, source, [problem])

    def finish(self) -> list[Quarantined]:
        """Add the rows of the documents themselves; return those that gave no report."""
        landed = self._landed
        if not self._sources:
            source = SourceDocument(landed.path, "unknown", landed.bytes)
            self._sources[landed.sha256] = source
            problem = Problem(
                "nothing_in_file", "error", f"{landed.path}：文件里没有内容。 / Nothing is in the file."
            )
            self._refuse(landed.sha256, source, [problem])
        quarantined = []
        for sha, source in self._sources.items():
            if source.reports == 0 and source.refusal is not None:
                refusal = source.refusal
                quarantined.append(
                    Quarantined(landed.sha256, sha, source.path, refusal.code, refusal.message)
                )
            self.rows.tables["document"].append(
                sha,
                source.path,
                source.format,
                source.size if source.size in _INT64 else None,
                landed.landed_at.replace(tzinfo=None),
                "loaded" if source.reports else "quarantined",
                self._parser_version,
                landed.sha256,
            )
        return quarantined

    def forget_rows(self) -> None:
        """Start the rows anew, as after they were written; what decides over the next reports stays."""
        # What was made here, what others made as Parquet by table, and how many reports are in both
        self.rows = ReportRows()
        self.parts: list[dict[str, bytes]] = []
        self.reports = 0

    def _refuse(self, sha: str, source: SourceDocument, reasons: list[Problem]) -> None:
        source.refusal = source.refusal or reasons[0]
        for problem in reasons:
            self._add_problem(sha, source, problem)

    def _add_problem(self, sha: str, source: SourceDocument, problem: Problem) -> None:
        source.problems += 1
        self.rows.add_problem(sha, None, source.problems, problem)


def as_landed(parsed: ParsedReport, document: LandedDocument) -> ParsedReport:
    """Add to a report what is known of the document: the hints of its source, the page that it was attached to."""
    parsed = with_hints(parsed, Hints(document.district, document.agency))
    if document.page_url is None:
        return parsed
    message = f"此文档是网页 {document.page_url} 的附件。 / It was attached to that page."
    found = Problem("found_as_attachment", "notice", message)
    return msgspec.structs.replace(parsed, problems=[*parsed.problems, found])


def _is_identified(header: ReportHeader) -> bool:
    return bool(header.agency and header.agency.strip()) and header.year in _YEARS


def _parquet(table: Table) -> bytes:
    buffer = io.BytesIO()
    table.frame().write_parquet(buffer)
    return buffer.getvalue()
