"""The templates as data: which cells each generation of the form has, and what their labels say.

The only source is `seeds/template_cells.csv` (国办公开办函〔2019〕60号, 〔2021〕30号 and the statistics form of 2014).
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ogi.project import read_seed
from ogi.reports.labels import normalise


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """One cell of a template; labels are paths from the outermost group to the innermost label."""

    cell: str
    table: str
    row_code: str
    row_path: tuple[str, ...]
    column_code: str
    column_path: tuple[str, ...]
    unit: str | None
    kind: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One generation of the form; `cells` in the order of the form."""

    name: str
    cells: tuple[TemplateCell, ...]
    tables: dict[str, tuple[TemplateCell, ...]]

    def table(self, name: str) -> tuple[TemplateCell, ...]:
        """Return the cells of one table, in order; empty if the template has no such table."""
        return self.tables.get(name, ())


@cache
def templates() -> dict[str, Template]:
    """Return every template by its name (`2014`, `2019`, `2021`)."""
    by_name: dict[str, list[TemplateCell]] = {}
    for row in read_seed("template_cells"):
        by_name.setdefault(row["template"], []).append(
            TemplateCell(
                cell=sys.intern(row["cell"]),
                table=row["table"],
                row_code=row["row_code"],
                row_path=tuple(row["row_label"].split(" / ")),
                column_code=row["column_code"],
                column_path=tuple(row["column_label"].split(" / ")),
                unit=row["unit"] or None,
                kind=row["kind"],
                is_optional=bool(row["optional"]),
            )
        )
    return {name: Template(name, tuple(cells), _by_table(cells)) for name, cells in by_name.items()}


def _by_table(cells: Iterable[TemplateCell]) -> dict[str, tuple[TemplateCell, ...]]:
    tables: dict[str, list[TemplateCell]] = {}
    for cell in cells:
        tables.setdefault(cell.table, []).append(cell)
    return {name: tuple(members) for name, members in tables.items()}


@cache
def aliases() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return (template, table) -> [(printed label, label of the form)] from `seeds/label_aliases.csv`."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in read_seed("label_aliases"):
        found.setdefault((row["template"], row["table"]), []).append((row["printed"], row["label"]))
    return found


def label_codes(template: Template, table: str, labelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return normalised label -> code for the labels of one table, with the aliases seen in print."""
    codes = {normalise(label): code for label, code in labelled}
    for printed, label in aliases().get((template.name, table), []):
        if normalise(label) in codes:
            codes.setdefault(normalise(printed), codes[normalise(label)])
    return codes


def cell_label(template: str | None, cell: str) -> str:
    """Return a cell's Chinese label, row × column; the cell's name where the template has no such cell."""
    definition = _definitions(template).get(cell)
    if definition is None:
        return cell
    return f"「{definition.row_path[-1]}」×「{definition.column_path[-1]}」"


def row_label(template: str | None, cell: str) -> str:
    """Return the Chinese label of a cell's row; the cell's name where the template has no such cell."""
    definition = _definitions(template).get(cell)
    return cell if definition is None else f"「{definition.row_path[-1]}」"


@cache
def _definitions(template: str | None) -> dict[str, TemplateCell]:
    found = templates().get(template or "")
    return {definition.cell: definition for definition in found.cells} if found else {}
