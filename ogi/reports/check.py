"""A report judged for its agency: which identities are broken, by how much, where, and which figure is suspect."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import msgspec

from ogi.identities.diagnose import Finding, diagnose
from ogi.identities.evaluate import Verdict, evaluate_within
from ogi.reports.finding_text import state_finding
from ogi.reports.model import NOWHERE, Cell, ParsedReport, Place, Problem, ReportHeader, Source


class BrokenIdentity(msgspec.Struct, frozen=True):
    """A broken identity with both sums; `residual` is left minus right."""

    id: str
    left: Decimal
    right: Decimal
    residual: Decimal


class SuspectCell(msgspec.Struct, frozen=True):
    """A cell that may be misprinted; `implied` is the figure that mends every identity it stands in, if certain."""

    cell: str
    printed: Decimal | None
    implied: Decimal | None
    where: Place = NOWHERE


class CheckFinding(msgspec.Struct, frozen=True):
    """An explanation of broken identities; `side` says whether the document prints it so or we may have misread."""

    kind: str
    side: Literal["source", "reading"]
    identities: list[str]
    cells: list[SuspectCell]
    statement_zh: str
    statement_en: str


class CheckResult(msgspec.Struct, frozen=True):
    """What `ogi check` says of one report."""

    source: Source
    report: ReportHeader | None
    broken: list[BrokenIdentity]
    findings: list[CheckFinding]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """The result with what its explanation in words needs."""

    result: CheckResult
    verdicts: list[Verdict]
    cells: dict[str, Cell]


def check_report(parsed: ParsedReport) -> CheckedReport:
    """Evaluate a parsed report's identities and explain the broken ones."""
    cells = {cell.cell: cell for cell in parsed.cells}
    template = parsed.report.template if parsed.report else None
    verdicts = evaluate_within(template, cells)
    broken = [
        BrokenIdentity(v.identity.id, v.left, v.right, v.residual)
        for v in verdicts
        if v.status == "broken" and v.left is not None and v.right is not None and v.residual is not None
    ]
    findings = [_finding(f, verdicts, cells, parsed) for f in diagnose(verdicts, cells)]
    result = CheckResult(parsed.source, parsed.report, broken, findings, parsed.problems)
    return CheckedReport(result, verdicts, cells)


def _finding(
    finding: Finding, verdicts: list[Verdict], cells: dict[str, Cell], parsed: ParsedReport
) -> CheckFinding:
    template = parsed.report.template if parsed.report else None
    statement_zh, statement_en = state_finding(finding, template)
    touched = {t.cell for v in verdicts if v.identity.id in finding.identities for t in v.terms}
    return CheckFinding(
        kind=finding.kind,
        side="reading" if _may_be_misread(touched, cells, parsed.problems) else "source",
        identities=list(finding.identities),
        cells=[SuspectCell(s.cell, s.printed, s.implied, cells[s.cell].where) for s in finding.suspects],
        statement_zh=statement_zh,
        statement_en=statement_en,
    )


def _may_be_misread(touched: set[str], cells: dict[str, Cell], problems: list[Problem]) -> bool:
    """Whether the reader left a figure of one of these rows over, or chose between readings of it."""
    doubtful = {
        (p.where.table, p.where.row)
        for p in problems
        if p.code in ("figure_unclaimed", "reading_chosen_by_identity") and p.where != NOWHERE
    }
    return any(
        (cells[name].where.table, cells[name].where.row) in doubtful for name in touched if name in cells
    )
