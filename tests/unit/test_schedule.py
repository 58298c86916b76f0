"""When the next load comes."""

import datetime as dt

import pytest

from ogi.schedule import next_run


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-05T17:59:00+00:00", "2026-01-06T02:00:00+08:00"),
        ("2026-01-05T18:00:00+00:00", "2026-01-07T02:00:00+08:00"),
        ("2026-01-05T18:01:00+00:00", "2026-01-07T02:00:00+08:00"),
        ("2026-01-06T10:00:00+08:00", "2026-01-07T02:00:00+08:00"),
    ],
)
def test_the_next_load_is_at_two_in_beijing(now: str, expected: str) -> None:
    assert next_run(dt.datetime.fromisoformat(now), dt.time(2)) == dt.datetime.fromisoformat(expected)
