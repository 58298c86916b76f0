"""A report as its tables, for a terminal: rows of the form, odd cells marked."""

from ogi.reports.model import Cell, ParsedReport
from ogi.reports.templates import templates

_MARKS = {"blank": "空", "not_applicable": "/", "illegible": "？", "missing": "缺"}


def tables_text(parsed: ParsedReport) -> str:
    """Return the report's tables as text, one line a row of the form; a problem a line below.

    空 is a blank cell, / not applicable, ？ illegible, 缺 not printed at all: none of them is zero.
    """
    report = parsed.report
    if report is None:
        return "\n".join(problem.message for problem in parsed.problems)
    lines = [
        f"{report.agency or '（未署名）'} {report.year or '（年度不明）'}　表式 {report.template or '不明'}"
    ]
    cells = {cell.cell: cell for cell in parsed.cells}
    template = templates().get(report.template or "")
    table, row = None, None
    for definition in template.cells if template else ():
        if definition.cell not in cells:
            continue
        if definition.table != table:
            table = definition.table
            lines.append(f"── {table}")
        if definition.row_code != row:
            row = definition.row_code
            lines.append(f"  {definition.row_path[-1]}：")
        lines[-1] += f"　{definition.column_path[-1]} {_shown(cells[definition.cell])}"
    lines += [f"！{problem.message}" for problem in parsed.problems]
    return "\n".join(lines)


def _shown(cell: Cell) -> str:
    return _MARKS.get(cell.state, f"{cell.value}")
