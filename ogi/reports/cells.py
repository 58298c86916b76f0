"""The cells of a report: one for each of the template, in its order, from what the tables' readers found."""

from ogi.reports.figures import fits_kind
from ogi.reports.model import Cell, Problem
from ogi.reports.reading import TableReading
from ogi.reports.regions import Piece
from ogi.reports.templates import Template, TemplateCell


def build_cells(template: Template, reading: TableReading) -> tuple[list[Cell], list[Problem]]:
    """Return one cell for each of the template, in its order, optional ones only where printed."""
    cells: list[Cell] = []
    problems: list[Problem] = []
    for definition in template.cells:
        piece = reading.taken.get(definition.cell)
        if piece is not None:
            cell, problem = _printed_cell(definition, piece, reading.header_units.get(definition.cell))
            cells.append(cell)
            if problem is not None:
                problems.append(problem)
        elif definition.cell in reading.undecided:
            raw, place = reading.undecided[definition.cell]
            cells.append(Cell(definition.cell, None, "illegible", definition.unit, raw, place))
        elif not definition.is_optional:
            cells.append(Cell(definition.cell, None, "missing", definition.unit, None))
    return cells, problems


def _printed_cell(
    definition: TemplateCell, piece: Piece, header_unit: str | None
) -> tuple[Cell, Problem | None]:
    figure = piece.figure
    unit = figure.unit or header_unit or definition.unit
    if not fits_kind(figure, definition.kind):
        problem = Problem(
            "figure_of_wrong_kind",
            "warning",
            f"“{'/'.join(definition.row_path)}”印的是 {piece.text}，此项应为"
            f"{'不小于零的金额' if definition.kind == 'money' else '整数'}；未采用，请核对原文。"
            f" / {definition.cell} prints {piece.text}, which is no {definition.kind}; not used, check the document.",
            piece.place,
        )
        return Cell(definition.cell, None, "illegible", unit, piece.text, piece.place), problem
    return Cell(definition.cell, figure.value, figure.state, unit, piece.text, piece.place), None
