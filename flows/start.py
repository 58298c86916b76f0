"""Run the nightly flow in this process: lock, log and Prefect's server around it."""

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
    home = Home(settings.home)
    with one_writer(home):
        # Before Prefect is imported, which keeps its own log off the terminal when it finds ours
        start_run_log(home)
        clean_up(home, settings)
        require_room(home)
        try:
            with naming_a_full_disk(home), prefect_server(home.prefect) as server:
                from flows.nightly import nightly

                server.wait()
                return nightly(settings, inbox, is_full_refresh)
        except ServerFailed as error:
            raise WarehouseError(
                f"流程引擎 Prefect 未能启动，原因见 {error}。",
                "Prefect's server did not start: its log says why.",
            ) from error
