"""The nightly schedule."""

import datetime as dt
from pathlib import Path

import click

from ogi.commands.common import home_in_use


@click.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
@click.option(
    "--at", type=click.DateTime(["%H:%M"]), help="每日几点，等于 --cron 的简写 / Daily at; short for --cron."
)
@click.option("--cron", default="0 2 * * *", show_default=True, help="何时入库 / When to load.")
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="时区 / Whose time that is.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=360,
    show_default=True,
    help="一次入库最多几分钟，超过即终止 / Minutes after which a load is ended.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=4200,
    show_default=True,
    help="界面的端口（仅本机），被占用时另选 / Port of the user interface, on this machine only; another if taken.",
)
@click.option("--now", is_flag=True, help="启动后立即入库一次 / Also load once right away.")
def serve(
    inbox: Path, at: dt.datetime | None, cron: str, timezone: str, time_limit: float, port: int, now: bool
) -> None:
    """每夜定时入库，直到结束进程 / Load the inbox every night until the process is ended.

    每次入库在单独的进程中运行；Ctrl-C 或 SIGTERM 停止。
    Each load runs in a process of its own; Ctrl-C or SIGTERM stops the schedule.
    """
    if at is not None:
        cron = f"{at.minute} {at.hour} * * *"
    with home_in_use() as home:
        from flows.plan import Plan, PlanError
        from flows.serve import serve as keep_schedule

        try:
            plan = Plan(inbox.absolute(), cron, timezone, time_limit * 60)
        except PlanError as error:
            raise click.UsageError(str(error)) from error
        keep_schedule(home, plan, port=port, at_once=now, say=click.echo)
