"""The settings that hold."""

from typing import Literal

import click

from ogi.commands.common import print_table, stop


@click.command()
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def config(form: Literal["table", "json"]) -> None:
    """显示有效的设置和各自的来源 / Show the settings that hold and where each comes from; secrets are masked."""
    import msgspec

    from ogi.settings.errors import SettingsError
    from ogi.settings.read import read_settings
    from ogi.settings.show import shown_settings

    try:
        read = read_settings()
    except SettingsError as error:
        stop(str(error))
    rows = shown_settings(read)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2))
    else:
        print_table(
            ["设置 / key", "值 / value", "来源 / from"],
            [[row.key, _text(row.value), row.origin] for row in rows],
        )


def _text(value: object) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
