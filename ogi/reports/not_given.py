"""The cells of a report that hold no figure, by row: what an agency may have left out before it publishes."""

from collections.abc import Iterator

from ogi.reports.model import Cell
from ogi.reports.templates import cell_label, row_label

_STATES = {
    "blank": "空白未填 / blank",
    "missing": "表中没有 / not in the table",
    "illegible": "没有读出数字 / no figure could be read",
    "not_applicable": "印为“/”或“无” / printed as not applicable",
}
_SHOWN_ROWS = 12


def not_given(cells: dict[str, Cell], template: str | None) -> Iterator[str]:
    """Give one line a state: how many cells have no figure, and in which rows; long lists are cut."""
    for state, words in _STATES.items():
        rows: dict[str, list[Cell]] = {}
        for cell in cells.values():
            if cell.state == state:
                rows.setdefault(cell.cell.rpartition(".")[0], []).append(cell)
        if rows:
            shown = "；".join(_row(members, template) for members in list(rows.values())[:_SHOWN_ROWS])
            more = f"……共 {len(rows)} 行" if len(rows) > _SHOWN_ROWS else ""
            yield f"{words}：{sum(map(len, rows.values()))} 格：{shown}{more}"


def _row(cells: list[Cell], template: str | None) -> str:
    """Name a cell by row and column, several of one row by the row and their number; say where they stand."""
    place = cells[0].where
    at = f"（第{place.table}个表第{place.row}行）" if place.table and place.row else ""
    if len(cells) == 1:
        return cell_label(template, cells[0].cell) + at
    return f"{row_label(template, cells[0].cell)} {len(cells)} 格{at}"
