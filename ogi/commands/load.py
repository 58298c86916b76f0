"""One load, now."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ogi.commands.common import settings_in_use, stop

if TYPE_CHECKING:
    from ogi.settings.model import Settings
    from ogi.warehouse.run import Run


@click.command()
@click.argument("inbox", required=False, type=click.Path(path_type=Path))
@click.option(
    "--reparse-budget",
    type=click.IntRange(min=0),
    metavar="MINUTES",
    help="解析程序更新后，本次最多用几分钟重读旧文档，默认按设置 load.reparse_budget_minutes"
    " / Minutes for reading documents again that an older parser read; the setting if not given.",
)
@click.option(
    "--full-refresh",
    is_flag=True,
    help="全部模型重建，平时只重建有变化的机关 / Build every model anew, not only what changed.",
)
def load(inbox: Path | None, reparse_budget: int | None, full_refresh: bool) -> None:
    """收取、入库、核对并发布 / Take in documents, prove them and publish a release.

    INBOX 是存放报告的文件夹，含下级文件夹；*.jsonl 是别处解析好的报告。不写则收取设置里的全部来源（[[source]]），
    没有来源则为 ./inbox。

    INBOX is a folder of documents, searched with its subfolders; *.jsonl files hold reports that were parsed elsewhere.
    Without it every [[source]] of the settings is taken in, or ./inbox if there is none.

    退出码 / exit status: 0 已发布或没有新内容 / published or nothing new; 1 未发布（含发布被固定）/ not published,
    also where a release is pinned.
    """
    with settings_in_use() as (found, home):
        from flows.start import load_now
        from ogi.warehouse.run import NotPublished
        from ogi.warehouse.sources import default_inbox
        from ogi.warehouse.summary import summarise

        settings = found if reparse_budget is None else _with_budget(found, reparse_budget)
        before = home.current_release()
        try:
            run = load_now(settings, inbox or default_inbox(settings), is_full_refresh=full_refresh)
        except NotPublished as error:
            click.echo(summarise(error.run))
            _alert(settings, error.run, f"{error}\n\n{summarise(error.run)}")
            stop(str(error))
        except Exception as error:
            if home.current_release() != before:
                click.echo(f"已发布 / published: {home.current_release()}")
            _alert(settings, None, str(error))
            raise
        click.echo(summarise(run))
        _alert(settings, run, summarise(run))
        if run.held is not None:
            stop("发布被固定，新构建已暂存，未发布。 / A release is pinned: the build is held back.")


def _with_budget(settings: "Settings", minutes: int) -> "Settings":
    load = settings.load.model_copy(update={"reparse_budget_minutes": minutes})
    return settings.model_copy(update={"load": load})


def _alert(settings: "Settings", run: "Run | None", text: str) -> None:
    """Tell who wants to know, and say what could not be told."""
    from ogi.warehouse.alert import tell

    for failure in tell(run, text, settings.alert):
        click.echo(failure, err=True)
