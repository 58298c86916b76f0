"""The marts of the published release as files."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ogi.commands.common import home_in_use

if TYPE_CHECKING:
    from ogi.warehouse.export import Form


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--format", "form", type=click.Choice(["parquet", "csv"]), default="parquet", show_default=True)
@click.option(
    "--tables",
    default="",
    help="表名，逗号分隔；默认全部 / Names of marts with commas between; all if not given.",
)
def export(out: Path, form: "Form", tables: str) -> None:
    """导出已发布的全部表，按年度分文件 / Export the marts of the published release, one file a year.

    OUT 须为空或不存在；附 datapackage.json（Frictionless）、数据字典和校验和。
    OUT must be empty or not there; datapackage.json, the dictionary and checksums come with the data.

    例 / example: ogi export --format csv --tables fct_report,dim_agency OUT
    """
    with home_in_use() as home:
        from ogi.warehouse.export import export_marts
        from ogi.warehouse.exports import newest_export
        from ogi.warehouse.release import release_file

        file = release_file(home)
        wanted = [name.strip() for name in tables.split(",") if name.strip()]
        exported = export_marts(file, file.parent.name, out, form, wanted, newest_export(home))
        click.echo(
            f"{exported.files} 个文件（{exported.bytes / 1e6:.1f} MB）写入 {out}。 / {exported.files} files were written."
        )
