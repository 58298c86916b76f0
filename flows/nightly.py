"""The nightly run as a Prefect flow: what happens in which order. Each task is one call into `ogi.warehouse`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run, task_run
from prefect.states import State

from flows.artefacts import leave_artefacts
from ogi.settings.model import Settings
from ogi.warehouse.errors import NotThere, may_pass
from ogi.warehouse.home import Home
from ogi.warehouse.run import Run

_TASK: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}


@task(name="收件 take in", **_TASK)
def take_in(run: Run, retries: int) -> None:
    """Land what is new in the inbox, or in the sources; one that is not reached is asked again as often."""
    run.take_in()
    missed = run.intake.sources if run.intake else []
    if missed and task_run.get_run_count() <= retries:
        raise NotThere("有来源未能收取，稍后再试。", f"{len(missed)} sources were not reached: tried again.")


@task(name="解析 parse", **_TASK)
def parse(run: Run) -> None:
    """Parse what has landed."""
    run.parse()


@task(name="入库 load", **_TASK)
def load(run: Run) -> None:
    """Bring what is new into a copy of the release."""
    run.load()


@task(name="建模 build", **_TASK)
def build(run: Run) -> None:
    """Build the models on the copy."""
    run.build_models()


@task(name="审核 audit", **_TASK)
def audit(run: Run) -> None:
    """Run the expectations on the copy."""
    run.audit()


@task(name="发布 publish", **_TASK)
def publish(run: Run) -> None:
    """Make the copy the release."""
    run.publish()


@task(name="导出 export", **_TASK)
def export(run: Run) -> None:
    """Write the release's marts as files."""
    run.export()


@flow(name="nightly", validate_parameters=False, persist_result=False, log_prints=False)
def nightly(settings: Settings, inbox: Path | None, is_full_refresh: bool = False) -> Run:
    """Run every stage once; the caller holds the lock of OGI_HOME. What fails is said at once.

    Raises:
        NotPublished: the build or its expectations failed.
        WarehouseError: the inbox or OGI_HOME cannot be used.
    """
    return run_stages(Run(Home(settings.home), settings, inbox, is_full_refresh=is_full_refresh))


@flow(name="backfill", validate_parameters=False, persist_result=False, log_prints=False)
def backfill(run: Run) -> Run:
    """Run every stage of a part of a backfill; the caller holds the lock of OGI_HOME.

    Raises:
        NotPublished: the build or its expectations failed.
        WarehouseError: the archive or OGI_HOME cannot be used.
    """
    return run_stages(run)


def run_stages(run: Run, retry_after: Sequence[float] = ()) -> Run:
    """Take in, parse, load, build, audit, publish, export, within a flow run that gets the name of the run.

    The first three stages are tried again after so many seconds each where what stopped them may pass: a share that
    is not there, a full disk. The others either cannot fail by chance, or would fail again.

    Raises:
        NotPublished: the build or its expectations failed.
        WarehouseError: the inbox or OGI_HOME cannot be used.
    """
    with get_client(sync_client=True) as client:
        client.set_flow_run_name(UUID(flow_run.get_id()), run.id)
    patient: dict[str, Any] = {
        "retries": len(retry_after),
        "retry_delay_seconds": list(retry_after),
        "retry_condition_fn": _is_worth_a_retry,
    }
    try:
        take_in.with_options(**patient)(run, len(retry_after))
        parse.with_options(**patient)(run)
        if run.has_news:
            load.with_options(**patient)(run)
            build(run)
            audit(run)
            publish(run)
        export(run)
    finally:
        leave_artefacts(run)
    return run


def _is_worth_a_retry(_task: object, _run: object, state: State[Any]) -> bool:
    return may_pass(state.result(raise_on_failure=False))
