"""What is wrong with the reports, and what was decided on it."""

from typing import TYPE_CHECKING, Literal

import click

from ogi.commands.common import home_in_use, print_table

if TYPE_CHECKING:
    from ogi.warehouse.reviews import Decision, Reviewed

# A table of hundreds of thousands of rows takes minutes to lay out, and nobody reads it
_SHOWN = 1_000


@click.command()
@click.argument("ids", nargs=-1)
@click.option(
    "--set",
    "decision",
    type=click.Choice(["open", "sent", "accepted", "dismissed"]),
    help="记下处理结果 / Write down what was decided on IDS.",
)
@click.option("--why", default="", help="理由 / Why.")
@click.option(
    "--who", default=None, help="经办人，默认为系统用户 / Who decided; the system's user if not given."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def findings(
    ids: tuple[str, ...],
    decision: "Decision | None",
    why: str,
    who: str | None,
    form: Literal["table", "json"],
) -> None:
    """列出报告中的问题及处理情况 / List what is wrong with the reports, and what was decided on it.

    状态 / status: open 待处理, sent 已告知机关, accepted 机关认可, dismissed 不成立, corrected 新版报告已改正,
    stale 所印数字已变但问题仍在 / the figures changed, the problem stays.

    例 / example: ogi findings 3f2a91c4 --set sent --why 已发整改函
    """
    with home_in_use() as home:
        import msgspec

        from ogi.warehouse.home import system_user
        from ogi.warehouse.release import release_file
        from ogi.warehouse.reviews import decide, list_reviewed

        release = release_file(home)
        if decision is not None:
            if not ids:
                raise click.UsageError("--set 需要至少一个编号 / --set needs at least one id")
            for finding in decide(home, release, ids, decision, who or system_user(), why):
                click.echo(f"{finding.finding_id[:8]} {decision}: {finding.statement_zh}")
            return
        listed = list_reviewed(home, release, ids)
        if form == "json":
            click.echo(msgspec.json.format(msgspec.json.encode(listed), indent=2))
        else:
            print_table(
                [
                    "编号 / id",
                    "状态 / status",
                    "机关 / agency",
                    "年度 / year",
                    "说明 / finding",
                    "位置 / where",
                ],
                [
                    [
                        r.finding.finding_id[:8],
                        r.status,
                        r.finding.agency_id,
                        str(r.finding.year),
                        r.finding.statement_zh,
                        _place(r),
                    ]
                    for r in listed[:_SHOWN]
                ],
            )
            if len(listed) > _SHOWN:
                click.echo(
                    f"… 只显示前 {_SHOWN} 条，共 {len(listed)} 条；全部请用 --format json，一个地区请用 ogi bulletin"
                    f" / the first {_SHOWN} of {len(listed)}: --format json has all, `ogi bulletin` those of a division"
                )


def _place(reviewed: "Reviewed") -> str:
    """Say in which document the first cell of a finding stands, and of how many; `--format json` has them all."""
    from ogi.reports.check_text import where
    from ogi.reports.model import Place

    if not reviewed.cells:
        return reviewed.path or ""
    first = reviewed.cells[0]
    place = where(Place(page=first.page, table=first.table, row=first.row, column=first.column))
    more = f" 等 {len(reviewed.cells)} 处" if len(reviewed.cells) > 1 else ""
    return f"{reviewed.path}，{place}{more}"
