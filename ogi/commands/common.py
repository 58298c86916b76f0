"""What the commands share: the settings and OGI_HOME with plain messages for whatever stops them, and tables."""

import atexit
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from ogi.settings.model import Settings
    from ogi.warehouse.home import Home


@contextmanager
def home_in_use() -> Iterator["Home"]:
    """Give a command its OGI_HOME, and turn whatever stops it into one plain line and exit status 1."""
    with settings_in_use() as (_, home):
        yield home


@contextmanager
def settings_in_use() -> Iterator[tuple["Settings", "Home"]]:
    """Give a command the settings and the OGI_HOME that they name, as `home_in_use` does."""
    from ogi.settings.errors import SettingsError
    from ogi.settings.read import load_settings
    from ogi.warehouse.errors import WarehouseError
    from ogi.warehouse.home import Home

    try:
        settings = load_settings()
    except SettingsError as error:
        stop(str(error))
    home = Home(settings.home)
    atexit.register(_silence_teardown)
    try:
        yield settings, home
    except WarehouseError as error:
        stop(str(error))
    except BrokenPipeError:
        # Whoever read us has gone: nothing more to say, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except click.UsageError:
        raise
    except (KeyboardInterrupt, click.Abort):
        stop("已中断；下次运行会接着完成。 / Interrupted: the next run takes up the work.")
    except Exception as error:
        _log_error(home)
        stop(
            f"意外错误（{type(error).__name__}），详见 {home.run_log}。"
            f" / Unexpected error, see the log: {' '.join(str(error).split())[:300]}"
        )


def _silence_teardown() -> None:
    """Close stderr to DuckDB's binding, which lists at exit what an error or a frame still refers to as leaks."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _log_error(home: "Home") -> None:
    """Write the error in hand to `run.log` with its traceback, where this user may write."""
    if os.access(home.root, os.W_OK):
        from ogi.warehouse.runlog import start_run_log

        start_run_log(home)
        logging.getLogger(__name__).exception("command failed")


def stop(message: str) -> NoReturn:
    """Say what stops the command, on stderr, and end with exit status 1."""
    click.echo(message, err=True)
    sys.exit(1)


def print_table(names: list[str], rows: list[list[str]]) -> None:
    """Print rows under their names; piped on, as wide as they are."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    # Piped on, a table is as wide as its contents
    (Console() if sys.stdout.isatty() else Console(width=100_000)).print(table)
