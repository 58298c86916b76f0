"""The pages for oversight offices."""

import click

from ogi.commands.common import stop


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True)
def dashboard(port: int) -> None:
    """在浏览器中比较各区县 / Compare districts in the browser (needs the extra `dashboard`)."""
    from dashboards.serve import serve as serve_dashboard

    try:
        serve_dashboard(port)
    except ModuleNotFoundError as error:
        stop(str(error))
