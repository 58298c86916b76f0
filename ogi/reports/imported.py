"""Reports parsed elsewhere: lines of `ogi.parsed_report/1`, validated against the schema and the template."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Set
from functools import cache

import msgspec

from ogi.identities.evaluate import evaluate_within
from ogi.reports.model import Cell, IdentityResult, ParsedReport, Problem, Source, from_json
from ogi.reports.templates import Template, templates


def read_parsed_lines(data: bytes, path: str, first_line: int = 1) -> Iterator[tuple[bytes, ParsedReport]]:
    """Read JSON lines of a file, one report a line, and give each with its line; blank lines are passed over.

    The figures load as they are; the identities are evaluated anew, because a verdict of somebody else's proves
    nothing. A line that is not of the schema, or does not account for every cell of its template exactly once, gives
    an object with `report` None and a problem that names the line and the field.
    """
    for number, line in enumerate(data.splitlines(), start=first_line):
        if line.strip():
            yield line, _read_line(line, f"{path}:{number}")


def _read_line(line: bytes, place: str) -> ParsedReport:
    try:
        report = from_json(line)
    # Brackets within brackets are a RecursionError
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _refused(
            line,
            place,
            "not_of_schema",
            f"不符合 ogi.parsed_report/1 格式：{error}",
            f"Not of the schema: {error}",
        )
    if report.report is None:
        return report
    cells = {cell.cell: cell for cell in report.cells}
    fault = _fault(report.cells, cells.keys(), templates().get(report.report.template or ""))
    if fault:
        return _does_not_fit(line, place, fault)
    try:
        verdicts = evaluate_within(report.report.template, cells)
    except ArithmeticError as error:  # as of sNaN, or of 9e999999
        return _does_not_fit(line, place, f"figures without a sum ({type(error).__name__})")
    identities = [IdentityResult(v.identity.id, v.status, v.residual) for v in verdicts]
    return msgspec.structs.replace(report, identities=identities)


def _fault(cells: list[Cell], names: Set[str], template: Template | None) -> str | None:
    """Say what is wrong with a list of cells: unknown, doubled or absent cells, or a value beside its state."""
    known, required = _cells_of(template.name) if template else (frozenset[str](), frozenset[str]())
    if not names <= known:
        unknown = next(cell.cell for cell in cells if cell.cell not in known)
        return f"{unknown}: no such cell"
    if len(names) < len(cells):
        name, count = Counter(cell.cell for cell in cells).most_common(1)[0]
        return f"{name}: {count} times"
    if absent := required - names:
        return f"{min(absent)}: absent, {len(absent)} in all"
    wrong = next((cell for cell in cells if (cell.value is None) == (cell.state == "reported")), None)
    return f"{wrong.cell}: state {wrong.state}, value {wrong.value}" if wrong else None


@cache
def _cells_of(template: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the cells that a form may have, and those that it must have."""
    cells = templates()[template].cells
    return frozenset(c.cell for c in cells), frozenset(c.cell for c in cells if not c.is_optional)


def _does_not_fit(line: bytes, place: str, fault: str) -> ParsedReport:
    return _refused(
        line, place, "cells_do_not_fit_template", f"与表式不符：{fault}", f"Does not fit the form: {fault}"
    )


def _refused(line: bytes, place: str, code: str, zh: str, en: str) -> ParsedReport:
    source = Source(place, hashlib.sha256(line).hexdigest(), "jsonl", len(line))
    return ParsedReport(
        source=source, report=None, cells=[], problems=[Problem(code, "error", f"{place}：{zh} / {en}")]
    )
