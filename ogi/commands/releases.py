"""What was published, what changed between releases, going back and letting go."""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ogi.commands.common import home_in_use, print_table, stop

if TYPE_CHECKING:
    from ogi.warehouse.home import Home

Format = Literal["table", "csv", "json", "parquet"]
_NONE_YET = "还没有发布，请先运行 ogi load。 / No release yet: run `ogi load` first."


@click.command()
@click.option(
    "--diff", "two", type=(str, str), metavar="A B", help="比较两次发布的数字 / Compare the figures of two."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="--diff：摘要（table）或全部变化 / Of --diff: a summary (table), or every change.",
)
def releases(two: tuple[str, str] | None, form: Format) -> None:
    """列出已发布的版本 / List the published releases, the newest first.

    --diff A B：从 A 到 B 新增、消失、改变的数字及原因 / The figures added, gone and changed from A to B, and why:
    new_document, corrected_document, withdrawn_document, new_parser, new_seed, new_code.
    """
    with home_in_use() as home:
        if two is None:
            _list(home)
        else:
            _compare(home, *two, form)


def _list(home: "Home") -> None:
    from ogi.warehouse.pin import read_pin
    from ogi.warehouse.release import releases as list_releases

    listed = list_releases(home)
    if not listed:
        click.echo(_NONE_YET, err=True)
        return
    pin = read_pin(home)
    print_table(
        ["", "版本 / release", "文档 / documents", "报告 / reports", "不成立 / broken", "MB"],
        [
            [
                "*" if release.is_current else "",
                release.id,
                str(release.documents),
                str(release.reports),
                str(release.broken),
                f"{release.bytes / 1e6:.1f}",
            ]
            for release in listed
        ],
    )
    if pin is not None:
        click.echo(pin.in_words())


def _compare(home: "Home", old: str, new: str, form: Format) -> None:
    import duckdb

    from ogi.warehouse.output import write_result
    from ogi.warehouse.query import Result
    from ogi.warehouse.release import release_side
    from ogi.warehouse.release_diff import compare_published
    from ogi.warehouse.release_diff_text import changed_figures

    with tempfile.TemporaryDirectory(prefix="ogi-diff-") as folder:
        out = Path(folder) / "changes.parquet"
        changes = compare_published(release_side(home, old), release_side(home, new), out)
        if changes.why_not:
            stop(changes.why_not)
        if form == "table":
            click.echo("\n".join(changed_figures(changes)))
            return
        with duckdb.connect() as connection:
            (statement,) = connection.extract_statements(f"from read_parquet('{out}')")
            write_result(Result(connection, statement), form, sys.stdout.buffer, is_terminal=False)


@click.command()
@click.argument("release", required=False)
@click.option("--why", default="", help="理由 / Why.")
@click.option(
    "--who", default=None, help="经办人，默认为系统用户 / Who decided; the system's user if not given."
)
def rollback(release: str | None, why: str, who: str | None) -> None:
    """退回上一个（或指定的）版本并固定 / Go back to the release before the current one, or to RELEASE, and pin it.

    固定期间 ogi load 照常收件、解析、构建、审核，但不发布；ogi unpin 解除。
    While it is pinned, `ogi load` goes on taking in, parsing, building and proving, and publishes nothing: `ogi unpin`
    lets go.
    """
    with home_in_use() as home:
        from ogi.warehouse.home import one_writer, system_user
        from ogi.warehouse.release import rollback as go_back

        if not home.root.is_dir():
            stop(_NONE_YET)
        with one_writer(home):
            before, now = go_back(home, release, who or system_user(), why)
        click.echo(
            f"当前版本由 {before} 改为 {now}，并已固定；ogi unpin 解除。"
            f" / The current release was {before}, it is {now} now, and pinned until `ogi unpin`."
        )


@click.command()
def unpin() -> None:
    """解除退回后的固定 / Let go of the release that `ogi rollback` pinned.

    当前版本不变，下次 ogi load 发布新版本 / It stays the current one until the next `ogi load` publishes.
    """
    with home_in_use() as home:
        from ogi.warehouse.home import one_writer
        from ogi.warehouse.pin import remove_pin

        if not home.root.is_dir():
            stop(_NONE_YET)
        with one_writer(home):
            was_pinned = remove_pin(home)
        if not was_pinned:
            stop("没有固定任何版本。 / No release is pinned.")
        click.echo("已解除固定，下次 ogi load 将发布。 / Let go: the next `ogi load` publishes.")
