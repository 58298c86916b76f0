"""The cells and labels of a form, straight from `seeds/template_cells.csv`."""

from dataclasses import dataclass
from functools import cache

from ogi.project import read_seed


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell; the paths hold its labels from the outermost group to its own."""

    cell: str
    row: str
    row_path: tuple[str, ...]
    column: str
    column_path: tuple[str, ...]
    unit: str | None
    kind: str
    is_optional: bool


@cache
def form_cells(template: str, table: str | None = None) -> tuple[FormCell, ...]:
    """Return the cells of a form, or of one of its tables, in the order of the form."""
    return tuple(
        FormCell(
            row["cell"],
            row["row_code"],
            tuple(row["row_label"].split(" / ")),
            row["column_code"],
            tuple(row["column_label"].split(" / ")),
            row["unit"] or None,
            row["kind"],
            bool(row["optional"]),
        )
        for row in read_seed("template_cells")
        if row["template"] == template and table in {None, row["table"]}
    )
