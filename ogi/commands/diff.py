"""What changed between the versions of a report."""

import csv
import sys
from typing import TYPE_CHECKING, Literal

import click

from ogi.commands.common import home_in_use, print_table

if TYPE_CHECKING:
    from ogi.warehouse.report_diff import Printed, ReportDiff


@click.command()
@click.argument("agency")
@click.argument("year", type=int)
@click.option(
    "--versions",
    type=(int, int),
    default=None,
    help="比较哪两版，默认最后两版 / Which two versions; the last two if not given.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True
)
def diff(
    agency: str, year: int, versions: tuple[int, int] | None, form: Literal["table", "json", "csv"]
) -> None:
    """逐格列出同一报告两版之间的变化 / List cell by cell what changed between two versions of a report.

    AGENCY 是机关标识或全名（须完全一致）/ AGENCY is an agency's id or its whole name.

    例 / example: ogi diff 广州市越秀区住房和建设局 2022
    """
    with home_in_use() as home:
        import msgspec

        from ogi.warehouse.release import release_file
        from ogi.warehouse.report_diff import diff_versions

        found = diff_versions(release_file(home), agency, year, versions)
        if form == "json":
            encoder = msgspec.json.Encoder(decimal_format="number")
            click.echo(msgspec.json.format(encoder.encode(found), indent=2))
        elif form == "csv":
            _write_csv(found)
        else:
            _print(found)


def _print(found: "ReportDiff") -> None:
    for version in (found.old, found.new):
        dated = version.published_on or "日期不详 / undated"
        click.echo(f"第 {version.version} 版 / version {version.version}: {version.source_path} ({dated})")
    if not found.cells:
        click.echo("各单元格的数字都相同。 / Every figure is the same.")
        return
    print_table(
        [
            "单元格 / cell",
            "项目 / label",
            "原为 / old",
            "现为 / new",
            "原位置 / old place",
            "现位置 / new place",
        ],
        [
            [
                changed.cell,
                changed.label or "",
                _shown(changed.old),
                _shown(changed.new),
                _place(changed.old),
                _place(changed.new),
            ]
            for changed in found.cells
        ],
    )


def _write_csv(found: "ReportDiff") -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    fields = ("value", "state", "unit", "raw", "page", "table", "row", "column")
    writer.writerow(
        ["agency_id", "year", "old_version", "new_version", "cell"]
        + [f"{side}_{field}" for side in ("old", "new") for field in fields]
    )
    for changed in found.cells:
        writer.writerow(
            [found.agency_id, found.year, found.old.version, found.new.version, changed.cell]
            + [
                _text(getattr(printed, field)) if printed else ""
                for printed in (changed.old, changed.new)
                for field in fields
            ]
        )


def _shown(printed: "Printed | None") -> str:
    """Say a cell in short: its number with the unit, or why there is none."""
    if printed is None:
        return "—"
    if printed.value is None:
        return f"{printed.state}（{printed.raw}）" if printed.raw else printed.state
    return f"{_text(printed.value)} {printed.unit or ''}".strip()


def _place(printed: "Printed | None") -> str:
    from ogi.reports.check_text import where
    from ogi.reports.model import Place

    if printed is None or printed.table is None:
        return ""
    return where(Place(page=printed.page, table=printed.table, row=printed.row, column=printed.column))


def _text(value: object) -> str:
    return "" if value is None else str(value)
