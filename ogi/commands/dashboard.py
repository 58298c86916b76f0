"""The pages for oversight offices."""

import click

from ogi.commands.common import stop


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def dashboard(port: int) -> None:
    """在浏览器中比较各区县 / Compare districts in the browser (needs the extra `dashboard`)."""
    from dashboards.serve import serve as serve_dashboard
    from ogi.settings.errors import SettingsError
    from ogi.settings.read import load_settings

    try:
        load_settings()  # so that what is wrong with them is said here, not on the page
        serve_dashboard(port)
    except (ModuleNotFoundError, SettingsError) as error:
        stop(str(error))
