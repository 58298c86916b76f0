"""The roster files of a run: taken in with the documents, kept, replaced, and never a reason to stop."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unit.warehouse.conftest import table

from ogi.warehouse.home import Home
from ogi.warehouse.rosters import ROSTERS
from ogi.warehouse.run import Run
from ogi.warehouse.summary import summarise

HEADER = "division_code,agency,valid_from,valid_to\n"
FINANCE = f"{HEADER}350502,鲤城区财政局,2020,\n"
EDUCATION = f"{HEADER}350502,鲤城区教育局,2020,2023\n"
LOADED = "select source, agency_id, valid_from, valid_to from raw.roster order by all"

Load = Callable[[], Run]


@pytest.fixture(autouse=True)
def street(inbox: Path, street_2020: bytes) -> None:
    (inbox / "street.txt").write_bytes(street_2020)


def test_a_roster_comes_with_the_inbox_and_is_no_document(home: Home, inbox: Path, load: Load) -> None:
    (inbox / ROSTERS).write_text(FINANCE, encoding="utf-8")
    run = load()
    assert table(home, LOADED) == [("inbox", "350502:财政局", 2020, None)]
    assert run.intake is not None
    assert run.intake.seen == 1


def test_one_in_a_folder_below_is_a_document_like_others(home: Home, inbox: Path, load: Load) -> None:
    (inbox / "below").mkdir()
    (inbox / "below" / ROSTERS).write_text(FINANCE, encoding="utf-8")
    assert load().quarantined_files == 1
    assert table(home, LOADED) == []


def test_the_operators_own_and_the_inboxs_are_both_loaded(home: Home, inbox: Path, load: Load) -> None:
    (inbox / ROSTERS).write_text(FINANCE, encoding="utf-8")
    (home.root / ROSTERS).write_text(EDUCATION, encoding="utf-8")
    load()
    assert table(home, LOADED) == [
        ("inbox", "350502:财政局", 2020, None),
        ("operator", "350502:教育局", 2020, 2023),
    ]


def test_what_came_with_an_inbox_stays_when_the_inbox_has_it_no_longer(
    home: Home, inbox: Path, load: Load
) -> None:
    (inbox / ROSTERS).write_text(FINANCE, encoding="utf-8")
    first = load().published
    (inbox / ROSTERS).unlink()
    again = load()
    assert (again.has_news, home.current_release()) == (False, first)


def test_another_roster_alone_is_news(home: Home, load: Load) -> None:
    (home.root / ROSTERS).write_text(EDUCATION, encoding="utf-8")
    load()
    (home.root / ROSTERS).write_text(FINANCE, encoding="utf-8")
    assert load().published is not None
    assert table(home, LOADED) == [("operator", "350502:财政局", 2020, None)]
    (home.root / ROSTERS).unlink()
    assert load().published is not None
    assert table(home, LOADED) == []


def test_the_same_roster_is_no_news(home: Home, load: Load) -> None:
    (home.root / ROSTERS).write_text(EDUCATION, encoding="utf-8")
    load()
    (home.root / ROSTERS).write_text(EDUCATION.replace("\n", "\r\n"), encoding="utf-8")
    assert not load().has_news


@pytest.mark.parametrize("place", ["home", "inbox"])
def test_a_roster_with_a_mistake_is_said_and_the_one_before_stays(
    home: Home, inbox: Path, load: Load, place: str
) -> None:
    file = (home.root if place == "home" else inbox) / ROSTERS
    file.write_text(FINANCE, encoding="utf-8")
    load()
    file.write_text(f"{EDUCATION}350502,鲤城区民政局,去年,\n", encoding="utf-8")
    run = load()
    assert not run.has_news
    assert table(home, "select agency_id from raw.roster") == [("350502:财政局",)]
    said = summarise(run)
    assert "第 3 行：“去年”不是报告年度" in said
    assert "The roster was not used" in said


def test_a_roster_without_documents_publishes_nothing(home: Home, inbox: Path, load: Load) -> None:
    (inbox / "street.txt").unlink()
    (inbox / ROSTERS).write_text(FINANCE, encoding="utf-8")
    assert not load().has_news


def test_an_agency_of_a_vertical_system_is_loaded_without_an_id_and_said(home: Home, load: Load) -> None:
    (home.root / ROSTERS).write_text(
        f"{FINANCE}350502,国家税务总局泉州市鲤城区税务局,2020,\n", encoding="utf-8"
    )
    run = load()
    assert table(home, "select agency_id from raw.roster order by line") == [("350502:财政局",), (None,)]
    [problem] = run.rosters.problems
    assert "第 3 行" in problem
    assert "不在地方汇总之内" in problem
