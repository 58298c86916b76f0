"""What each cell prints: the figure in the office's way of writing, or whatever stands in its place."""

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from ogi.demo.forms.cells import FormCell, form_cells
from ogi.demo.histories import Facts, in_yuan
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed
from ogi.demo.undecided import UNDECIDED, leave_undecided
from ogi.reports.model import Place

MARKS = ("/", "—", "无", "-", "--", "不适用", "／")
_NOISE = ("**", "?", "#REF!", "O")
_FULL_WIDTH = str.maketrans("0123456789.,+-", "０１２３４５６７８９．，＋－")
# Before the first figure of a table
_HEADER_ROWS, _LABEL_COLUMNS = 2, 3
_SUB_ROWS = ("other_overdue_correction", "other_overdue_fee", "other_misc")
_ORGANISATIONS = ("business", "research", "social_org", "legal_service", "other_org")


def print_cells(rng: random.Random, facts: Facts, layout: Layout) -> dict[str, Printed]:
    """Return what every cell of the report's form prints, in the order of the form.

    The optional cells are there only where the layout prints them.
    """
    if facts.template is None:
        return {}
    cells = {c.cell: c for c in form_cells(facts.template) if not c.is_optional or layout.other_in_one_row}
    printed = {name: _print(rng, cell, _value(facts, name), layout) for name, cell in cells.items()}
    if layout.other_in_one_row:
        _leave_out(printed, [c for c in cells.values() if c.row in _SUB_ROWS and facts.template == "2021"])
    _empty(rng, printed, cells, layout)
    if layout.marks:
        for name in rng.sample(sorted(printed), len(printed) // 12):
            _replace(printed, name, Printed(rng.choice(MARKS), "not_applicable", None, cells[name].unit))
    if layout.noise:
        for name in rng.sample(sorted(printed), 3):
            _replace(printed, name, Printed(rng.choice(_NOISE), "illegible", None, cells[name].unit))
    if layout.notes:
        _add_notes(rng, printed)
    leave_undecided(facts, layout, printed)
    return printed


def plain_cells(facts: Facts) -> dict[str, Printed]:
    """Return every cell as the form prints it, for reports that no document shows."""
    if facts.template is None:
        return {}
    # Every other agency publishes in a format that has pages
    places = plain_places(facts.template, has_pages=len(facts.agency.name) % 2 == 0)
    cells = (c for c in form_cells(facts.template) if not c.is_optional)
    return {c.cell: _plain(facts.figures[c.cell], c.unit, places[c.cell]) for c in cells}


@lru_cache(maxsize=100_000)
def _plain(value: Decimal, unit: str | None, where: Place) -> Printed:
    return Printed(str(value), "reported", value, unit, where=where)


@cache
def plain_places(template: str, *, has_pages: bool) -> dict[str, Place]:
    """Return where a form prints its cells: tables, rows and columns as they follow, a page a table if it has pages."""
    tables: dict[str, tuple[list[str], list[str]]] = {}
    places = {}
    for cell in form_cells(template):
        rows, columns = tables.setdefault(cell.cell.partition(".")[0], ([], []))
        for seen, code in ((rows, cell.row), (columns, cell.column)):
            if code not in seen:
                seen.append(code)
        places[cell.cell] = Place(
            page=len(tables) + 1 if has_pages else None,
            table=len(tables),
            row=rows.index(cell.row) + _HEADER_ROWS + 1,
            column=columns.index(cell.column) + _LABEL_COLUMNS + 1,
        )
    return places


def _blank(cell: FormCell) -> Printed:
    return Printed("", "blank", None, cell.unit)


def _value(facts: Facts, name: str) -> Decimal:
    """Return a cell's figure; the one row （六） sums its three rows, deliberate errors included."""
    if facts.template == "2021" and ".other_processing." in name:
        column = name.rsplit(".", 1)[1]
        return sum((facts.figures[f"applications.{row}.{column}"] for row in _SUB_ROWS), Decimal(0))
    return facts.figures[name]


def _print(rng: random.Random, cell: FormCell, value: Decimal, layout: Layout) -> Printed:
    unit, suffix = cell.unit, ""
    if cell.kind == "money" and cell.row not in {"fees_charged", "budget"}:
        if layout.amounts == "in_cell":
            unit = suffix = rng.choice(("元", "万元"))
        elif layout.amounts == "in_header":
            unit = "万元"
        elif layout.amounts == "yuan_in_header":
            unit = "元"
        value = in_yuan(value) if unit == "元" else value
    raw = f"{value:,}" if layout.digits in {"thousands", "full_width_comma"} else str(value)
    if layout.digits == "full_width_comma":
        raw = raw.replace(",", "，")
    elif layout.digits == "with_unit" and cell.kind == "count":
        suffix = cell.unit or ""
    if cell.kind == "signed_count" and value > 0 and rng.random() < 0.5:  # noqa: PLR2004 - one in two
        raw = "+" + raw
    if layout.digits == "full_width":
        raw = raw.translate(_FULL_WIDTH)
    return Printed(raw + suffix, "reported", value, unit)


def _leave_out(printed: dict[str, Printed], cells: list[FormCell]) -> None:
    for cell in cells:
        printed[cell.cell] = Printed(None, "missing", None, cell.unit)


def _empty(
    rng: random.Random, printed: dict[str, Printed], cells: dict[str, FormCell], layout: Layout
) -> None:
    applications = [c for c in cells.values() if c.cell.startswith("applications.")]
    if layout.empty == "everything":
        for cell in cells.values():
            _replace(printed, cell.cell, _blank(cell))
    elif layout.empty == "organisations":
        for cell in applications:
            if cell.column in _ORGANISATIONS:
                _replace(printed, cell.cell, _blank(cell))
    elif layout.empty == "totals":
        for cell in applications:
            if cell.column == "total" and len(cell.row_path) > 1 and cell.row != "total_processed":
                _replace(printed, cell.cell, _blank(cell))
    elif layout.empty == "dropped" and applications:
        rows = sorted({cell.row for cell in applications if printed[cell.cell].state == "reported"})
        for row in rng.sample(rows, min(len(rows), 4)):
            _drop(rng, printed, [cell.cell for cell in applications if cell.row == row])


def _drop(rng: random.Random, printed: dict[str, Printed], row: list[str]) -> None:
    """Lose some cells of a row: whose the rest are cannot be told, so leaving them undecided is right too."""
    lost = rng.sample(row, rng.randint(1, len(row) - 1))
    for name in row:
        if name in lost:
            printed[name] = Printed(None, "missing", None, printed[name].unit, ("blank", "illegible"))
        else:
            printed[name] = replace(printed[name], accept_states=UNDECIDED)


def _replace(printed: dict[str, Printed], name: str, by: Printed) -> None:
    """Print something else in a cell that is printed at all."""
    if printed[name].state != "missing":
        printed[name] = by


def _add_notes(rng: random.Random, printed: dict[str, Printed]) -> None:
    for name, what in printed.items():
        if name.startswith("proactive.normative_documents") and what.value and what.value > 1:
            some = rng.randint(1, int(what.value))
            printed[name] = replace(what, raw=f"{what.raw}（其中修订{some}件）")
