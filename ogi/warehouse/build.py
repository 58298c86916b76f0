"""Build: run dbt in this process on the copy that was loaded; importing dbt takes seconds, so only here."""

import os
from dataclasses import dataclass
from pathlib import Path

from ogi.project import project_root
from ogi.warehouse.engine import open_build
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.home import DATABASE

_SHOWN_FAILURES = 5
_SHOWN_LINES = 4


@dataclass(frozen=True, slots=True)
class Built:
    """What dbt did, by kind of node."""

    models: int
    seeds: int
    tests: int
    warnings: tuple[str, ...]


class BuildFailed(WarehouseError):
    """A model or a test of the models failed; nothing is published."""


# A night: what the seeds alone decide stays, views stay, and the audit tests what the night changed. Two models at a
# time: they are small, and half of their time is dbt's; in a full refresh each takes all the memory there is
_NIGHT = (
    *("run", "--select", "config.materialized:incremental", "config.materialized:table"),
    *("--exclude", "tag:reference"),
    *("--threads", "2"),
)
_FULL = ("build", "--full-refresh", "--exclude-resource-type", "unit_test")


def build_models(build: Path, *, is_full: bool) -> Built:
    """Build the models from the raw tables; no handle on the file stays open.

    Args:
        build: the folder of the build.
        is_full: build every model and run the models' tests; otherwise only the years of agencies that the load touched.

    Raises:
        BuildFailed: dbt could not start, or a model or test failed; the message names them.
        KeyboardInterrupt: the run was ended from outside while dbt was at work.
    """
    os.environ["OGI_BUILD_FILE"] = str(build / DATABASE)
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    os.environ["DO_NOT_TRACK"] = "1"
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    root = project_root()
    try:
        # dbt opens and closes the file for every node; as long as it is open, that costs nothing (measured: half)
        with open_build(build) as kept_open:
            # The models name small tables last, and a form's cells are no key: reordered, each report would be multiplied
            # by the cells of its form before it meets its own, ten million rows for a hundred thousand reports
            kept_open.execute("set global disabled_optimizers = 'join_order'")
            outcome = dbtRunner().invoke(
                [
                    *(_FULL if is_full else _NIGHT),
                    *("--project-dir", str(root), "--profiles-dir", str(root)),
                    *("--target-path", str(build / "dbt"), "--log-path", str(build / "dbt")),
                    *("--log-level", "none", "--log-level-file", "info", "--no-version-check"),
                ]
            )
            kept_open.execute("reset global disabled_optimizers")
    finally:
        reset_adapters()  # type: ignore[no-untyped-call]
        del os.environ["OGI_BUILD_FILE"]
    if isinstance(outcome.exception, KeyboardInterrupt):
        # dbt keeps it for us: somebody ended the run, no model failed
        raise outcome.exception
    results = getattr(outcome.result, "results", None)
    if results is None:
        reason = _first_lines(str(outcome.exception)) or type(outcome.exception).__name__
        raise BuildFailed(f"模型无法构建：{reason}", f"dbt could not build the models; see {build / 'dbt'}.")
    failed = [r for r in results if r.status in ("error", "fail", "runtime error")]
    if failed or not outcome.success:
        listed = "；".join(
            f"{r.node.resource_type} {r.node.name}: {_first_lines(r.message or str(r.status))}"
            for r in failed[:_SHOWN_FAILURES]
        )
        raise BuildFailed(
            f"{len(failed)} 个模型或测试失败：{listed}。",
            f"{len(failed)} models or tests failed; see {build / 'dbt' / 'dbt.log'}.",
        )
    kinds = [str(r.node.resource_type) for r in results]
    return Built(
        models=kinds.count("model"),
        seeds=kinds.count("seed"),
        tests=kinds.count("test"),
        warnings=tuple(
            f"{r.node.name}: {_first_lines(r.message or '')}" for r in results if r.status == "warn"
        ),
    )


def _first_lines(message: str) -> str:
    """Shorten what dbt says to its first lines, as one."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return " ".join(lines[:_SHOWN_LINES])
