"""The nightly run as a Prefect flow: what happens in which order. Each task is one call into `ogi.warehouse`."""

from pathlib import Path

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from ogi.settings.model import Settings
from ogi.warehouse.home import Home
from ogi.warehouse.run import Run


@task(name="take in", cache_policy=NO_CACHE, persist_result=False)
def take_in(run: Run) -> None:
    """Land what is new in the inbox, or in the sources."""
    run.take_in()


@task(name="parse", cache_policy=NO_CACHE, persist_result=False)
def parse(run: Run) -> None:
    """Parse what has landed."""
    run.parse()


@task(name="load", cache_policy=NO_CACHE, persist_result=False)
def load(run: Run) -> None:
    """Bring what is new into a copy of the release."""
    run.load()


@task(name="build", cache_policy=NO_CACHE, persist_result=False)
def build(run: Run) -> None:
    """Build the models on the copy."""
    run.build_models()


@task(name="audit", cache_policy=NO_CACHE, persist_result=False)
def audit(run: Run) -> None:
    """Run the expectations on the copy."""
    run.audit()


@task(name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(run: Run) -> None:
    """Make the copy the release."""
    run.publish()


@task(name="export", cache_policy=NO_CACHE, persist_result=False)
def export(run: Run) -> None:
    """Write the release's marts as files."""
    run.export()


@flow(name="nightly", validate_parameters=False, persist_result=False, log_prints=False)
def nightly(settings: Settings, inbox: Path | None, is_full_refresh: bool = False) -> Run:
    """Take in, parse, load, build, audit, publish, export; the caller holds the lock of OGI_HOME.

    A failure retries nothing: each stage either cannot fail by chance, or takes up tomorrow where it stopped.

    Raises:
        NotPublished: the build or its expectations failed.
        WarehouseError: the inbox or OGI_HOME cannot be used.
    """
    run = Run(Home(settings.home), settings, inbox, is_full_refresh=is_full_refresh)
    take_in(run)
    parse(run)
    if run.has_news:
        load(run)
        build(run)
        audit(run)
        publish(run)
    export(run)
    return run
