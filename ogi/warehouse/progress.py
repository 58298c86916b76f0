"""How far a long work is and how long it still takes: a bar on a terminal, a line a minute elsewhere; on stderr."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

_SECONDS_BETWEEN_LINES = 60


def track(items: Iterable[Item], total: int | None, what: str) -> Iterator[Item]:
    """Pass items on and show how many of `total` are done; None where nobody knows how many there will be."""
    if not sys.stderr.isatty():
        yield from _lines(items, total, what)
        return
    from rich.console import Console
    from rich.progress import track as rich_track

    yield from rich_track(items, what, total, console=Console(stderr=True), transient=True)


def _lines(items: Iterable[Item], total: int | None, what: str) -> Iterator[Item]:
    pace = Pace(total)
    said = time.monotonic()
    for done, item in enumerate(items):
        if time.monotonic() - said >= _SECONDS_BETWEEN_LINES:
            said = time.monotonic()
            sys.stderr.write(f"{what}: {pace.say(done)}\n")
        yield item


class Pace:
    """What the pace so far says about the rest."""

    def __init__(self, total: int | None) -> None:
        """Start the clock."""
        self._total = total
        self._started = time.monotonic()

    def say(self, done: int) -> str:
        """Say how much is done and, where the total is known, how long the rest takes at this pace."""
        if not self._total:
            return str(done)
        share = f"{done}/{self._total}（{100 * done // self._total}%）"
        if not 0 < done < self._total:
            return share
        left = (time.monotonic() - self._started) / done * (self._total - done)
        return f"{share}，还需约 {duration(left, '小时', '分钟')} / about {duration(left, ' h', ' min')} left"


def duration(seconds: float, hours: str, minutes: str) -> str:
    """Write a duration as hours and minutes with these units, a minute at least."""
    whole, rest = divmod(max(1, round(seconds / 60)), 60)
    return " ".join([f"{whole}{hours}"] * bool(whole) + [f"{rest}{minutes}"] * bool(rest))
