"""The nightly load, now or on a schedule."""

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ogi.commands.common import home_in_use, stop

if TYPE_CHECKING:
    from ogi.warehouse.run import Run


@click.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
@click.option(
    "--full-refresh",
    is_flag=True,
    help="全部模型重建，平时只重建有变化的机关 / Build every model anew, not only what changed.",
)
def load(inbox: Path, full_refresh: bool) -> None:
    """把收件箱入库、核对并发布 / Take in an inbox, prove it and publish a release.

    INBOX（默认 ./inbox）是存放报告的文件夹，含下级文件夹；*.jsonl 是别处解析好的报告。
    INBOX is a folder of documents, searched with its subfolders; *.jsonl files hold reports that were parsed elsewhere.

    退出码 / exit status: 0 已发布或没有新内容 / published or nothing new; 1 未发布 / not published.
    """
    with home_in_use() as home:
        from flows.start import load_now
        from ogi.warehouse.run import NotPublished
        from ogi.warehouse.summary import summarise

        before = home.current_release()
        try:
            run = load_now(home, inbox, is_full_refresh=full_refresh)
        except NotPublished as error:
            click.echo(summarise(error.run))
            _alert(error.run, f"{error}\n\n{summarise(error.run)}")
            stop(str(error))
        except Exception as error:
            if home.current_release() != before:
                click.echo(f"已发布 / published: {home.current_release()}")
            _alert(None, str(error))
            raise
        click.echo(summarise(run))
        _alert(run, summarise(run))


def _alert(run: "Run | None", text: str) -> None:
    """Tell who wants to know, and say what could not be told."""
    from ogi.warehouse.alert import alert_of, send

    alert = alert_of(run, text)
    for failure in send(alert) if alert else []:
        click.echo(failure, err=True)


@click.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
@click.option(
    "--at",
    type=click.DateTime(["%H:%M"]),
    default="02:00",
    show_default=True,
    help="北京时间 / Beijing time.",
)
def serve(inbox: Path, at: dt.datetime) -> None:
    """每夜定时入库，直到结束进程 / Load the inbox every night until the process is ended."""
    from ogi.schedule import serve_nightly

    try:
        serve_nightly(inbox, at.time(), click.echo)
    except KeyboardInterrupt:
        sys.exit(0)
