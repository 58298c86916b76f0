"""How far a long work is, in words."""

import pytest
from unit.warehouse.conftest import Clock

from ogi.warehouse.progress import Pace, duration, track


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 min"), (89, "1 min"), (3600, "1 h"), (3661, "1 h 1 min"), (100_000, "27 h 47 min")],
)
def test_a_duration_in_hours_and_minutes(seconds: float, words: str) -> None:
    assert duration(seconds, " h", " min") == words


def test_the_rest_takes_as_long_as_the_pace_so_far_says(clock: Clock) -> None:
    pace = Pace(400)
    clock.seconds = 600
    assert pace.say(100) == "100/400（25%），还需约 30分钟 / about 30 min left"
    assert (pace.say(0), pace.say(400)) == ("0/400（0%）", "400/400（100%）")


def test_where_no_terminal_is_a_line_a_minute(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in track(range(6), 6, "读"):
        clock.seconds += 30
    assert capsys.readouterr().err.splitlines() == [
        "读: 2/6（33%），还需约 2分钟 / about 2 min left",
        "读: 4/6（66%），还需约 1分钟 / about 1 min left",
    ]
