"""Is everything well for tonight?"""

import sys
from typing import Literal

import click

_MARKS = {"ok": "✓", "advice": "·", "mend": "✗"}


@click.command()
@click.option("--online", is_flag=True, help="也访问网址来源 / Ask the web sites of the sources, too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(online: bool, form: Literal["text", "json"]) -> None:
    """检查磁盘、版本、权限、时钟、台账、发布、来源，并说明如何处理 / Check all that a load needs; say how to mend it.

    退出码 / exit status: 0 一切正常 / all is well; 1 有需要处理的问题 / something must be mended.
    """
    import msgspec

    from ogi.settings.errors import SettingsError
    from ogi.settings.read import read_settings
    from ogi.warehouse.clock import now
    from ogi.warehouse.doctor.examine import Examined, examine
    from ogi.warehouse.doctor.verdict import Patient
    from ogi.warehouse.home import Home

    try:
        read = read_settings()
        examined = list(examine(Patient(read, Home(read.settings.home), now(), online)))
    except SettingsError as error:  # without settings nothing else can be looked at
        examined = [
            Examined("settings", "mend", str(error), "改正设置文件或环境变量 / correct file or variable")
        ]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(examined), indent=2))
    else:
        for one in examined:
            click.echo(f"{_MARKS[one.status]} {one.found}")
            if one.mend:
                click.echo(f"    → {one.mend}")
    sys.exit(any(one.status == "mend" for one in examined))
