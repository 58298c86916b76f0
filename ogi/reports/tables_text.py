"""A report as its tables, for a terminal: the form's rows and columns, odd cells marked, problems below."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ogi.reports.check_text import where
from ogi.reports.columns_text import aligned, shortened
from ogi.reports.model import Cell, ParsedReport, Place, ReportHeader
from ogi.reports.templates import TemplateCell, cell_label, templates

# None of these is zero
_MARKS = {
    "blank": ("·", "空白 / blank"),
    "not_applicable": ("／", "不适用 / not applicable"),
    "illegible": ("？", "无法辨认 / illegible"),
    "missing": ("缺", "未印 / missing"),
}
_TABLES = {
    "proactive": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "reviews": "四、政府信息公开行政复议、行政诉讼情况",
    "statistics": "政府信息公开情况统计表",
}
_WIDEST_LABEL = 48
_WIDEST_COLUMN = 14
# The form of 2014 has one column; its unit says more than a heading
_UNIT_COLUMN = "value"


def tables_text(parsed: ParsedReport) -> str:
    """Return the report's tables as text: a line a row, a mark where no number is printed, then what is odd."""
    report = parsed.report
    if report is None:
        return "\n".join(problem.message for problem in parsed.problems)
    cells = {cell.cell: cell for cell in parsed.cells}
    template = templates().get(report.template or "")
    lines = [_title(report), *_metadata(report)]
    printed = [d for d in template.cells if d.cell in cells] if template else []
    for table, definitions in groupby(printed, key=lambda d: d.table):
        lines += ["", _TABLES[table], *_table(list(definitions), cells)]
    states = {cell.state for cell in parsed.cells}
    legend = [f"{mark} {meaning}" for state, (mark, meaning) in _MARKS.items() if state in states]
    if legend:
        lines += ["", f"标记 / marks: {'  '.join(legend)}；均不是零 / none of these is zero"]
    lines += [
        f"？{cell_label(report.template, cell.cell)} 印为 / prints “{cell.raw}”"
        for cell in parsed.cells
        if cell.state == "illegible"
    ]
    lines += [f"！{problem.message}{_at(problem.where)}" for problem in parsed.problems]
    return "\n".join(lines)


def _title(report: ReportHeader) -> str:
    return (
        f"{report.agency or '（未署名）'} {report.year or '（年度不明）'}　表式 {report.template or '不明'}"
    )


def _metadata(report: ReportHeader) -> list[str]:
    known = {
        "全称": report.agency_full,
        "区划": report.division_code,
        "文号": report.document_number,
        "发布": report.published_on,
    }
    said = "　".join(f"{label} {value}" for label, value in known.items() if value is not None)
    return [said] if said else []


def _table(definitions: Sequence[TemplateCell], cells: dict[str, Cell]) -> Iterator[str]:
    """Yield a heading and the rows below it for each run of rows with the same columns."""
    rows = [list(row) for _, row in groupby(definitions, key=lambda d: d.row_code)]
    for codes, block in groupby(rows, key=lambda row: [d.column_code for d in row]):
        members = list(block)
        has_heading = codes != [_UNIT_COLUMN]
        heading = ["", *(shortened(d.column_path[-1], _WIDEST_COLUMN) for d in members[0])]
        lines = [heading] if has_heading else []
        before: tuple[str, ...] = ()
        for row in members:
            lines += _groups(row[0].row_path, before)
            lines.append(_row(row, cells, unit=not has_heading))
            before = row[0].row_path
        yield from aligned(lines, _WIDEST_LABEL)


def _groups(path: Sequence[str], before: Sequence[str]) -> list[list[str]]:
    """Return a line for each group above a row that the row before it does not stand in."""
    return [
        ["  " * (depth + 1) + name]
        for depth, name in enumerate(path[:-1])
        if tuple(path[: depth + 1]) != tuple(before[: depth + 1])
    ]


def _row(row: Sequence[TemplateCell], cells: dict[str, Cell], *, unit: bool) -> list[str]:
    label = "  " * len(row[0].row_path) + row[0].row_path[-1]
    shown = [_shown(cells[d.cell], d) for d in row]
    return [label, *shown, row[0].unit or ""] if unit else [label, *shown]


def _shown(cell: Cell, definition: TemplateCell) -> str:
    if cell.state != "reported":
        return _MARKS[cell.state][0]
    # The unit is worth a word only for amounts
    return f"{cell.value}{cell.unit or ''}" if definition.kind == "money" else f"{cell.value}"


def _at(place: Place) -> str:
    return f"（{where(place)}）" if any(isinstance(n, int) for n in (place.table, place.line)) else ""
