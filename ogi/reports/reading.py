"""What the table readers give: the pieces that cells took, and what they had to leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ogi.reports.model import Place, Problem
from ogi.reports.placing import Placement
from ogi.reports.regions import Piece


@dataclass(slots=True)
class TableReading:
    """The cells that a table's reader filled, by name, and the pieces it used; `counted` are ordinals of rows."""

    taken: dict[str, Piece] = field(default_factory=dict)
    header_units: dict[str, str] = field(default_factory=dict)
    undecided: dict[str, tuple[str, Place]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    counted: list[Piece] = field(default_factory=list)

    def place(self, cells: Sequence[str | None], placement: Placement, values: Sequence[Piece]) -> None:
        """Give a row's pieces to its cells; None is a column that the form does not have.

        A second figure for the same cell stays unclaimed and is reported.
        """
        if placement.uncertain:
            self.leave_undecided([cell for cell in cells if cell is not None], values)
            return
        for cell, piece in zip(cells, placement.pieces, strict=True):
            if piece is not None and cell is not None:
                self._take(cell, piece)
        if placement.choice == "identity":
            self.problems.append(_chosen_by_identity(values[0]))

    def _take(self, cell: str, piece: Piece) -> None:
        """Let a figure displace an empty cell of the same name: a label cut by a page end stands over both."""
        if cell not in self.taken or (self.taken[cell].is_empty and not piece.is_empty):
            self.taken[cell] = piece

    def leave_undecided(self, cells: Sequence[str], pieces: Sequence[Piece]) -> None:
        """Record that these cells print something that could not be told apart."""
        printed = [piece for piece in pieces if not piece.is_empty]
        if not printed:
            return
        raw = " | ".join(piece.text for piece in printed)
        for cell in cells:
            self.undecided.setdefault(cell, (raw, printed[0].place))

    def merge(self, other: "TableReading") -> None:
        """Add another table's cells."""
        self.taken.update(other.taken)
        self.undecided.update(other.undecided)
        self.header_units.update(other.header_units)

    def unclaimed(self, pieces: Sequence[Piece]) -> list[Problem]:
        """Report every printed number that no cell took, so that no figure goes unnoticed."""
        claimed = {id(part) for piece in self.taken.values() for part in (piece.parts or (piece,))}
        claimed.update(id(piece) for piece in self.counted)
        return [
            figure_unclaimed(piece.text, piece.place)
            for piece in pieces
            if piece.figure.state == "reported" and id(piece) not in claimed
        ]


def figure_unclaimed(text: str, place: Place) -> Problem:
    """Say that a printed number belongs to no cell."""
    return Problem(
        "figure_unclaimed",
        "warning",
        f"表中印有数字 {text}，但没有对应的表格项，未采用；请核对原文。"
        f" / The figure {text} belongs to no cell of the form and was not used; check the document.",
        place,
    )


def _chosen_by_identity(first: Piece) -> Problem:
    return Problem(
        "reading_chosen_by_identity",
        "notice",
        "这一行的数字有几种对应方式，采用了唯一能使合计成立的一种；请核对原文。"
        " / This row can be aligned in several ways; the only one that adds up was taken. Check the document.",
        first.place,
    )
