"""The nightly schedule: one load a night, each in a process of its own, so that one night's crash is not the next's."""

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")


def next_run(now: dt.datetime, at: dt.time) -> dt.datetime:
    """Return the next moment after `now` at which it is `at` o'clock in Beijing."""
    today = dt.datetime.combine(now.astimezone(BEIJING).date(), at, BEIJING)
    return today if today > now else today + dt.timedelta(days=1)


def serve_nightly(inbox: Path, at: dt.time, say: Callable[[str], None]) -> None:
    """Load the inbox every night at this time, until the process is ended.

    Args:
        inbox: the folder to load.
        at: the time of day in Beijing.
        say: where to tell what happens.
    """
    while True:
        moment = next_run(dt.datetime.now(dt.UTC), at)
        say(f"下次运行：{moment:%Y-%m-%d %H:%M}（北京时间） / Next load at {moment.isoformat()}")
        _sleep_until(moment)
        done = subprocess.run([sys.executable, "-m", "ogi", "load", str(inbox)], check=False)
        say(f"运行结束，退出码 {done.returncode} / Load ended with exit status {done.returncode}")


def _sleep_until(moment: dt.datetime) -> None:
    """Sleep in short steps, because a long sleep oversleeps when the machine's clock is set or it was suspended."""
    while (left := (moment - dt.datetime.now(dt.UTC)).total_seconds()) > 0:
        time.sleep(min(left, 60))
