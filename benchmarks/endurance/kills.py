"""Kill one load at a moment within a wanted stage."""

import random
import subprocess
import time
from collections.abc import Mapping

from benchmarks.endurance.loads import ForkedLoad
from benchmarks.endurance.watch import STAGES, Follower

_LOOK_EVERY = 0.001


def kill_within(
    load: "ForkedLoad | subprocess.Popen[str]",
    follower: Follower,
    wanted: str,
    seconds: Mapping[str, float],
    moments: random.Random,
) -> str:
    """Kill a load at a random moment of a stage; return the stage that was hit, or `finished` if it was too late.

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
    load.kill()
    if isinstance(load, subprocess.Popen):
        load.communicate()
    return follower.stage()
