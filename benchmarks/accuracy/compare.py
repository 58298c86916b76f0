"""One document's reading against its truth."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from msgspec import UNSET

from ogi.demo.truth import TruthCell, TruthReport
from ogi.reports.model import Cell, ParsedReport

HEADER_FIELDS = (
    "agency",
    "year",
    "template",
    "division_code",
    "published_on",
    "document_number",
    "period_end",
)
_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


@dataclass
class Score:
    """What became of the cells, metadata, prose and identities of one document or of many."""

    documents: int = 0
    unread: int = 0
    cells: int = 0
    cells_right: int = 0
    wrong_numbers: int = 0
    fields: int = 0
    fields_right: int = 0
    counts: int = 0
    counts_found: int = 0
    counts_wrong: int = 0
    broken: int = 0
    broken_found: int = 0
    false_alarms: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add the score of another document."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def compare(truth: TruthReport, parsed: ParsedReport) -> Score:
    """Score one reading; a document that gave no report has every cell and field wrong."""
    score = Score(documents=1)
    if truth.report is None:
        return _compare_with_nothing(score, parsed)
    score.unread = int(parsed.report is None)
    _compare_cells(score, truth, parsed)
    _compare_header(score, truth, parsed)
    _compare_narrative(score, truth, parsed)
    _compare_identities(score, truth, parsed)
    if parsed.report is None:
        score.differences = [f"no report: {problem.code}" for problem in parsed.problems]
    return score


def _compare_with_nothing(score: Score, parsed: ParsedReport) -> Score:
    """Score the reading of a document that is no report: right is to say so, every number is wrong."""
    score.fields, score.fields_right = 1, int(parsed.report is None)
    score.wrong_numbers = sum(cell.state == "reported" for cell in parsed.cells)
    if parsed.report is not None:
        score.differences.append("read as a report")
    return score


def _compare_cells(score: Score, truth: TruthReport, parsed: ParsedReport) -> None:
    read = {cell.cell: cell for cell in parsed.cells}
    for cell in truth.cells:
        found = read.pop(cell.cell, None)
        score.cells += 1
        if is_right(cell, found):
            score.cells_right += 1
            continue
        score.wrong_numbers += is_wrong_number(cell, found)
        score.differences.append(f"{cell.cell}: printed {_shown(cell)}, read {_shown(found)}")
    for found in read.values():
        if found.state == "reported":
            score.wrong_numbers += 1
            score.differences.append(f"{found.cell}: not printed, read {_shown(found)}")


def is_right(truth: TruthCell, found: Cell | None) -> bool:
    """Tell whether a cell was read as it is printed, or left undecided where the document leaves it so."""
    state = found.state if found else "missing"
    if truth.accept_states is not UNSET and state in truth.accept_states:
        return True
    if found is None:
        return truth.state == "missing"
    return found.state == truth.state and (found.value is None or _is_same_amount(truth, found))


def is_wrong_number(truth: TruthCell, found: Cell | None) -> bool:
    """Tell whether a number was reported that the cell does not print."""
    if found is None or found.state != "reported":
        return False
    return truth.state != "reported" or not _is_same_amount(truth, found)


def _is_same_amount(truth: Cell, found: Cell) -> bool:
    """Compare values; amounts in 元 and in 万元 are the same if they are worth the same."""
    if truth.value is None or found.value is None:
        return truth.value == found.value
    if truth.unit == found.unit or {truth.unit, found.unit} - _YUAN.keys():
        return truth.value == found.value and (truth.unit == found.unit or truth.value == 0)
    return truth.value * _YUAN[truth.unit or ""] == found.value * _YUAN[found.unit or ""]


def _compare_header(score: Score, truth: TruthReport, parsed: ParsedReport) -> None:
    for name in HEADER_FIELDS:
        expected, found = getattr(truth.report, name), getattr(parsed.report, name, None)
        score.fields += 1
        is_same = parsed.report is not None and expected == found
        score.fields_right += is_same
        if not is_same:
            score.differences.append(f"report.{name}: printed {expected}, read {found}")


def _compare_narrative(score: Score, truth: TruthReport, parsed: ParsedReport) -> None:
    read: dict[str, set[Decimal]] = {}
    for count in parsed.narrative:
        read.setdefault(count.measure, set()).add(count.value)
    for stated in truth.narrative:
        found = read.get(stated.measure, set())
        score.counts += 1
        score.counts_found += stated.value in found
        score.counts_wrong += len(found - {stated.value})
        if found != {stated.value}:
            values = [str(value) for value in sorted(found)]
            score.differences.append(f"prose {stated.measure}: printed {stated.value}, read {values}")


def _compare_identities(score: Score, truth: TruthReport, parsed: ParsedReport) -> None:
    broken = {verdict.id for verdict in truth.identities if verdict.status == "broken"}
    found = {verdict.id for verdict in parsed.identities if verdict.status == "broken"}
    is_decided = all(cell.accept_states is UNSET for cell in truth.cells)
    score.broken += len(broken if is_decided else broken & found)
    score.broken_found += len(broken & found)
    score.false_alarms += len(found - broken)
    score.differences += _identity_differences(broken - found if is_decided else set(), "not found broken")
    score.differences += _identity_differences(found - broken, "false alarm")


def _identity_differences(names: set[str], what: str) -> Iterator[str]:
    return (f"identity {name}: {what}" for name in sorted(names))


def _shown(cell: Cell | None) -> str:
    if cell is None:
        return "nothing"
    return (
        f"{cell.value} {cell.unit or ''}".strip()
        if cell.state == "reported"
        else f"{cell.state} ({cell.raw})"
    )
