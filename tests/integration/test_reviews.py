"""What was decided on a finding outlives loads, closes itself when the report is mended, and is stale when it changes."""

import json
from pathlib import Path

import pytest
from conftest import STREET_2020
from integration.command_line import query, run_ogi

pytestmark = pytest.mark.integration

RIGHT, WRONG = "3.危及“三安全一稳定”\t0", "3.危及“三安全一稳定”\t7"
AMOUNT = "15903365.56"


def load_street(home: Path, inbox: Path, *, printed: str, amount: str = AMOUNT) -> None:
    inbox.mkdir(exist_ok=True)
    text = (
        (STREET_2020 / "document.txt")
        .read_text(encoding="utf-8")
        .replace(RIGHT, printed)
        .replace(AMOUNT, amount)
    )
    (inbox / "street.txt").write_text(text + "\n又一份。\n", encoding="utf-8")
    assert run_ogi(home, "load", str(inbox)).returncode == 0


def status_of(home: Path, finding: str) -> tuple[str, str | None]:
    listed = json.loads(run_ogi(home, "findings", "--format", "json").stdout)
    [one] = [row for row in listed if row["finding"]["finding_id"] == finding]
    return one["status"], one["why"]


def test_a_decision_outlives_the_next_load_and_ends_with_the_figures(home, tmp_path):
    load_street(home, tmp_path / "inbox", printed=WRONG)
    [(finding,)] = query(home, "select finding_id from marts.fct_finding where agency_id like '350502006:%'")
    assert status_of(home, finding) == ("open", None)
    decided = run_ogi(home, "findings", finding[:8], "--set", "sent", "--why", "已发函")
    assert (decided.returncode, "疑似印错" in decided.stdout) == (0, True)
    load_street(home, tmp_path / "inbox", printed=WRONG + " ")
    assert status_of(home, finding) == ("sent", "已发函")
    load_street(home, tmp_path / "inbox", printed=WRONG.replace("7", "9"))
    assert status_of(home, finding) == ("stale", "已发函")
    # Not all the figures of the first version, of which it would be a copy that supersedes nothing
    load_street(home, tmp_path / "inbox", printed=RIGHT, amount="15903365.57")
    assert status_of(home, finding) == ("corrected", "已发函")


@pytest.mark.parametrize("asked", [("--set", "dismissed"), ()])
def test_an_id_that_names_no_finding_is_refused_and_nothing_is_written(home, asked):
    refused = run_ogi(home, "findings", "ffffffff", *asked)
    assert (refused.returncode, "ogi findings" in refused.stderr) == (1, True)
    assert not (home / "reviews.jsonl").exists()


def test_the_list_names_every_finding_of_the_release(published):
    listed = run_ogi(published, "findings").stdout
    assert all(name[:8] in listed for (name,) in query(published, "select finding_id from marts.fct_finding"))
