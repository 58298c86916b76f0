"""One load, now."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ogi.commands.common import settings_in_use, stop

if TYPE_CHECKING:
    from ogi.settings.model import Settings
    from ogi.warehouse.run import Run


@click.command()
@click.argument("inbox", default="inbox", type=click.Path(path_type=Path))
@click.option(
    "--reparse-budget",
    type=click.FloatRange(min=0),
    metavar="MINUTES",
    help="解析程序更新后，本次最多用几分钟重读旧文档，默认按设置 load.reparse_budget_minutes"
    " / Minutes for reading documents again that an older parser read; the setting if not given.",
)
def load(inbox: Path, reparse_budget: float | None) -> None:
    """把收件箱入库、核对并发布 / Take in an inbox, prove it and publish a release.

    INBOX（默认 ./inbox）是存放报告的文件夹，含下级文件夹；*.jsonl 是别处解析好的报告。
    INBOX is a folder of documents, searched with its subfolders; *.jsonl files hold reports that were parsed elsewhere.

    退出码 / exit status: 0 已发布或没有新内容 / published or nothing new; 1 未发布 / not published.
    """
    with settings_in_use() as (settings, home):
        from flows.start import load_now
        from ogi.warehouse.run import NotPublished
        from ogi.warehouse.summary import summarise

        before = home.current_release()
        budget = settings.load.reparse_budget_minutes if reparse_budget is None else reparse_budget
        try:
            run = load_now(home, inbox, budget * 60)
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


def _alert(settings: "Settings", run: "Run | None", text: str) -> None:
    """Tell who wants to know, and say what could not be told."""
    from ogi.warehouse.alert import tell

    for failure in tell(run, text, settings.alert):
        click.echo(failure, err=True)
