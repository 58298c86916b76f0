"""One load of the schedule, in a process of its own that the runner started: whatever ends it ends nothing else."""

import datetime as dt
import logging
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Scheduled

from flows.nightly import run_stages
from ogi.settings.model import Settings
from ogi.settings.read import load_settings
from ogi.warehouse.alert import tell
from ogi.warehouse.home import Home, one_writer
from ogi.warehouse.run import NotPublished, Run
from ogi.warehouse.runlog import start_run_log
from ogi.warehouse.sources import default_inbox
from ogi.warehouse.summary import summarise

if TYPE_CHECKING:
    from prefect.client.schemas.objects import FlowRun, State

# For a share that comes back, a disk that is emptied: one minute to twenty
RETRY_AFTER_SECONDS = (60.0, 300.0, 1200.0)
AGAIN = "again"
_AGAIN_AFTER = dt.timedelta(minutes=5)
_TIMED_OUT = 124
_log = logging.getLogger(f"ogi.{__name__}")


@flow(name="nightly", validate_parameters=False, persist_result=False, log_prints=False)
def scheduled(
    inbox: str | None, full_refresh: bool = False, retry_after: Sequence[float] = RETRY_AFTER_SECONDS
) -> None:
    """Run a load by the schedule: wait for another writer, tell what came of it, end at the time limit.

    Raises:
        NotPublished: the build or its expectations failed.
        WarehouseError: the inbox or OGI_HOME cannot be used.
    """
    _end_with_the_parent()
    # Read here, so that a change of the settings holds from the next load on
    settings = load_settings()
    home = Home(settings.home)
    folder = Path(inbox) if inbox else default_inbox(settings)
    limit = settings.schedule.time_limit_minutes * 60
    with _time_limit(limit), one_writer(home, patience_seconds=limit):
        # Prefect, imported before, has put a log on the terminal
        logging.getLogger().handlers.clear()
        start_run_log(home)
        try:
            run = run_stages(Run(home, settings, folder, is_full_refresh=full_refresh), retry_after)
        except NotPublished as error:
            _say(f"{summarise(error.run)}\n{error}", error.run, settings)
            raise
        except Exception as error:
            _log.exception("load failed")
            _say(str(error), None, settings)
            raise
        _say(summarise(run), run, settings)


async def try_again(flow: object, flow_run: "FlowRun", state: "State[None]") -> None:
    """Schedule a load anew, once, after its process was killed or ran out of time; called by the runner."""
    text = f"入库进程意外终止。 / The process of a load was ended: {state.message}"
    _log.error("load was ended", extra={"flow_run": flow_run.name, "state": state.message})
    for failure in tell(None, text, load_settings().alert):
        click.echo(failure, err=True)
    if AGAIN in flow_run.tags or flow_run.deployment_id is None:
        click.echo(f"{text} 等下一次定时运行。 / The next night takes up the work.", err=True)
        return
    at = dt.datetime.now(dt.UTC) + _AGAIN_AFTER
    async with get_client() as client:
        await client.create_flow_run_from_deployment(
            flow_run.deployment_id,
            parameters=flow_run.parameters,
            state=Scheduled(scheduled_time=at),
            tags=[AGAIN],
        )
    click.echo(f"{text} 五分钟后再试一次。 / It is tried once more in five minutes.", err=True)


def _say(text: str, run: Run | None, settings: Settings) -> None:
    click.echo(text)
    for failure in tell(run, text, settings.alert):
        click.echo(failure, err=True)


def _end_with_the_parent() -> None:
    """End this process when the schedule's ends: no load goes on without the one that would start the next."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """End the process, not the flow, after so long.

    An exception raised into whatever runs at that moment would be taken for a fault of the document in hand. A process
    that ends leaves what a crash leaves, and the next run takes it up.
    """

    def give_up() -> None:
        _log.error("time limit", extra={"seconds": seconds})
        click.echo(
            f"入库超过 {seconds / 60:.0f} 分钟，已终止。 / The load took too long and was ended.", err=True
        )
        os._exit(_TIMED_OUT)

    timer = threading.Timer(seconds, give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
