"""One load of the product, its tools' start-up told apart.

    OGI_HOME=… python -m benchmarks.national.ours INBOX

Prints as JSON: the seconds of each stage without the start-up of its tools, the start-up, the peak of memory, and what
the release holds.
"""

import datetime as dt
import json
import resource
import sys
import time
from pathlib import Path

from ogi.settings.read import load_settings
from ogi.warehouse.home import DATABASE, Home
from ogi.warehouse.run import Run


def main(inbox: str) -> None:
    """Run every stage, as the flow does."""
    started = time.monotonic()
    import dbt.cli.main
    import great_expectations

    assert dbt.cli.main
    assert great_expectations
    start_up = {"imports": time.monotonic() - started}
    settings = load_settings()
    run = Run(Home(settings.home), settings, Path(inbox))
    run.take_in()
    run.parse()
    if not run.has_news:
        sys.exit("nothing new to load")
    run.load()
    before = dt.datetime.now(dt.UTC)
    run.build_models()
    assert run.build is not None
    assert run.loaded is not None
    start_up["dbt"] = (
        _first_statement(run.build.folder / "dbt" / "run_results.json") - before
    ).total_seconds()
    run.audit()
    run.publish()
    file = run.home.releases / str(run.published) / DATABASE
    print(
        json.dumps(
            {
                "seconds": run.seconds | {"build": run.seconds["build"] - start_up["dbt"]},
                "start_up": start_up,
                "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
                "bytes": file.stat().st_size,
                "is_full": run.loaded.is_full,
                "agencies": run.loaded.agencies,
            }
        )
    )


def _first_statement(results: Path) -> dt.datetime:
    """Return when dbt began with the first model; before it dbt reads the project."""
    return min(
        dt.datetime.fromisoformat(timing["started_at"])
        for result in json.loads(results.read_text(encoding="utf-8"))["results"]
        for timing in result["timing"]
        if timing["name"] == "execute"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
