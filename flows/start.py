"""Run the nightly flow in this process: lock, log and Prefect's server around it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.server import ServerFailed, prefect_server
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import Home, one_writer
from ogi.warehouse.room import naming_a_full_disk, require_room
from ogi.warehouse.runlog import start_run_log
from ogi.warehouse.tidy import clean_up

if TYPE_CHECKING:
    from ogi.settings.model import Settings
    from ogi.warehouse.run import Run


def load_now(settings: "Settings", inbox: Path | None, *, is_full_refresh: bool = False) -> "Run":
    """Run one load; another process that writes to the same OGI_HOME is waited for by nobody.

    Args:
        settings: those that hold.
        inbox: the folder to load; None for every source of the settings.
        is_full_refresh: build every model anew, where a night builds only what its documents touch.

    Raises:
        WarehouseError: the load could not be done; `NotPublished` holds what it found.
    """
    with _prefect(settings):
        from flows.nightly import nightly

        return nightly(settings, inbox, is_full_refresh)


def backfill_now(settings: "Settings", parts: Iterable["Run"]) -> Iterator["Run"]:
    """Run the parts of a backfill one after the other, each of which publishes, and give back each when it is done.

    Raises:
        WarehouseError: a part could not be done; `NotPublished` holds what it found.
    """
    with _prefect(settings):
        from flows.nightly import backfill

        yield from (backfill(part) for part in parts)


@contextmanager
def _prefect(settings: "Settings") -> Iterator[None]:
    """Hold the lock and the log of OGI_HOME and a Prefect server for one load; Prefect may be imported within.

    Raises:
        WarehouseError: another process writes, there is no room for a load, or the server does not start.
    """
    home = Home(settings.home)
    with one_writer(home):
        # Before Prefect is imported, which keeps its own log off the terminal when it finds ours
        start_run_log(home)
        clean_up(home, settings)
        require_room(home)
        try:
            with naming_a_full_disk(home), prefect_server(home.prefect / "load") as server:
                import flows.nightly  # noqa: F401 - while the server starts

                server.wait()
                yield
        except ServerFailed as error:
            raise WarehouseError(
                f"流程引擎 Prefect 未能启动，原因见 {error}。",
                "Prefect's server did not start: its log says why.",
            ) from error
