"""Hints of the source a document came from: they fill what it does not print, and never override what it does."""

from dataclasses import dataclass

import msgspec

from ogi.registry.agencies import bare_level, find_division, own_name
from ogi.registry.divisions import Division, divisions, leading_divisions
from ogi.reports.model import ParsedReport, Problem, ReportHeader


@dataclass(frozen=True, slots=True)
class Hints:
    """What the settings say of a source: the code of a division, the name of an agency."""

    district: str | None = None
    agency: str | None = None


def with_hints(parsed: ParsedReport, hints: Hints) -> ParsedReport:
    """Return a report with what it does not print taken from the hints, and a problem for all that came of them.

    An agency is taken where none is printed. A division is taken where the printed names leave it open: the hint itself
    for a bare name (区统计局), the one below it that a name gives (江南街道办事处). Where a hint contradicts what is
    printed, nothing is taken.
    """
    header = parsed.report
    if header is None or hints == Hints():
        return parsed
    problems = list(parsed.problems)
    header = _with_agency(header, hints.agency, problems)
    of_agency = find_division([hints.agency], "") if hints.agency else None
    hinted = divisions().get(hints.district or "") or of_agency
    header = _with_division(header, hinted, problems) if hinted else header
    return msgspec.structs.replace(parsed, report=header, problems=problems)


def _with_agency(header: ReportHeader, hint: str | None, problems: list[Problem]) -> ReportHeader:
    if hint is None:
        return header
    if header.agency is None:
        _resolve(problems, "agency_not_found")
        problems.append(
            Problem(
                "agency_from_hint",
                "notice",
                f"文档没有写明机关，按来源的设置记为“{hint}”。 / The document names no agency; the source's hint is used.",
            )
        )
        return msgspec.structs.replace(header, agency=hint, agency_full=hint)
    printed = {own_name(name) for name in (header.agency, header.agency_full) if name}
    if not any(name.endswith(own_name(hint)) or own_name(hint).endswith(name) for name in printed):
        problems.append(_contradicted(f"机关“{hint}”", f"“{header.agency_full or header.agency}”"))
    return header


def _with_division(header: ReportHeader, hinted: Division, problems: list[Problem]) -> ReportHeader:
    if header.agency is None:
        return header
    if header.division_code is not None:
        printed = divisions().get(header.division_code)
        if printed is not None and not _is_within(printed, hinted) and not _is_within(hinted, printed):
            problems.append(_contradicted(_words(hinted), _words(printed)))
        return header
    name = header.agency_full or header.agency
    found = _below(hinted, name)
    if found is None:
        named = _named(name)
        if named and not any(_is_within(division, hinted) for division in named):
            problems.append(_contradicted(_words(hinted), f"“{name}”"))
        return header
    _resolve(problems, "division_not_found")
    problems.append(
        Problem(
            "division_from_hint",
            "notice",
            f"“{header.agency}”没有写明所属区划，按来源的设置记为{_words(found)}。"
            f" / {header.agency} names no division; the source's hint is used: {found.code}.",
        )
    )
    return msgspec.structs.replace(header, division_code=found.code)


def _below(hinted: Division, name: str) -> Division | None:
    """Return the division of a name, given that it lies in `hinted`; None where that does not follow."""
    if named := _named(name):
        within = [division for division in named if _is_within(division, hinted)]
        return within[0] if len(within) == 1 else None
    bare = bare_level(name)
    # A city at the level of a county (石狮市) is 市 to its own departments
    return hinted if bare is None or bare[1] == hinted.level or hinted.name.endswith(bare[0]) else None


def _named(name: str) -> tuple[Division, ...]:
    """Return the divisions that a name can mean; none for a bare one (街道办事处, though there is a street called 街道)."""
    steps = leading_divisions(name)
    bare = bare_level(name)
    return steps[-1] if steps and (bare is None or steps[0][0].name != bare[0]) else ()


def _is_within(division: Division, other: Division) -> bool:
    return division == other or other.code in division.ancestor_codes


def _resolve(problems: list[Problem], code: str) -> None:
    """Drop the problem that a hint has solved."""
    problems[:] = [problem for problem in problems if problem.code != code]


def _words(division: Division) -> str:
    return f"{division.name}（{division.code}）"


def _contradicted(hint: str, printed: str) -> Problem:
    return Problem(
        "hint_contradicted",
        "warning",
        f"来源的设置写的是{hint}，文档印的是{printed}，以文档为准；请核对设置或文档。"
        f" / The source's hint {hint} contradicts the document, which prints {printed}; the document holds.",
    )
