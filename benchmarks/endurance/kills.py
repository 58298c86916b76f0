"""Kill one load at a moment within a wanted stage."""

import random
import time
from collections.abc import Mapping

from benchmarks.endurance.loads import CommandLoad, ForkedLoad
from benchmarks.endurance.watch import STAGES, Follower

_LOOK_EVERY = 0.001


def kill_within(
    load: ForkedLoad | CommandLoad,
    follower: Follower,
    wanted: str,
    seconds: Mapping[str, float],
    moments: random.Random,
) -> tuple[str, str | None]:
    """Kill a load at a random moment of a stage.

    Returns the stage that was hit, `finished` if it was too late, and why the load had failed by itself, if it had.

    Args:
        load: it has just started.
        follower: of its log, made before it started.
        wanted: one of `STAGES`.
        seconds: how long each stage takes.
        moments: where chance comes from.
    """
    before = STAGES[: STAGES.index(wanted)]
    while load.poll() is None and not all(stage in follower.finished() for stage in before):
        time.sleep(_LOOK_EVERY)
    until = time.monotonic() + moments.uniform(0, seconds.get(wanted, 0.0))
    while load.poll() is None and time.monotonic() < until:
        time.sleep(_LOOK_EVERY)
    error = load.kill()
    return follower.stage(), error
