"""Read-only SQL on the published release."""

import sys
from pathlib import Path
from typing import Literal

import click

from ogi.commands.common import home_in_use, stop


@click.command()
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件 / Write to a file instead."
)
def sql(query: str, form: Literal["table", "csv", "json", "parquet"], output: Path | None) -> None:
    """只读查询已发布的数据 / Run read-only SQL on the published release.

    例 / example: ogi sql "select agency_id, year, amount_yuan from marts.fct_procurement"
    """
    with home_in_use() as home:
        from ogi.warehouse.output import write_result
        from ogi.warehouse.query import query as open_query
        from ogi.warehouse.release import release_file

        if form == "parquet" and output is None and sys.stdout.isatty():
            stop("Parquet 是二进制格式，请加 --output 文件名。 / Parquet is binary: add --output FILE.")
        with open_query(release_file(home), query) as result:
            if output is None:
                write_result(result, form, sys.stdout.buffer, is_terminal=sys.stdout.isatty())
            else:
                with output.open("wb") as out:
                    write_result(result, form, out, is_terminal=False)
