"""Which printed figure is wrong: the identities of a table form an error-correcting code.

A cell of table 三 stands in a row identity and up to two column identities. The smallest explanation of all broken
identities of a report is looked for: one cell whose repair mends every identity it stands in and leaves the others as
they are. Only a unique explanation is named; else the candidates are, without a figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations
from typing import Literal

from ogi.identities.evaluate import Verdict
from ogi.identities.model import Operand

FindingKind = Literal["misprinted_cell", "total_zero_over_parts", "wrong_applicant_column", "undetermined"]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell with the printed figure and the one that would repair it (None where none is certain)."""

    cell: str
    printed: Decimal | None
    implied: Decimal | None


@dataclass(frozen=True, slots=True)
class Finding:
    """An explanation of some broken identities."""

    kind: FindingKind
    identities: tuple[str, ...]
    suspects: tuple[Suspect, ...]


def diagnose(verdicts: Sequence[Verdict], cells: Mapping[str, Operand]) -> list[Finding]:
    """Explain the broken identities of one report.

    Identities that share a cell are explained together; what one cell cannot explain is tried as requests that were
    filed under the wrong applicant, which unbalances two columns and no row.

    Args:
        verdicts: every identity of the report, broken or not.
        cells: the cells by name.
    """
    assessed = [v for v in verdicts if v.status != "not_assessable" and v.identity.relation == "eq"]
    findings: list[Finding] = []
    unexplained: list[list[Verdict]] = []
    for group in _connected([v for v in assessed if v.status == "broken"]):
        repairs = _single_repairs(group, assessed, cells)
        if repairs:
            findings.append(_misprint(group, repairs))
        else:
            unexplained.append(group)
    return findings + _explain_by_moves(unexplained, assessed, cells)


def _misprint(group: list[Verdict], repairs: list[Suspect]) -> Finding:
    ids = _ids(group)
    if len(repairs) > 1:
        return Finding("undetermined", ids, tuple(Suspect(s.cell, s.printed, None) for s in repairs))
    is_zero_total = repairs[0].printed == 0 and _is_sum(repairs[0].cell, group)
    return Finding("total_zero_over_parts" if is_zero_total else "misprinted_cell", ids, (repairs[0],))


def _single_repairs(
    group: list[Verdict], assessed: Sequence[Verdict], cells: Mapping[str, Operand]
) -> list[Suspect]:
    """List the cells that stand in exactly the broken identities and whose change by one amount mends them all."""
    repairs = []
    for cell in _candidates(group):
        around = [v for v in assessed if _coefficient(v, cell)]
        printed = cells[cell].value
        if set(_ids(around)) != set(_ids(group)) or printed is None:
            continue
        shifts = {-_residual(v) / _coefficient(v, cell) for v in around}
        implied = printed + shifts.pop()
        if not shifts and implied >= 0 and implied == implied.to_integral_value():
            repairs.append(Suspect(cell, printed, implied))
    return repairs


def _explain_by_moves(
    groups: list[list[Verdict]], assessed: Sequence[Verdict], cells: Mapping[str, Operand]
) -> list[Finding]:
    """Pair the groups that a move of requests between two columns explains; the rest stays undetermined."""
    findings: list[Finding] = []
    left = list(groups)
    while left:
        group = left.pop(0)
        paired = [
            (other, moves) for other in left if (moves := _column_moves(group + other, assessed, cells))
        ]
        if len(paired) == 1:
            other, moves = paired[0]
            left.remove(other)
            suspects = (
                moves[0] if len(moves) == 1 else _without_repair(cell for move in moves for cell in move)
            )
            findings.append(Finding("wrong_applicant_column", _ids(group + other), suspects))
        else:
            candidates = (Suspect(cell, cells[cell].value, None) for cell in _candidates(group))
            findings.append(Finding("undetermined", _ids(group), tuple(candidates)))
    return findings


def _column_moves(
    group: list[Verdict], assessed: Sequence[Verdict], cells: Mapping[str, Operand]
) -> list[tuple[Suspect, ...]]:
    """List the moves of some requests from one column of a row to another that mend all of the group."""
    candidates = set(_candidates(group))
    moves: list[tuple[Suspect, ...]] = []
    for row in (v for v in assessed if v.identity.id.startswith("applications.applicants.")):
        parts = [term.cell for term in row.terms if term.side == "left" and term.cell in candidates]
        for source, target in permutations(parts, 2):
            move = _move(source, target, group, assessed, cells)
            if move:
                moves.append(move)
    return moves


def _move(
    source: str, target: str, group: list[Verdict], assessed: Sequence[Verdict], cells: Mapping[str, Operand]
) -> tuple[Suspect, Suspect] | None:
    at_source, at_target = cells[source].value, cells[target].value
    around = [v for v in assessed if (_coefficient(v, source) != 0) != (_coefficient(v, target) != 0)]
    if at_source is None or at_target is None or set(_ids(around)) != set(_ids(group)):
        return None
    amounts = {_residual(v) / (_coefficient(v, source) - _coefficient(v, target)) for v in around}
    if len(amounts) != 1:
        return None
    amount = amounts.pop()
    if amount <= 0 or amount > at_source:
        return None
    return Suspect(source, at_source, at_source - amount), Suspect(target, at_target, at_target + amount)


def _connected(broken: list[Verdict]) -> list[list[Verdict]]:
    """Group the broken identities that share a cell, directly or through others."""
    groups: list[list[Verdict]] = []
    for verdict in broken:
        cells = {term.cell for term in verdict.terms}
        near = [g for g in groups if any(term.cell in cells for member in g for term in member.terms)]
        groups = [g for g in groups if g not in near] + [[member for g in near for member in g] + [verdict]]
    return groups


def _candidates(group: list[Verdict]) -> list[str]:
    return list(dict.fromkeys(term.cell for verdict in group for term in verdict.terms))


def _coefficient(verdict: Verdict, cell: str) -> int:
    return sum(term.coefficient for term in verdict.terms if term.cell == cell)


def _is_sum(cell: str, group: list[Verdict]) -> bool:
    """Whether the cell is the sum alone on the right of one of the identities."""
    return any([t.cell for t in v.terms if t.side == "right"] == [cell] for v in group)


def _ids(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(verdict.identity.id for verdict in verdicts)


def _residual(verdict: Verdict) -> Decimal:
    return verdict.residual if verdict.residual is not None else Decimal(0)


def _without_repair(suspects: Iterable[Suspect]) -> tuple[Suspect, ...]:
    unique = {suspect.cell: Suspect(suspect.cell, suspect.printed, None) for suspect in suspects}
    return tuple(unique.values())
