"""What was published, and going back."""

import click

from ogi.commands.common import home_in_use, print_table, stop


@click.command()
def releases() -> None:
    """列出已发布的版本 / List the published releases, the newest first."""
    with home_in_use() as home:
        from ogi.warehouse.release import releases as list_releases

        listed = list_releases(home)
        if not listed:
            click.echo("还没有发布，请先运行 ogi load。 / No release yet: run `ogi load` first.", err=True)
            return
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


@click.command()
@click.argument("release", required=False)
def rollback(release: str | None) -> None:
    """退回上一个（或指定的）版本 / Go back to the release before the current one, or to RELEASE.

    下次 ogi load 会把较新的文档重新入库 / The next `ogi load` brings the newer documents in again.
    """
    with home_in_use() as home:
        from ogi.warehouse.home import one_writer
        from ogi.warehouse.release import rollback as go_back

        if not home.root.is_dir():
            stop("还没有发布，请先运行 ogi load。 / No release yet: run `ogi load` first.")
        with one_writer(home):
            before, now = go_back(home, release)
        click.echo(f"当前版本由 {before} 改为 {now}。 / The current release was {before}, it is {now} now.")
