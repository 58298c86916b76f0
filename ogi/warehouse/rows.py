"""Parsed reports to rows of the raw tables; what cannot be stored exactly is said, never rounded."""

from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

import msgspec

from ogi.identities.evaluate import evaluate_within
from ogi.reports.check import check_report
from ogi.reports.model import (
    Cell,
    IdentityResult,
    NarrativeCount,
    ParsedReport,
    Place,
    Problem,
    ReportHeader,
    to_json,
)
from ogi.warehouse.figures_hash import figures_hash
from ogi.warehouse.frames import BATCH_TABLES, DECIMALS, INTEGER_DIGITS
from ogi.warehouse.ledger import Quarantined
from ogi.warehouse.queue import LandedDocument

YEARS = range(1990, 2100)
_INT32 = range(-(2**31), 2**31)
_INT64 = range(-(2**63), 2**63)
_LARGEST_SCALE = 127
_LAST_DECIMAL = Decimal(1).scaleb(-DECIMALS)


@dataclass(slots=True)
class _Source:
    """One document within a landed file, and what it gave so far."""

    path: str
    format: str
    size: int
    reports: int = 0
    problems: int = 0
    refusal: Problem | None = None
    digests: set[bytes] = field(default_factory=set)


class FileRows:
    """The rows that one landed file brings; its reports are numbered within the document they come from."""

    def __init__(self, landed: LandedDocument, parser_version: str) -> None:
        """Start with no rows."""
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in BATCH_TABLES}
        self._landed = landed
        self._parser_version = parser_version
        self._sources: dict[str, _Source] = {}

    @property
    def sources(self) -> set[str]:
        """The hashes of the documents in this file."""
        return set(self._sources)

    def add(self, parsed: ParsedReport) -> None:
        """Add one report, or the reasons why there is none.

        Raises:
            UnicodeEncodeError: a text has half a character and can be stored nowhere.
        """
        digest = sha256(to_json(parsed)).digest()
        sha = parsed.source.sha256
        source = self._sources.setdefault(
            sha, _Source(parsed.source.path, parsed.source.format, parsed.source.bytes)
        )
        # The same content under two names, as in a ZIP that holds a copy, is one document
        if digest in source.digests or parsed.source.path != source.path:
            repeated = Problem(
                "report_repeated", "notice", "同一份报告重复出现，只采用一次。 / Given twice, used once."
            )
            self._add_problem(sha, None, self._next_problem(source), repeated)
            return
        source.digests.add(digest)
        if parsed.report is None:
            reasons = parsed.problems or [
                Problem(
                    "no_reason_given",
                    "error",
                    f"{parsed.source.path}：没有报告，也没有说明原因。 / No report, no reason.",
                )
            ]
            self._refuse(sha, source, reasons)
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
            self._add_report(f"{sha}#{source.reports}", parsed, parsed.report)

    def fail(self, error: Exception) -> None:
        """Add that the reader broke down over this file; what it gave before stays."""
        landed = self._landed
        source = self._sources.setdefault(landed.sha256, _Source(landed.path, "unknown", landed.bytes))
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
            source = _Source(landed.path, "unknown", landed.bytes)
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
            self.rows["document"].append(
                (
                    sha,
                    source.path,
                    source.format,
                    _within(_INT64, source.size),
                    landed.landed_at.replace(tzinfo=None),
                    "loaded" if source.reports else "quarantined",
                    self._parser_version,
                    landed.sha256,
                )
            )
        return quarantined

    def _refuse(self, sha: str, source: _Source, reasons: list[Problem]) -> None:
        source.refusal = source.refusal or reasons[0]
        for problem in reasons:
            self._add_problem(sha, None, self._next_problem(source), problem)

    def _next_problem(self, source: _Source) -> int:
        source.problems += 1
        return source.problems

    def _add_report(self, report_id: str, parsed: ParsedReport, header: ReportHeader) -> None:
        cells, problems = _storable_cells(parsed.cells)
        narrative, narrative_problems = _storable_narrative(parsed.narrative)
        identities = parsed.identities
        if problems:  # a cell lost its number, so its identities cannot be assessed any more
            verdicts = evaluate_within(header.template, {cell.cell: cell for cell in cells})
            identities = [IdentityResult(v.identity.id, v.status, v.residual) for v in verdicts]
        self.rows["report"].append(
            (
                report_id,
                parsed.source.sha256,
                header.agency,
                header.agency_full,
                header.year,
                header.template,
                header.document_number,
                header.published_on,
                header.period_start,
                header.period_end,
                header.division_code,
                figures_hash(cells),
            )
        )
        self.rows["cell"].extend(_cell_row(report_id, cell) for cell in cells)
        self.rows["narrative"].extend(
            (
                report_id,
                number,
                count.measure,
                count.label,
                count.value,
                count.unit,
                count.quote,
                _within(_INT32, count.where.page),
                _within(_INT32, count.where.line),
            )
            for number, count in enumerate(narrative, start=1)
        )
        self.rows["identity"].extend(
            (report_id, verdict.id, verdict.status, verdict.residual if fits(verdict.residual) else None)
            for verdict in identities
        )
        for number, problem in enumerate([*parsed.problems, *problems, *narrative_problems], start=1):
            self._add_problem(parsed.source.sha256, report_id, number, problem)
        if any(verdict.status == "broken" for verdict in identities) or any(
            c.state == "blank" for c in cells
        ):
            self._add_findings(report_id, msgspec.structs.replace(parsed, cells=cells))

    def _add_findings(self, report_id: str, parsed: ParsedReport) -> None:
        """Add what the diagnosis says of a report's broken identities and omitted totals: the same as `ogi check`."""
        for number, finding in enumerate(check_report(parsed).result.findings, start=1):
            identities = " ".join(finding.identities)
            statements = (finding.statement_zh, finding.statement_en)
            self.rows["finding"].append(
                (report_id, number, finding.kind, finding.side, identities, *statements)
            )
            self.rows["finding_cell"].extend(
                (report_id, number, s.cell, s.printed, s.implied if fits(s.implied) else None)
                for s in finding.cells
            )

    def _add_problem(self, sha: str, report_id: str | None, number: int, problem: Problem) -> None:
        place = problem.where
        self.rows["problem"].append(
            (
                sha,
                report_id,
                number,
                problem.code,
                problem.severity,
                problem.message,
                _within(_INT32, place.page),
                _within(_INT32, place.table),
                _within(_INT32, place.row),
                _within(_INT32, place.column),
                _within(_INT32, place.line),
            )
        )


def fits(value: Decimal | None) -> bool:
    """Tell whether the warehouse can hold a figure exactly; None, no figure, always fits."""
    if value is None:
        return True
    if not value.is_finite():
        return False
    return not value or (value.adjusted() < INTEGER_DIGITS and value == value.quantize(_LAST_DECIMAL))


def _is_identified(header: ReportHeader) -> bool:
    return bool(header.agency and header.agency.strip()) and header.year in YEARS


def _storable_cells(cells: list[Cell]) -> tuple[list[Cell], list[Problem]]:
    """Turn a figure that does not fit into an illegible one that keeps its characters."""
    kept, problems = [], []
    for cell in cells:
        if fits(cell.value):
            kept.append(cell)
            continue
        raw = cell.raw if cell.raw is not None else str(cell.value)
        kept.append(msgspec.structs.replace(cell, value=None, state="illegible", raw=raw))
        problems.append(_out_of_range(cell.cell, cell.value, cell.where))
    return kept, problems


def _storable_narrative(counts: list[NarrativeCount]) -> tuple[list[NarrativeCount], list[Problem]]:
    kept = [count for count in counts if fits(count.value)]
    problems = [
        _out_of_range(f"{count.measure}（{count.quote}）", count.value, count.where)
        for count in counts
        if not fits(count.value)
    ]
    return kept, problems


def _out_of_range(what: str, value: Decimal | None, where: Place) -> Problem:
    return Problem(
        "figure_out_of_range",
        "warning",
        f"{what}：数字 {value} 超出可保存的范围（整数十二位、小数六位），按无法辨认处理。"
        " / The figure has more than twelve digits or six decimals; kept as illegible.",
        where,
    )


def _cell_row(report_id: str, cell: Cell) -> tuple[Any, ...]:
    place = cell.where
    return (
        report_id,
        cell.cell,
        cell.value,
        None if cell.value is None else _printed_decimals(cell.value),
        cell.state,
        cell.unit,
        cell.raw,
        _within(_INT32, place.page),
        _within(_INT32, place.table),
        _within(_INT32, place.row),
        _within(_INT32, place.column),
    )


def _printed_decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(max(-exponent, 0), _LARGEST_SCALE) if isinstance(exponent, int) else 0


def _within(allowed: range, number: object) -> int | None:
    """Return a whole number that its column can hold; None for one that is absent or absurd."""
    return number if isinstance(number, int) and number in allowed else None
