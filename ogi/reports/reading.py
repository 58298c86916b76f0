"""What the table readers give: the pieces that cells took, and what they had to leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.reports.figures import fits_kind
from ogi.reports.model import Cell, Place, Problem
from ogi.reports.placing import Placement
from ogi.reports.regions import Piece
from ogi.reports.templates import Template, TemplateCell


@dataclass(slots=True)
class TableReading:
    """The cells that a table's reader filled, by name, and the pieces it used."""

    taken: dict[str, Piece] = field(default_factory=dict)
    header_units: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, tuple[str, Place]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, cells: Sequence[str], placement: Placement, values: Sequence[Piece]) -> None:
        """Give a row's pieces to its cells; a second figure for the same cell stays unclaimed and is reported."""
        if placement.uncertain:
            self.leave_undecided(cells, values)
            return
        for cell, piece in zip(cells, placement.pieces, strict=True):
            if piece is not None:
                self.taken.setdefault(cell, piece)
        if placement.choice == "identity":
            self.problems.append(_chosen_by_identity(values[0]))

    def leave_undecided(self, cells: Sequence[str], pieces: Sequence[Piece]) -> None:
        """Record that these cells print something that could not be told apart."""
        printed = [piece for piece in pieces if not piece.is_empty]
        if not printed:
            return
        raw = " | ".join(piece.text for piece in printed)
        for cell in cells:
            self.undecided.setdefault(cell, (raw, printed[0].place))

    def unclaimed(self, pieces: Sequence[Piece]) -> list[Problem]:
        """Report every printed number that no cell took, so that no figure goes unnoticed."""
        claimed = {id(piece) for piece in self.taken.values()}
        return [
            Problem(
                "figure_unclaimed",
                "warning",
                f"表中印有数字 {piece.text}，但没有对应的表格项，未采用；请核对原文。"
                f" / The figure {piece.text} belongs to no cell of the form and was not used; check the document.",
                piece.place,
            )
            for piece in pieces
            if piece.figure.state == "reported" and id(piece) not in claimed
        ]


def build_cells(template: Template, reading: TableReading) -> tuple[list[Cell], list[Problem]]:
    """Return one cell for each of the template, in its order, optional ones only where printed."""
    cells: list[Cell] = []
    problems: list[Problem] = []
    for definition in template.cells:
        piece = reading.taken.get(definition.cell)
        if piece is not None:
            cell, problem = _printed_cell(definition, piece, reading.header_units.get(definition.cell))
            cells.append(cell)
            problems.extend([problem] if problem else [])
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


def _chosen_by_identity(first: Piece) -> Problem:
    return Problem(
        "reading_chosen_by_identity",
        "notice",
        "这一行的数字有几种对应方式，采用了唯一能使合计成立的一种；请核对原文。"
        " / This row can be aligned in several ways; the only one that adds up was taken. Check the document.",
        first.place,
    )
