"""A parsed report as rows of the raw tables; what cannot be stored exactly is said, never rounded."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import repeat
from typing import Any, cast

import msgspec
import polars as pl

from ogi.identities.evaluate import evaluate_within
from ogi.reports.check import check_report
from ogi.reports.model import (
    Cell,
    IdentityResult,
    NarrativeCount,
    ParsedReport,
    Place,
    Problem,
    ReportHeader,
)
from ogi.warehouse.figures_hash import canonical, figures_hash
from ogi.warehouse.frames import BATCH_TABLES, DECIMALS, FIGURE, INTEGER_DIGITS

_INT32 = range(-(2**31), 2**31)
# Of these a column can be taken as it is
_USUAL = frozenset((*range(1000), None))
_LARGEST_SCALE = 127
_LAST_DECIMAL = Decimal(1).scaleb(-DECIMALS)
_WHOLE = Decimal(1)


class Table:
    """Rows on their way into a data frame, column by column."""

    def __init__(self, schema: Mapping[str, pl.DataType]) -> None:
        """Start with no rows."""
        self._schema = schema
        self._columns: list[list[Any]] = [[] for _ in schema]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._columns[0])

    def append(self, *row: object) -> None:
        """Add one row."""
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)

    def extend(self, *columns: Iterable[object]) -> None:
        """Add rows, given as columns of one length."""
        for column, values in zip(self._columns, columns, strict=True):
            column.extend(values)

    def add(self, other: "Table") -> None:
        """Add the rows of another table of the same columns."""
        self.extend(*other._columns)

    def frame(self) -> pl.DataFrame:
        """Return all rows as a data frame."""
        return pl.DataFrame(
            [
                _series(name, dtype, values)
                for (name, dtype), values in zip(self._schema.items(), self._columns, strict=True)
            ]
        )


def _series(name: str, dtype: pl.DataType, values: list[Any]) -> pl.Series:
    if dtype != FIGURE:
        return pl.Series(name, values, dtype=dtype)
    # polars reads decimals from text in a fifth of the time that it takes to ask Python's for their digits
    texts = [None if value is None else canonical(value) for value in values]
    return pl.Series(name, texts, dtype=pl.String()).cast(dtype)


class ReportRows:
    """The rows of reports, by table."""

    def __init__(self) -> None:
        """Start with no rows."""
        self.tables = {table: Table(schema) for table, schema in BATCH_TABLES.items()}

    def add(self, report_id: str, parsed: ParsedReport, header: ReportHeader) -> None:
        """Add all rows of one report, with what the diagnosis says of it."""
        cells, problems = _storable_cells(parsed.cells)
        narrative, narrative_problems = _storable_narrative(parsed.narrative)
        identities = parsed.identities
        if problems:  # a cell lost its number, so its identities cannot be assessed any more
            verdicts = evaluate_within(header.template, {cell.cell: cell for cell in cells})
            identities = [IdentityResult(v.identity.id, v.status, v.residual) for v in verdicts]
        self.tables["report"].append(
            report_id,
            parsed.source.sha256,
            header.agency,
            header.agency_full,
            header.year,
            header.template,
            header.document_number,
            header.published_on,
            header.period_start,
            header.period_end,
            header.division_code,
            figures_hash(cells),
        )
        self._add_cells(report_id, cells)
        for number, count in enumerate(narrative, start=1):
            self.tables["narrative"].append(
                report_id,
                number,
                count.measure,
                count.label,
                count.value,
                count.unit,
                count.quote,
                _number(count.where.page),
                _number(count.where.line),
            )
        self.tables["identity"].extend(
            repeat(report_id, len(identities)),
            [verdict.id for verdict in identities],
            [verdict.status for verdict in identities],
            [verdict.residual if fits(verdict.residual) else None for verdict in identities],
        )
        for number, problem in enumerate([*parsed.problems, *problems, *narrative_problems], start=1):
            self.add_problem(parsed.source.sha256, report_id, number, problem)
        if "broken" in [verdict.status for verdict in identities] or "blank" in [c.state for c in cells]:
            self._add_findings(report_id, msgspec.structs.replace(parsed, cells=cells))

    def add_all(self, other: "ReportRows") -> None:
        """Add the rows of other reports."""
        for name, table in self.tables.items():
            table.add(other.tables[name])

    def add_problem(self, sha: str, report_id: str | None, number: int, problem: Problem) -> None:
        """Add a problem of a report, or of a document that gave none."""
        place = problem.where
        self.tables["problem"].append(
            sha,
            report_id,
            number,
            problem.code,
            problem.severity,
            problem.message,
            _number(place.page),
            _number(place.table),
            _number(place.row),
            _number(place.column),
            _number(place.line),
        )

    def _add_cells(self, report_id: str, cells: list[Cell]) -> None:
        places = [cell.where for cell in cells]
        self.tables["cell"].extend(
            repeat(report_id, len(cells)),
            [cell.cell for cell in cells],
            [cell.value for cell in cells],
            # Nearly all are whole, or none
            [
                None
                if cell.value is None
                else 0
                if cell.value.same_quantum(_WHOLE)
                else _decimals(cell.value)
                for cell in cells
            ],
            [cell.state for cell in cells],
            [cell.unit for cell in cells],
            [cell.raw for cell in cells],
            _numbers([place.page for place in places]),
            _numbers([place.table for place in places]),
            _numbers([place.row for place in places]),
            _numbers([place.column for place in places]),
        )

    def _add_findings(self, report_id: str, parsed: ParsedReport) -> None:
        """Add what the diagnosis says of broken identities and omitted totals: the same as `ogi check`."""
        for number, finding in enumerate(check_report(parsed).result.findings, start=1):
            identities = " ".join(finding.identities)
            statements = (finding.statement_zh, finding.statement_en)
            self.tables["finding"].append(
                report_id, number, finding.kind, finding.side, identities, *statements
            )
            for suspect in finding.cells:
                implied = suspect.implied if fits(suspect.implied) else None
                self.tables["finding_cell"].append(report_id, number, suspect.cell, suspect.printed, implied)


def fits(value: Decimal | None) -> bool:
    """Tell whether the warehouse can hold a figure exactly; None, no figure, always fits."""
    if value is None:
        return True
    if value.same_quantum(_WHOLE):  # nearly all, so asked first
        return value.adjusted() < INTEGER_DIGITS
    if not value.is_finite():
        return False
    return not value or (value.adjusted() < INTEGER_DIGITS and value == value.quantize(_LAST_DECIMAL))


def _storable_cells(cells: list[Cell]) -> tuple[list[Cell], list[Problem]]:
    """Turn a figure that does not fit into an illegible one that keeps its characters."""
    if all(map(fits, [cell.value for cell in cells])):
        return cells, []
    kept, problems = [], []
    for cell in cells:
        if fits(cell.value):
            kept.append(cell)
            continue
        raw = cell.raw if cell.raw is not None else str(cell.value)
        kept.append(msgspec.structs.replace(cell, value=None, state="illegible", raw=raw))
        problems.append(_out_of_range(cell.cell, cell.value, cell.where))
    return kept, problems


def _storable_narrative(counts: list[NarrativeCount]) -> tuple[list[NarrativeCount], list[Problem]]:
    kept = [count for count in counts if fits(count.value)]
    problems = [
        _out_of_range(f"{count.measure}（{count.quote}）", count.value, count.where)
        for count in counts
        if not fits(count.value)
    ]
    return kept, problems


def _out_of_range(what: str, value: Decimal | None, where: Place) -> Problem:
    return Problem(
        "figure_out_of_range",
        "warning",
        f"{what}：数字 {value} 超出可保存的范围（整数十二位、小数六位），按无法辨认处理。"
        " / The figure has more than twelve digits or six decimals; kept as illegible.",
        where,
    )


def _decimals(value: Decimal) -> int:
    """Return how many decimals a figure was printed with."""
    exponent = value.as_tuple().exponent
    return min(max(-exponent, 0), _LARGEST_SCALE) if isinstance(exponent, int) else 0


def _number(place: object) -> int | None:
    """Return a whole number that its column can hold; None for one that is absent or absurd."""
    return place if isinstance(place, int) and place in _INT32 else None


def _numbers(places: Sequence[object]) -> Sequence[int | None]:
    """Do the same for a column, which has few different numbers."""
    if _USUAL.issuperset(places):
        return cast("Sequence[int | None]", places)
    known = {place: _number(place) for place in set(places)}
    return [known[place] for place in places]
