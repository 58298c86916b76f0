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
            figure = piece.figure
            unit = figure.unit or reading.header_units.get(definition.cell) or definition.unit
            if fits_kind(figure, definition.kind):
                cells.append(Cell(definition.cell, figure.value, figure.state, unit, piece.text, piece.place))
            else:
                cells.append(Cell(definition.cell, None, "illegible", unit, piece.text, piece.place))
                problems.append(_figure_of_wrong_kind(definition, piece))
        elif definition.cell in reading.undecided:
            raw, place = reading.undecided[definition.cell]
            cells.append(Cell(definition.cell, None, "illegible", definition.unit, raw, place))
        elif not definition.is_optional:
            cells.append(Cell(definition.cell, None, "missing", definition.unit, None))
    return cells, problems


def _figure_of_wrong_kind(definition: TemplateCell, piece: Piece) -> Problem:
    return Problem(
        "figure_of_wrong_kind",
        "warning",
        f"“{'/'.join(definition.row_path)}”印的是 {piece.text}，此项应为"
        f"{'不小于零的金额' if definition.kind == 'money' else '整数'}；未采用，请核对原文。"
        f" / {definition.cell} prints {piece.text}, which is no {definition.kind}; not used, check the document.",
        piece.place,
    )
