"""Every single slip that would explain broken identities: a cell misprinted, requests moved, a number split, a row shifted.

An explanation is a repair: the figures that some cells should have had. It counts only if every identity that one of
those cells stands in holds after the repair, and at least one of them was broken before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Literal

from ogi.identities.evaluate import Verdict, evaluate, reported
from ogi.identities.model import Operand

FindingKind = Literal[
    "misprinted_cell",
    "wrong_applicant_column",
    "split_number",
    "shifted_row",
    "total_zero_over_parts",
    "total_omitted",
    "undetermined",
]
_ONE_DIGIT = range(10)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a cell should have had."""

    value: Decimal | None
    state: str = "reported"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One slip: its kind, the figures that should have been printed, by cell, and the identities this mends."""

    kind: FindingKind
    repair: tuple[tuple[str, Decimal], ...]
    mended: frozenset[str]


class Slips:
    """The slips that could have happened to the cells of one report."""

    def __init__(self, verdicts: Sequence[Verdict], cells: Mapping[str, Operand]) -> None:
        """Take every verdict of the report, broken or not, and its cells by name."""
        self._cells = cells
        self._figures = reported(cells)
        self._standing: dict[str, list[Verdict]] = {}
        for verdict in verdicts:
            for term in verdict.terms:
                self._standing.setdefault(term.cell, []).append(verdict)
        self._rows = [row for row in map(_printed_row, verdicts) if row]
        self._sums = {row[-1] for row in self._rows} | {total for v in verdicts if (total := _sum_of(v))}

    def explanations(self, broken: Sequence[Verdict]) -> list[Explanation]:
        """List every slip that explains some of the broken identities completely."""
        return [
            *self._misprints(broken),
            *self._moves(),
            *(e for row in self._rows for e in (*self._splits(row), *self._shifts(row))),
        ]

    def _misprints(self, broken: Sequence[Verdict]) -> Iterator[Explanation]:
        for cell in dict.fromkeys(term.cell for verdict in broken for term in verdict.terms):
            printed, verdict = self._value(cell), self._broken_with(cell)
            if printed is None or verdict is None:
                continue
            implied = printed - _residual(verdict) / _coefficient(verdict, cell)
            kind = self._misprint_kind(cell, printed, implied)
            yield from self._tried(kind, {cell: implied})

    def _misprint_kind(self, cell: str, printed: Decimal, implied: Decimal) -> FindingKind:
        if printed == 0 and cell in self._sums:
            return "total_zero_over_parts"
        after = next((row[row.index(cell) + 1] for row in self._rows if cell in row[:-1]), None)
        # 10 printed as 1 and 0 in neighbouring cells: the zero needs no repair
        is_split = after is not None and self._value(after) == 0 and implied == printed * 10
        return "split_number" if is_split and printed in _ONE_DIGIT else "misprinted_cell"

    def _moves(self) -> Iterator[Explanation]:
        """Some requests in the wrong one of two columns: the row's total stays, both columns are off by as many."""
        for row in self._rows:
            for source, target in permutations(row[:-1], 2):
                at_source, at_target = self._value(source), self._value(target)
                verdict = self._broken_with(source, without=target)
                if verdict is None or at_source is None or at_target is None:
                    continue
                amount = _residual(verdict) / _coefficient(verdict, source)
                if amount > 0:
                    repair = {source: at_source - amount, target: at_target + amount}
                    yield from self._tried("wrong_applicant_column", repair)

    def _splits(self, row: Sequence[str]) -> Iterator[Explanation]:
        """Two one-digit neighbours that are one number of two digits, the other cell having been zero."""
        for left, right in pairwise(row):
            first, second = self._value(left), self._value(right)
            if first in _ONE_DIGIT and second in _ONE_DIGIT and first and second:
                whole = first * 10 + second
                yield from self._tried("split_number", {left: whole, right: Decimal(0)})
                yield from self._tried("split_number", {left: Decimal(0), right: whole})

    def _shifts(self, row: Sequence[str]) -> Iterator[Explanation]:
        """A row whose figures stand one column too far to the left or right, with its total or without."""
        for cells in (row, row[:-1]):
            values = [self._value(cell) for cell in cells]
            for shifted, is_lossless in (
                ([Decimal(0), *values[:-1]], not values[-1]),
                ([*values[1:], Decimal(0)], not values[0]),
            ):
                repair = {
                    cell: figure
                    for cell, figure, printed in zip(cells, shifted, values, strict=True)
                    if figure is not None and figure != (printed or 0)
                }
                # Fewer than three figures in new places is a move between two columns
                if is_lossless and len(repair) > 2:  # noqa: PLR2004
                    yield from self._tried("shifted_row", repair)

    def _tried(self, kind: FindingKind, repair: dict[str, Decimal]) -> Iterator[Explanation]:
        """Give the explanation if it is one: counts stay counts, and all identities around hold."""
        if any(figure < 0 or figure != figure.to_integral_value() for figure in repair.values()):
            return
        after = {**self._cells, **{cell: Figure(figure) for cell, figure in repair.items()}}
        figures = {**self._figures, **repair}
        mended = set()
        for verdict in {v.identity.id: v for cell in repair for v in self._standing.get(cell, [])}.values():
            if evaluate(verdict.identity, after, figures).status == "broken":
                return
            if verdict.status == "broken":
                mended.add(verdict.identity.id)
        if mended:
            yield Explanation(kind, tuple(repair.items()), frozenset(mended))

    def _value(self, cell: str) -> Decimal | None:
        return self._figures.get(cell)

    def _broken_with(self, cell: str, *, without: str | None = None) -> Verdict | None:
        """Return a broken equation that the cell stands in, and the other cell does not."""
        return next(
            (
                verdict
                for verdict in self._standing.get(cell, [])
                if verdict.status == "broken"
                and verdict.identity.relation == "eq"
                and (without is None or not _coefficient(verdict, without))
            ),
            None,
        )


def omitted_totals(verdicts: Sequence[Verdict], cells: Mapping[str, Operand]) -> list[Explanation]:
    """List the totals that are left blank though all their parts are printed and not all zero.

    `mended` names the identities that could not be assessed because of it.
    """
    implied: dict[str, set[Decimal]] = {}
    around: dict[str, set[str]] = {}
    for verdict in verdicts:
        total = _sum_of(verdict)
        if total is None or total not in cells or cells[total].state != "blank":
            continue
        parts = [cells[t.cell].value if t.cell in cells else None for t in verdict.terms if t.cell != total]
        if None not in parts:
            implied.setdefault(total, set()).add(sum((part or Decimal(0) for part in parts), Decimal(0)))
            around.setdefault(total, set()).add(verdict.identity.id)
    return [
        Explanation("total_omitted", ((total, sums.pop()),), frozenset(around[total]))
        for total, sums in implied.items()
        if len(sums) == 1 and sums != {Decimal(0)}
    ]


def _printed_row(verdict: Verdict) -> list[str] | None:
    """Return the cells of an identity that sums one printed row, in printed order with the total last."""
    cells = [term.cell for term in verdict.terms]
    is_row = _sum_of(verdict) == cells[-1] and len({cell.rpartition(".")[0] for cell in cells}) == 1
    return cells if is_row else None


def _sum_of(verdict: Verdict) -> str | None:
    """Return the cell that alone on one side is the sum of several on the other."""
    if verdict.identity.relation != "eq":
        return None
    left = [term.cell for term in verdict.terms if term.side == "left"]
    right = [term.cell for term in verdict.terms if term.side == "right"]
    alone = min(left, right, key=len)
    return alone[0] if len(alone) == 1 and len(left) != len(right) else None


def _coefficient(verdict: Verdict, cell: str) -> int:
    return sum(term.coefficient for term in verdict.terms if term.cell == cell)


def _residual(verdict: Verdict) -> Decimal:
    return verdict.residual if verdict.residual is not None else Decimal(0)
