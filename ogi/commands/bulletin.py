"""What an oversight office tells of a year, and sends to each agency."""

from pathlib import Path

import click

from ogi.commands.common import home_in_use


@click.command()
@click.argument("division")
@click.argument("year", type=int)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def bulletin(division: str, year: int, out: Path) -> None:
    """生成一个地区一个年度的核查情况和发给各机关的更正清单 / Write what was found of a division's reports of a year.

    DIVISION 是区划代码或名称（含所辖），OUT 须为空或不存在：index.html 是核查情况（未报、逾期、勾稽不成立），
    agencies/ 下每个机关一页清单，corrections.csv 是全部条目。已记为不成立（dismissed）的问题不列入。

    DIVISION is a division's code or name, with all below it; OUT must be empty or not there. index.html says who did not
    report, who was late and which identities are broken; agencies/ has one list an agency, corrections.csv all of them.
    What was dismissed is left out.

    例 / example: ogi bulletin 440104 2022 通报
    """
    with home_in_use() as home:
        from ogi.warehouse.bulletin import read_bulletin
        from ogi.warehouse.bulletin_pages import write_bulletin
        from ogi.warehouse.release import release_file

        found = read_bulletin(home, release_file(home), division, year)
        pages = write_bulletin(found, out)
        missing, late = len(found.received("missing")), len(found.received("late"))
        click.echo(
            f"{found.division} {year}：应报 {len(found.agencies)}，未报 {missing}，逾期 {late}；"
            f"{len(pages)} 个机关的清单写入 {out}，先看 {out / 'index.html'}。"
            f" / {len(found.agencies)} expected, {missing} missing, {late} late; {len(pages)} agencies have a list."
        )
