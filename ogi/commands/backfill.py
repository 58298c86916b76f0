"""Reading again, and taking in an archive of old documents."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ogi.commands.common import settings_in_use, stop

if TYPE_CHECKING:
    from ogi.warehouse.run import Run


@click.command()
@click.option(
    "--year", type=click.IntRange(1990, 2099), help="重读这一年度的报告 / Read the reports of a year again."
)
@click.option(
    "--district",
    metavar="CODE",
    help="重读这一区划（含下级）的报告，如 350502 / Read the reports of a division and those below it again.",
)
@click.option("--quarantined", is_flag=True, help="重读退回的文档 / Read again what is in quarantine.")
@click.option(
    "--inbox",
    type=click.Path(path_type=Path),
    help="收取一个旧文档文件夹，分批解析 / Take in a folder of old documents, slice by slice.",
)
@click.option(
    "--publish-every",
    type=click.IntRange(1),
    metavar="FILES",
    help="--inbox 每收取多少个文件发布一次，默认只在最后发布 / With --inbox: publish after so many files, not only at the end.",
)
def backfill(
    year: int | None, district: str | None, quarantined: bool, inbox: Path | None, publish_every: int | None
) -> None:
    """重读已收的文档，或收取旧档 / Read landed documents again, or take in an archive.

    中断后用同样的选项再运行一次，即从中断处继续；显示进度和估计的剩余时间。
    Interrupted, the same command goes on where it stopped; it shows how far it is and how long it still takes.

    例 / example: ogi backfill --year 2019 --district 350502
    """
    if sum([year is not None or district is not None, quarantined, inbox is not None]) != 1:
        raise click.UsageError(
            "请指定 --year 和/或 --district，或 --quarantined，或 --inbox 之一"
            " / give --year and/or --district, or --quarantined, or --inbox"
        )
    if publish_every and inbox is None:
        raise click.UsageError("--publish-every 只用于 --inbox / --publish-every goes with --inbox")
    with settings_in_use() as (settings, home):
        from flows.start import backfill_now
        from ogi.warehouse.backfill import ReadingAgain, Wanted, archive_parts
        from ogi.warehouse.run import NotPublished
        from ogi.warehouse.summary import summarise

        def parts() -> "Iterable[Run]":
            if inbox is not None:
                return archive_parts(home, settings, inbox, publish_every)
            return (ReadingAgain(home, settings, wanted) for wanted in [Wanted(year, district, quarantined)])

        try:
            for run in backfill_now(settings, parts()):
                click.echo(summarise(run))
        except NotPublished as error:
            click.echo(summarise(error.run))
            stop(str(error))
