"""The schedule: Prefect's runner, in a thread of this process, that starts each load in a process of its own."""

import asyncio
import multiprocessing
import threading
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.states import Crashed
from prefect.types._datetime import now

from flows.plan import Plan
from flows.scheduled import AGAIN, scheduled, try_again

DEPLOYMENT = "nightly"
_POLL_SECONDS = 5
_STOP_SECONDS = 40
_UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


class Timetable:
    """The runner at work. Prefect's server must answer before it is started."""

    def __init__(self, plan: Plan) -> None:
        """Make the runner, one load at a time; nothing runs yet."""
        self._plan = plan
        self._runner = Runner(
            name=DEPLOYMENT,
            query_seconds=_POLL_SECONDS,
            limit=1,
            # Pausing would only delete the runs to come, which the next start does
            pause_on_shutdown=False,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    def start(self, *, at_once: bool) -> None:
        """Register the flow, clear away what a former process left, and run from now on.

        Args:
            at_once: also run one load now. A load that was cut off is taken up at once in any case.
        """
        self._loop.run_until_complete(self._register(at_once=at_once))
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the runner still looks for what is due."""
        return self._thread.is_alive()

    @property
    def is_loading(self) -> bool:
        """Whether a load runs."""
        return bool(multiprocessing.active_children())

    def stop(self) -> None:
        """End the load that runs, if there is one, and the runner; leave no process behind."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._runner.astop(), self._loop)
            self._thread.join(_STOP_SECONDS)
        for load in multiprocessing.active_children():
            load.kill()
            load.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._runner.start())

    async def _register(self, *, at_once: bool) -> None:
        plan = self._plan
        deployment = await self._runner.aadd_flow(
            scheduled.with_options(on_crashed=[try_again]),
            name=DEPLOYMENT,
            schedules=schedules_of(plan),
            paused=False,
            parameters={"inbox": str(plan.inbox) if plan.inbox else None},
        )
        cut_off, missed = await _clear_away()
        # A night that was missed is made up for by the next, but all is built anew once a week only
        is_anew = any(run.parameters.get("full_refresh") for run in (*cut_off, *missed))
        if at_once or cut_off or is_anew:
            tags = [AGAIN] if cut_off else []
            await _load_now(deployment, {"full_refresh": is_anew}, tags)


def schedules_of(plan: Plan) -> list[Schedule]:
    """Return when the load runs: by night, and building everything anew where the plan says so."""
    nightly = Cron(plan.cron, timezone=plan.timezone)
    if not plan.full_refresh_cron:
        return [nightly]
    anew = {"full_refresh": True}
    return [
        nightly,
        Cron(plan.full_refresh_cron, timezone=plan.timezone, parameters=anew, slug="full-refresh"),
    ]


async def _clear_away() -> tuple[list[FlowRun], list[FlowRun]]:
    """End the runs that a former process left unfinished, forget those that it missed; return both."""
    async with get_client() as client:
        states = FlowRunFilterStateType(any_=[*_UNFINISHED, StateType.SCHEDULED])
        left = await client.read_flow_runs(
            flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=states))
        )
        cut_off, missed = [], []
        for run in left:
            if run.state_type in _UNFINISHED:
                cut_off.append(run)
                await client.set_flow_run_state(run.id, Crashed(message="cut off"), force=True)
            elif (
                run.auto_scheduled and run.next_scheduled_start_time and run.next_scheduled_start_time < now()
            ):
                missed.append(run)
                await client.delete_flow_run(run.id)
    return cut_off, missed


async def _load_now(deployment: UUID, parameters: dict[str, Any], tags: list[str]) -> None:
    async with get_client() as client:
        await client.create_flow_run_from_deployment(deployment, parameters=parameters, tags=tags)
