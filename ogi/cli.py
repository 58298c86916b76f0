"""The command line: `ogi` and its commands, which stand in `ogi.commands`."""

import click

from ogi import __version__
from ogi.commands.backfill import backfill
from ogi.commands.bulletin import bulletin
from ogi.commands.config import config
from ogi.commands.dashboard import dashboard
from ogi.commands.demo import demo
from ogi.commands.diff import diff
from ogi.commands.doctor import doctor
from ogi.commands.export import export
from ogi.commands.findings import findings
from ogi.commands.load import load
from ogi.commands.quarantine import quarantine
from ogi.commands.reading import check, parse
from ogi.commands.releases import releases, rollback, unpin
from ogi.commands.serve import serve
from ogi.commands.sql import sql


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ogi")
def main() -> None:
    """政府信息公开工作年度报告数据仓库 / A warehouse of Open Government Information annual reports."""


for command in (
    parse,
    check,
    load,
    serve,
    backfill,
    releases,
    rollback,
    unpin,
    quarantine,
    findings,
    bulletin,
    sql,
    diff,
    export,
    config,
    doctor,
    dashboard,
    demo,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
