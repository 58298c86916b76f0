"""The nightly schedule."""

from pathlib import Path

import click

from ogi.commands.common import settings_in_use


@click.command()
@click.argument("inbox", required=False, type=click.Path(path_type=Path))
@click.option(
    "--cron",
    help="何时入库，默认按设置 schedule.cron / When to load; the setting schedule.cron if not given.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=4200,
    show_default=True,
    help="界面的端口（仅本机），被占用时另选 / Port of the user interface, on this machine only; another if taken.",
)
@click.option("--now", is_flag=True, help="启动后立即入库一次 / Also load once right away.")
def serve(inbox: Path | None, cron: str | None, port: int, now: bool) -> None:
    """每夜定时入库，直到结束进程 / Load the inbox every night until the process is ended.

    INBOX 同 ogi load：不写则收取设置里的全部来源。 / INBOX as for `ogi load`: without it the sources of the settings.

    每次入库在单独的进程中运行；Ctrl-C 或 SIGTERM 停止。
    Each load runs in a process of its own; Ctrl-C or SIGTERM stops the schedule.
    """
    with settings_in_use() as (settings, home):
        from flows.plan import Plan
        from flows.serve import serve as keep_schedule
        from ogi.settings.cron import check_cron

        try:
            when = check_cron(cron or settings.schedule.cron)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--cron") from error
        schedule = settings.schedule
        plan = Plan(inbox.absolute() if inbox else None, when, schedule.full_refresh_cron, schedule.timezone)
        keep_schedule(home, plan, port=port, at_once=now, say=click.echo)
