"""An operator went back: the nights go on, and none undoes it until it is let go."""

import json

import pytest

from ogi.settings.model import Settings
from ogi.warehouse.alert import alert_of
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.pin import read_pin, remove_pin, set_pin
from ogi.warehouse.release import releases, rollback
from ogi.warehouse.run import Run
from ogi.warehouse.summary import summarise


@pytest.fixture
def two(home, inbox, line, load) -> tuple[str, str]:
    """Two nights were published."""
    ids = []
    for night in (1, 2):
        (inbox / f"{night}.jsonl").write_bytes(line(f"{night:064}", year=2018 + night))
        ids.append(load().published)
    return ids[0], ids[1]


def test_going_back_pins_with_who_and_why(home, two):
    assert rollback(home, None, "张三", "数字有误") == (two[1], two[0])
    pin = read_pin(home)
    assert pin is not None
    assert (pin.release, pin.who, pin.why) == (two[0], "张三", "数字有误")
    assert [(r.id, r.is_current, r.pin) for r in releases(home)] == [
        (two[1], False, None),
        (two[0], True, pin),
    ]


def test_while_it_is_pinned_a_night_builds_and_audits_and_holds_back(home, inbox, line, load, two):
    rollback(home, None, "z", "why")
    (inbox / "3.jsonl").write_bytes(line("3" * 64, year=2021))
    run = load()
    assert (home.current_release(), run.published) == (two[0], None)
    assert run.held is not None
    assert run.audited is not None
    made = json.loads((run.held.folder / "run.json").read_text(encoding="utf-8"))
    assert (made["held"], made["pinned"]["release"]) == (run.held.id, two[0])
    assert "held back" in summarise(run)
    assert two[0] in summarise(run)
    alert = alert_of(run, "")
    assert alert is not None
    assert alert.status == "held"


def test_what_is_held_back_is_not_built_again_every_night(home, load, two):
    rollback(home, None, "z", "")
    held = load().held
    again = load()
    assert (again.has_news, again.held) == (False, None)
    assert "ogi unpin" in summarise(again)
    assert held is not None
    assert held.folder.is_dir()


def test_of_the_builds_that_are_held_back_the_newest_stays(home, inbox, line, load, two):
    rollback(home, None, "z", "")
    for night in (3, 4):
        (inbox / f"{night}.jsonl").write_bytes(line(f"{night:064}", year=2018 + night))
        last = load().held
    Run(home, Settings(home=home.root), inbox)
    assert last is not None
    assert [folder.name for folder in home.builds.iterdir()] == [last.id]


def test_let_go_the_next_night_publishes_what_was_held_back(home, load, two):
    rollback(home, None, "z", "")
    load()
    assert remove_pin(home)
    assert load().published == home.current_release() > two[1]
    assert not remove_pin(home)


def test_a_crash_between_pin_and_link_is_finished_by_the_next_run(home, inbox, two):
    set_pin(home, two[0], "z", "")
    assert home.current_release() == two[1]
    Run(home, Settings(home=home.root), inbox)
    assert home.current_release() == two[0]


def test_a_damaged_pin_is_said_and_never_taken_for_none(home, two):
    (home.root / "pin.json").write_text("{", encoding="utf-8")
    with pytest.raises(WarehouseError, match="unpin"):
        read_pin(home)
    assert remove_pin(home)


def test_a_release_that_is_not_there_is_neither_pinned_nor_current(home, two):
    with pytest.raises(WarehouseError, match="19990101"):
        rollback(home, "19990101T000000.000Z", "z", "")
    assert (read_pin(home), home.current_release()) == (None, two[1])
