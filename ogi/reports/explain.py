"""What the parser did with each thing a document prints, as one web page for the person who checks it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.identities.model import identities
from ogi.reports.check_text import where
from ogi.reports.figures import read_figure
from ogi.reports.model import Cell, ParsedReport, Place, Problem
from ogi.reports.templates import cell_label

# What became of a printed cell -> its name on the page; the order is that of the legend
MEANINGS = {
    "reported": ("采用的数字", "a figure that was used"),
    "blank": ("空白的项", "a blank"),
    "not_applicable": ("不适用的项", "marked not applicable"),
    "illegible": ("无法确定的项，未采用", "not certain, so not used"),
    "unclaimed": ("没有对应项的数字，未采用", "a figure that no cell took"),
    "flagged": ("另有问题，见“问题”", "see the problems"),
    "figure": ("报告表格以外的数字", "a figure outside the form's tables"),
    "text": ("文字", "words"),
}
_STATES = {
    "reported": "数字",
    "blank": "空白",
    "not_applicable": "不适用",
    "illegible": "无法确定",
    "missing": "未印",
}
_UNCLAIMED = "figure_unclaimed"
# Problems that say which of several readings was taken
_CHOICE = "reading_"

_Key = tuple[str, int] | tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """One printed cell or line as the page draws it."""

    text: str
    anchor: str
    kinds: str
    title: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class _Block:
    """A line (`is_heading`, one cell) or a table (`number`, its rows) of the page, with the document's page it is on."""

    page: int | None
    rows: list[list[_Shown]]
    number: int | None = None
    is_heading: bool = False
    is_aligned: bool = True
    counts: list[str] = field(default_factory=list)


def explain_page(document: Document, parsed: ParsedReport) -> str:
    """Return the page: header, problems and choices, the document block by block, and the list of all cells.

    Each printed cell is coloured by what became of it (`MEANINGS`), its tooltip names the cells that took it and where it
    stands; the two sides are joined by their places alone, so the page shows what the report says, not a second reading.
    """
    from ogi.pages import templates_beside

    environment = templates_beside(__file__)
    template = parsed.report.template if parsed.report else None
    statements = identities(template) if template else {}
    blocks = list(_blocks(document, parsed))
    anchors = {shown.anchor for block in blocks for row in block.rows for shown in row}

    def anchor(place: Place) -> str | None:
        name = _anchor(_key(place))
        return name if name in anchors else None

    return environment.get_template("explain.html.j2").render(
        parsed=parsed,
        choices=[p for p in parsed.problems if p.code.startswith(_CHOICE)],
        problems=[p for p in parsed.problems if not p.code.startswith(_CHOICE)],
        broken=[(i, statements.get(i.id)) for i in parsed.identities if i.status == "broken"],
        statuses=[i.status for i in parsed.identities],
        blocks=blocks,
        meanings=MEANINGS,
        states=_STATES,
        label=lambda cell: cell_label(template, cell),
        anchor=anchor,
        where=where,
    )


def _blocks(document: Document, parsed: ParsedReport) -> Iterator[_Block]:
    cells: dict[_Key, list[Cell]] = defaultdict(list)
    problems: dict[_Key, list[Problem]] = defaultdict(list)
    counts: dict[_Key, list[str]] = defaultdict(list)
    for cell in parsed.cells:
        cells[_key(cell.where)].append(cell)
    for problem in parsed.problems:
        problems[_key(problem.where)].append(problem)
    for count in parsed.narrative:
        words = [count.measure, count.label, f"{count.value}{count.unit or ''}"]
        counts[_key(count.where)].append(" ".join(word for word in words if word))
    template = parsed.report.template if parsed.report else None

    def shown(text: str, key: _Key, place: str, row_span: int = 1, column_span: int = 1) -> _Shown:
        kinds = _kinds(text, cells.get(key, []), problems.get(key, []))
        lines = [place]
        lines += [_taken(cell, template) for cell in cells.get(key, [])]
        lines += [problem.message for problem in problems.get(key, [])]
        return _Shown(text, _anchor(key), kinds, "\n".join(lines), row_span, column_span)

    for block in document.blocks:
        if isinstance(block, Text):
            key = ("line", block.line)
            line = shown(block.text, key, where(Place(page=block.page, line=block.line)))
            yield _Block(block.page, [[line]], is_heading=block.is_heading, counts=counts.get(key, []))
        else:
            rows = [
                [
                    shown(
                        c.text, (block.number, c.row, c.column), _place(block, c), c.row_span, c.column_span
                    )
                    for c in row
                ]
                for row in block.rows
            ]
            first = next((c.page for row in block.rows for c in row), None)
            yield _Block(first, rows, block.number, is_aligned=block.is_aligned)


def _key(place: Place) -> _Key:
    if isinstance(place.table, int) and isinstance(place.row, int) and isinstance(place.column, int):
        return (place.table, place.row, place.column)
    return ("line", place.line) if isinstance(place.line, int) else None


def _anchor(key: _Key) -> str:
    return "-".join(map(str, key)) if key else ""


def _kinds(text: str, cells: list[Cell], problems: list[Problem]) -> str:
    """Name what became of a printed cell: the state of what took it, else what it is; `flagged` beside that."""
    codes = {problem.code for problem in problems}
    if cells:
        kind: str = cells[0].state
    elif _UNCLAIMED in codes:
        kind = "unclaimed"
    else:
        kind = "figure" if read_figure(text).state == "reported" else "text"
    return f"{kind} flagged" if codes - {_UNCLAIMED} else kind


def _taken(cell: Cell, template: str | None) -> str:
    value = "" if cell.value is None else f" {cell.value}{cell.unit or ''}"
    return f"→ {cell_label(template, cell.cell)} {_STATES[cell.state]}{value}（{cell.cell}）"


def _place(grid: Grid, cell: GridCell) -> str:
    place = where(Place(page=cell.page, table=grid.number, row=cell.row, column=cell.column))
    if cell.box is None:
        return place
    left, top, right, bottom = cell.box
    return f"{place}，左 {left:.1f} 上 {top:.1f} 右 {right:.1f} 下 {bottom:.1f}（点 / points）"
