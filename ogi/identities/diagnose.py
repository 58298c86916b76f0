"""Which printed figure is wrong: the identities of a table form an error-correcting code.

A cell of table 三 stands in a row identity and up to two column identities, so one slip leaves a pattern that mostly only
one cell can have made. The smallest explanation of all broken identities is looked for; only a unique one is named, else
the candidates are, without a figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ogi.identities.evaluate import Verdict
from ogi.identities.explanations import Explanation, FindingKind, Slips, omitted_totals
from ogi.identities.model import Operand


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
    """Explain the broken identities of one report, and name the totals that it leaves out.

    Args:
        verdicts: every identity of the report, broken or not.
        cells: the cells by name.
    """
    broken = [verdict for verdict in verdicts if verdict.status == "broken"]
    explanations = Slips(verdicts, cells).explanations(broken) if broken else []
    groups = _connected(broken)
    findings: list[Finding] = []
    while groups:
        options, explained = _smallest(groups, explanations)
        groups = [group for group in groups if group not in explained]
        findings.append(_finding(options, explained, cells))
    return findings + _omitted(verdicts, cells)


def _smallest(
    groups: list[list[Verdict]], explanations: Sequence[Explanation]
) -> tuple[list[Explanation], list[list[Verdict]]]:
    """Return the best explanations of the first group, and the groups that they explain with it.

    One slip that explains two groups is smaller than two slips. Where each of these groups has explanations of its own
    as well, all of them stay candidates.
    """
    first = groups[0]
    covers = {explanation: _covered(explanation, groups) for explanation in explanations}
    options = {explanation: cover for explanation, cover in covers.items() if first in cover}
    if not options:
        return [], [first]
    widest = max(options.values(), key=len)
    chosen = [explanation for explanation, cover in options.items() if cover == widest]
    own = [explanation for explanation, cover in covers.items() if len(cover) == 1 and cover[0] in widest]
    if len(widest) > 1 and own:
        return chosen + own, widest
    fewest = min(len(e.repair) for e in chosen)
    return [e for e in chosen if len(e.repair) == fewest], widest


def _covered(explanation: Explanation, groups: list[list[Verdict]]) -> list[list[Verdict]]:
    """Return the groups that an explanation mends, if it mends each of them whole."""
    mended = explanation.mended
    covered = [group for group in groups if mended & set(_ids(group))]
    return covered if mended == {name for group in covered for name in _ids(group)} else []


def _finding(
    options: Sequence[Explanation], explained: list[list[Verdict]], cells: Mapping[str, Operand]
) -> Finding:
    verdicts = [verdict for group in explained for verdict in group]
    ids = _ids(verdicts)
    if not options:
        return Finding(
            "undetermined", ids, _without_repair((t.cell for v in verdicts for t in v.terms), cells)
        )
    repairs = [dict(option.repair) for option in options]
    kinds = {option.kind for option in options}
    if all(repair == repairs[0] for repair in repairs):
        suspects = tuple(Suspect(cell, cells[cell].value, figure) for cell, figure in repairs[0].items())
        return Finding(options[0].kind, ids, suspects)
    is_one_kind = kinds == {"wrong_applicant_column"}
    candidates = _without_repair((cell for repair in repairs for cell in repair), cells)
    return Finding("wrong_applicant_column" if is_one_kind else "undetermined", ids, candidates)


def _omitted(verdicts: Sequence[Verdict], cells: Mapping[str, Operand]) -> list[Finding]:
    """Return one finding for all totals that a report leaves blank."""
    totals = omitted_totals(verdicts, cells)
    if not totals:
        return []
    ids = tuple(dict.fromkeys(name for total in totals for name in sorted(total.mended)))
    suspects = tuple(Suspect(cell, None, figure) for total in totals for cell, figure in total.repair)
    return [Finding("total_omitted", ids, suspects)]


def _connected(broken: list[Verdict]) -> list[list[Verdict]]:
    """Group the broken identities that share a cell, directly or through others."""
    groups: list[list[Verdict]] = []
    for verdict in broken:
        cells = {term.cell for term in verdict.terms}
        near = [g for g in groups if any(term.cell in cells for member in g for term in member.terms)]
        groups = [g for g in groups if g not in near] + [[member for g in near for member in g] + [verdict]]
    return groups


def _ids(verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    return tuple(verdict.identity.id for verdict in verdicts)


def _without_repair(names: Iterable[str], cells: Mapping[str, Operand]) -> tuple[Suspect, ...]:
    return tuple(
        Suspect(cell, cells[cell].value if cell in cells else None, None) for cell in dict.fromkeys(names)
    )
