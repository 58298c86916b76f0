"""The command line: one thin function a command. What a command needs is imported when it runs."""

import sys
from pathlib import Path

import click

from ogi import __version__

_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ogi")
def main() -> None:
    """政府信息公开工作年度报告数据仓库 / A warehouse of Open Government Information annual reports."""


@main.command()
@_FILES
@click.option(
    "--format", "output", type=click.Choice(["json", "jsonl", "table"]), default="json", show_default=True
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read with."
)
def parse(files: tuple[Path, ...], output: str, jobs: int) -> None:
    """读取年报，不写数据仓库 / Read reports; touches no warehouse.

    Exit status: 0 every document gave a report, 1 some did not, 2 wrong usage.
    """
    from ogi.reports.output import print_reports

    sys.exit(print_reports(files, output, jobs))


@main.command()
@_FILES
@click.option("--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(files: tuple[Path, ...], output: str) -> None:
    """核对勾稽关系 / Check a report's identities before it is published.

    Exit status: 0 none broken, 1 some broken, 2 wrong usage, 3 some could not be read.
    """
    from ogi.reports.output import print_checks

    sys.exit(print_checks(files, output))
