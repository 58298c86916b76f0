"""Data Docs: one page that says what was expected of a build and what was found, for a person, without a network.

The pages that Great Expectations renders take their styles, icons and even the table on their index from other
servers: offline they are bare. They also show a query where a stranger needs a sentence. So this one is our own.
"""

from pathlib import Path

from expectations.model import Outcome
from ogi.pages import templates_beside

_STATES = {
    "not_run": ("未能执行", "could not run"),
    "failed": ("不通过", "failed"),
    "warned": ("有发现", "found"),
    "held": ("通过", "holds"),
}


def write_data_docs(outcomes: list[Outcome], folder: Path, build: str) -> Path:
    """Write `index.html` into the folder and return it; `build` says of which build it tells."""
    environment = templates_beside(__file__)
    suites = list({outcome.suite.name: outcome.suite for outcome in outcomes}.values())
    states = [_state(outcome) for outcome in outcomes]
    page = environment.get_template("audit_docs.html.j2").render(
        build=build,
        suites=suites,
        outcomes=list(zip(states, outcomes, strict=True)),
        counts={state: states.count(state) for state in _STATES},
        states=_STATES,
    )
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / "index.html"
    index.write_text(page, encoding="utf-8")
    return index


def _state(outcome: Outcome) -> str:
    if outcome.error:
        return "not_run"
    if not outcome.rows_in_all:
        return "held"
    return "failed" if outcome.definition.severity == "critical" else "warned"
