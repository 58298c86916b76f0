"""Which releases stay."""

from ogi.settings.model import Releases
from ogi.warehouse.retention import kept_releases


def night(month: int, day: int, hour: int = 18) -> str:
    """A release made at this hour in UTC; 18 o'clock is two in the morning of the next day in Beijing."""
    return f"2026{month:02}{day:02}T{hour:02}0000.000Z"


NIGHTS = [night(month, day) for month in (9, 10, 11) for day in range(1, 31)]


def test_the_newest_stay_and_the_last_of_each_month_by_the_calendar_of_beijing():
    kept = kept_releases(NIGHTS, [], Releases(keep_last=3))
    # The night of 30 September in UTC is the first one of October
    assert kept == {night(9, 29), night(10, 30), *NIGHTS[-3:]}


def test_month_ends_go_where_the_policy_says_so():
    assert kept_releases(NIGHTS, [], Releases(keep_last=2, keep_month_ends=False)) == set(NIGHTS[-2:])


def test_the_current_and_a_pinned_release_always_stay():
    kept = kept_releases(NIGHTS, [night(9, 3)], Releases(keep_last=1, keep_month_ends=False))
    assert kept == {night(9, 3), NIGHTS[-1]}


def test_what_is_not_there_is_not_kept():
    assert kept_releases([], [night(9, 3)], Releases()) == set()
