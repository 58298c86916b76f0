"""Judge a build before it is published: run every expectation, and tell "failed" from "could not run"."""

import gc
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.model import Baseline, Kind, Outcome
from expectations.shares import SHARES
from expectations.suites import suites
from expectations.tables import pick_out
from ogi.warehouse.audit_baseline import read_baseline, read_statistics
from ogi.warehouse.audit_docs import write_data_docs
from ogi.warehouse.audit_history import keep_results
from ogi.warehouse.counts import Counts, read_counts
from ogi.warehouse.engine import open_to_audit
from ogi.warehouse.errors import is_full_disk
from ogi.warehouse.home import DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedExpectation:
    """An expectation that found what must not be: `observed` counts the rows, `rows` holds the first ones.

    `nights` counts the releases in a row that found something, this one included.
    """

    name: str
    suite: str
    kind: Kind
    meaning_zh: str
    meaning_en: str
    observed: int
    rows: list[dict[str, Any]]
    nights: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The verdict on a build.

    `passed`: it may be published. `could_run`: every expectation gave an answer; `not_run` says which did not
    and why. `warnings` are nearly all findings about the sources: they are published and stop nothing. `counts` says what the build
    holds. Of `statistics` the seconds of the import are those after everything was picked out, which goes on beside it.
    """

    passed: bool
    could_run: bool
    expectations_run: int
    expectations_failed: list[FailedExpectation] = field(default_factory=list)
    warnings: list[FailedExpectation] = field(default_factory=list)
    not_run: dict[str, str] = field(default_factory=dict)
    statistics: dict[str, Any] = field(default_factory=dict)
    counts: Counts | None = None


def audit(
    build: Path,
    previous: Path | None,
    *,
    is_repeated: bool = False,
    meanwhile: "Callable[[], object] | None" = None,
) -> AuditResult:
    """Run all expectations on a build and compare it with the last release, if there is one.

    Writes `expectations/SUITE.json` and the page `data_docs/index.html` into the build's folder, and the results into
    `audit.expectation_result` of its database, under the folder's name; holds no file open when it returns. A build that
    is broken or cannot be read raises nothing: `could_run` is False then; only a full disk goes on to the caller, for
    that says nothing about the build.

    Args:
        build: the folder of the build.
        previous: the database of the last release.
        is_repeated: nothing came since the last release, and this is all of it built anew: it must hold the same.
        meanwhile: what else is to be done on the build, beside the suites, which are half Python; if it fails, so does
            the audit.
    """
    try:
        return _audit(build, previous, is_repeated=is_repeated, meanwhile=meanwhile)
    except Exception as error:  # whatever it is, nothing is published and the run says why
        if is_full_disk(error):
            raise
        reason = f"{type(error).__name__}: {error}"
        return AuditResult(passed=False, could_run=False, expectations_run=0, not_run={"audit": reason})


def _audit(
    build: Path, previous: Path | None, *, is_repeated: bool, meanwhile: "Callable[[], object] | None"
) -> AuditResult:
    started = time.monotonic()
    baseline = read_baseline(previous, is_repeated=is_repeated) if previous else Baseline()
    with (
        open_to_audit(build) as connection,
        connection.cursor() as of_counts,
        ThreadPoolExecutor(2) as beside,
    ):
        # Its import takes seconds, in which DuckDB can pick out
        importing = beside.submit(_import_great_expectations)
        pick_out(connection)
        counting = beside.submit(read_counts, of_counts)
        working = beside.submit(meanwhile or (lambda: None))
        picked = time.monotonic()
        run_suites = importing.result()
        imported = time.monotonic()
        outcomes = run_suites(connection, suites(), baseline, build / "expectations")
        counts = counting.result()
        working.result()
        not_run = {outcome.definition.name: outcome.error for outcome in outcomes if outcome.error}
        # What cannot be audited may lack the very tables that are counted
        counted = {} if not_run else read_statistics(connection, baseline)
        shares = [] if not_run else connection.execute(SHARES).fetchall()
    write_data_docs(outcomes, build / "data_docs", build.name)
    nights = keep_results(build / DATABASE, build.name, outcomes, shares)
    finished = time.monotonic()
    seconds = {
        "pick_out": round(picked - started, 2),
        "import": round(imported - picked, 2),
        "expectations": round(finished - imported, 2),
    }
    failed = _found(outcomes, "critical", nights)
    return AuditResult(
        passed=not failed and not not_run,
        could_run=not not_run,
        expectations_run=len(outcomes) - len(not_run),
        expectations_failed=failed,
        warnings=_found(outcomes, "warning", nights),
        not_run=not_run,
        statistics={**counted, "seconds": seconds},
        counts=counts,
    )


def _import_great_expectations() -> "Callable[..., list[Outcome]]":
    # Great Expectations reads this when it is imported
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    # The collector would go through all that dbt left, again and again (measured: half a second)
    gc.freeze()
    try:
        from ogi.warehouse.audit_suites import run_suites
    finally:
        gc.unfreeze()
    return run_suites


def _found(outcomes: list[Outcome], severity: str, nights: dict[str, int]) -> list[FailedExpectation]:
    return [
        FailedExpectation(
            name=outcome.definition.name,
            suite=outcome.suite.name,
            kind=outcome.definition.kind,
            meaning_zh=outcome.definition.meaning_zh,
            meaning_en=outcome.definition.meaning_en,
            observed=outcome.rows_in_all,
            rows=outcome.rows,
            nights=nights[outcome.definition.name],
        )
        for outcome in outcomes
        if outcome.rows_in_all and outcome.definition.severity == severity
    ]
