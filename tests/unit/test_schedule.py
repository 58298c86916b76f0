"""What `ogi serve` gives Prefect to run by the clock."""

from flows.plan import Plan
from flows.schedule import schedules_of


def test_a_plan_that_never_builds_all_anew_has_the_nights_alone() -> None:
    (nightly,) = schedules_of(Plan(None, "0 2 * * *", "", "Asia/Shanghai"))
    assert (nightly.cron, nightly.timezone, nightly.parameters) == ("0 2 * * *", "Asia/Shanghai", {})


def test_all_is_built_anew_by_a_clock_of_its_own() -> None:
    _, anew = schedules_of(Plan(None, "0 2 * * *", "0 4 * * 0", "Asia/Shanghai"))
    assert (anew.cron, anew.timezone, anew.parameters) == (
        "0 4 * * 0",
        "Asia/Shanghai",
        {"full_refresh": True},
    )
