"""Write a bulletin: one page for the office, one for each agency that has to act, and all corrections as one table."""

import csv
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from ogi.pages import templates_beside
from ogi.reports.check_text import where
from ogi.reports.model import Place
from ogi.reports.templates import cell_label
from ogi.warehouse.bulletin import AgencyYear, Bulletin
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import require_new_folder
from ogi.warehouse.reviews import PrintedCell

_RECEIPTS = {
    "in_time": ("按期", "in time"),
    "late": ("逾期", "late"),
    "undated": ("未印日期", "no date printed"),
    "missing": ("未报", "missing"),
    "not_due": ("尚未到期", "not due yet"),
}
# Excel and WPS take what begins so for a formula, and a name may come from anywhere
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_NAME = 40
_COLUMNS = (
    *("agency_id", "agency_name", "year", "finding_id", "status", "side", "statement_zh", "statement_en"),
    *("source_path", "page", "table", "row", "column", "cell", "label", "printed", "implied"),
)


def write_bulletin(bulletin: Bulletin, out: Path) -> list[Path]:
    """Write `index.html`, `agencies/*.html` and `corrections.csv`; return the agencies' pages.

    The table is UTF-8 with a byte order mark, as Excel and WPS need it.

    Raises:
        WarehouseError: the folder is not empty or cannot be written.
    """
    require_new_folder(out)
    environment = templates_beside(__file__)
    told = [agency for agency in bulletin.agencies if agency.has_to_act]
    pages = {agency.agency_id: _page_name(number, agency) for number, agency in enumerate(told, start=1)}
    environment.globals |= {
        "bulletin": bulletin,
        "told": told,
        "pages": pages,
        "receipts": _RECEIPTS,
        "place": _place,
        "label": cell_label,
        "figure": _figure,
    }
    try:
        (out / "agencies").mkdir(parents=True)
        _render(environment, "bulletin.html.j2", out / "index.html")
        for agency in told:
            page = out / "agencies" / pages[agency.agency_id]
            _render(environment, "corrections.html.j2", page, agency=agency)
        with (out / "corrections.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_COLUMNS)
            writer.writerows([_as_text(value) for value in row] for row in _rows(bulletin))
    except OSError as error:
        raise WarehouseError(
            f"无法写入 {out}：{error.strerror}。", f"It cannot be written: {error}."
        ) from error
    return [out / "agencies" / name for name in pages.values()]


def _render(environment: Environment, template: str, page: Path, **names: object) -> None:
    page.write_text(environment.get_template(template).render(names), encoding="utf-8")


def _page_name(number: int, agency: AgencyYear) -> str:
    """Name an agency's page after it, without what a file system or an address cannot have; the number makes it one."""
    name = "".join(c if c.isalnum() else "-" for c in agency.agency_name[:_LONGEST_NAME])
    return f"{number:03}-{name}.html"


def _figure(value: float | None) -> str:
    """Write a figure without the zeros that say nothing; nothing where there is none, for that is no zero."""
    return "" if value is None else f"{value:.15g}"


def _place(cell: PrintedCell) -> str:
    return where(Place(page=cell.page, table=cell.table, row=cell.row, column=cell.column))


def _as_text(value: object) -> object:
    """Write a value of the table; a text that would be a formula stays a text."""
    if isinstance(value, float):
        return _figure(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rows(bulletin: Bulletin) -> Iterator[tuple[object, ...]]:
    """One row a cell that a finding names, one for a finding that names none."""
    for agency in bulletin.agencies:
        for reviewed in agency.corrections:
            finding = reviewed.finding
            told = (
                *(agency.agency_id, agency.agency_name, bulletin.year, finding.finding_id, reviewed.status),
                *(finding.side, finding.statement_zh, finding.statement_en, reviewed.path),
            )
            for c in reviewed.cells:
                label = cell_label(agency.template, c.cell)
                yield (*told, c.page, c.table, c.row, c.column, c.cell, label, c.printed, c.implied)
            if not reviewed.cells:
                yield (*told, *(None,) * (len(_COLUMNS) - len(told)))
