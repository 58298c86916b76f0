"""Commands that read documents and touch no warehouse."""

import sys
from pathlib import Path

import click

from ogi.commands.common import stop

# As plain text: among ten thousand names each Path would take more memory than its report
_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))


@click.command()
@_FILES
@click.option(
    "--format", "output", type=click.Choice(["json", "jsonl", "table"]), default="json", show_default=True
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with."
)
@click.option(
    "--explain",
    is_flag=True,
    help="不输出数据，而为每个文件在当前文件夹写一个网页 文件名.explain.html，标明每一格被读成什么"
    " / Print no data; write a web page NAME.explain.html into the current folder that shows what became of each cell.",
)
def parse(files: tuple[str, ...], output: str, jobs: int, explain: bool) -> None:
    """读取年报，不写数据仓库 / Read reports; touches no warehouse.

    Exit status: 0 every document gave a report, 1 some did not, 2 wrong usage.
    """
    from ogi.reports.output import print_reports, write_explanations
    from ogi.reports.workers import ReadersNotStarted

    if not explain:
        try:
            sys.exit(print_reports(map(Path, files), output, jobs))
        except ReadersNotStarted as error:
            stop(str(error))
    try:
        sys.exit(write_explanations(map(Path, files)))
    except OSError as error:
        stop(
            f"网页写不进当前文件夹：{error}；请换一个文件夹。 / Cannot write here: {error}; use another folder."
        )


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(files: tuple[Path, ...], output: str) -> None:
    """核对勾稽关系 / Check a report's identities before it is published.

    文件夹连同下级文件夹 / a folder stands for the documents in it and below.

    Exit status: 0 none broken, 1 some broken, 2 wrong usage, 3 some could not be read.
    """
    from ogi.reports.output import UNREADABLE, print_checks
    from ogi.reports.workers import ReadersNotStarted

    try:
        sys.exit(print_checks(files, output))
    except FileNotFoundError as error:
        raise click.UsageError(str(error)) from error
    except ReadersNotStarted as error:
        click.echo(str(error), err=True)
        sys.exit(UNREADABLE)
