"""`ogi load` as an operator runs it: the summary, the second night, a corrected figure, the bad inputs, the releases."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import STREET_2020
from integration.command_line import SAMPLES, TITLE, query, release_of, run_ogi

pytestmark = pytest.mark.integration


def figure(said: str, label: str) -> int:
    (found,) = re.findall(rf"^  \S+ / {re.escape(label)}\s+(\d+)$", said, re.MULTILINE)
    return int(found)


def test_the_summary_counts_files_identities_and_expectations(said, published):
    files = sum(1 for path in SAMPLES.rglob("*") if path.is_file() and path.name != "rosters.csv")
    assert (figure(said, "seen"), figure(said, "new"), figure(said, "unchanged")) == (files, files, 0)
    lacking = (shutil.which("soffice") is None) + (importlib.util.find_spec("rapidocr") is None)
    assert figure(said, "quarantined") == 2 + lacking
    assert figure(said, "held") + figure(said, "broken") == figure(said, "assessed")
    assert figure(said, "failed") == 0
    assert figure(said, "passed") > figure(said, "warnings") > 0
    assert str(published / "releases" / release_of(published) / "warehouse.duckdb") in said


def test_the_summary_counts_the_rows_of_every_mart(said, published):
    printed = {name: int(rows) for name, rows in re.findall(r"^  marts\.(\w+)\s+(\d+)$", said, re.MULTILINE)}
    tables = query(published, "select table_name from information_schema.tables where table_schema = 'marts'")
    assert printed == {
        name: query(published, f"select count(*) from marts.{name}")[0][0] for (name,) in tables
    }


def test_a_second_run_publishes_nothing_and_says_so(home):
    before = release_of(home)
    second = run_ogi(home, "load", str(SAMPLES))
    assert second.returncode == 0
    assert "没有新内容" in second.stdout
    assert "nothing new" in second.stdout
    assert release_of(home) == before
    assert [path.name for path in (home / "releases").iterdir()] == [before]


def test_the_amount_that_the_street_prints_is_found_by_name_and_year(published):
    answer = run_ogi(
        published,
        "sql",
        "select amount_yuan from marts.fct_procurement join marts.dim_agency using (agency_id) "
        "where agency_name = '江南街道办事处' and year = 2020",
    )
    assert (answer.returncode, "15903365.56" in answer.stdout) == (0, True)


def test_a_wrong_figure_is_published_as_printed_and_its_report_is_not_consistent(home, tmp_path):
    printed = (STREET_2020 / "document.txt").read_text(encoding="utf-8")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "street.txt").write_text(
        printed.replace("3.危及“三安全一稳定”\t0", "3.危及“三安全一稳定”\t7"), encoding="utf-8"
    )
    loaded = run_ogi(home, "load", str(inbox))
    assert loaded.returncode == 0, loaded.stdout
    street = "agency_id = '350502006:江南街道办事处' and year = 2020"
    assert query(home, f"select version, is_consistent from marts.fct_report where {street}") == [(2, False)]
    assert query(
        home,
        f"select identity_id, left_value, right_value from marts.fct_identity_check where {street} "
        "and status = 'broken' order by 1",
    ) == [
        ("applications.applicants.refused_safety_stability", 7, 0),
        ("applications.outcomes.natural_person", 8, 1),
    ]
    assert query(
        home,
        f"select value, raw from marts.fct_report_cell where {street} "
        "and cell = 'applications.refused_safety_stability.natural_person'",
    ) == [(7, "7")]


def test_bad_inputs_are_put_aside_with_a_reason_and_the_others_load(home, tmp_path, street_2020):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    text = street_2020.decode()
    without_table_three = (
        text[: text.index("三、收到和处理")] + text[text.index("#### 四、政府信息公开行政复议") :]
    )
    (inbox / "empty.txt").write_text("\n\n", encoding="utf-8")
    (inbox / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (inbox / "news.txt").write_text("本市召开会议，部署明年工作。\n", encoding="utf-8")
    (inbox / "two-tables.txt").write_text(without_table_three, encoding="utf-8")
    loaded = run_ogi(home, "load", str(inbox))
    assert loaded.returncode == 0, loaded.stdout
    put_aside = {q["path"]: q for q in json.loads(run_ogi(home, "quarantine", "--format", "json").stdout)}
    assert {"empty.txt", "picture.txt", "news.txt"} <= put_aside.keys()
    assert "two-tables.txt" not in put_aside
    assert (put_aside["empty.txt"]["code"], put_aside["news.txt"]["code"]) == ("empty_file", "not_a_report")
    assert "\n" not in put_aside["picture.txt"]["message"]
    assert ("table_missing",) in query(
        home,
        "select code from marts.fct_problem join marts.fct_report using (report_id) "
        "where fct_report.source_path = 'two-tables.txt'",
    )
    assert query(
        home,
        "select distinct state from marts.fct_report_cell join marts.fct_report using (report_id) "
        "where fct_report.source_path = 'two-tables.txt' and cell like 'applications.%'",
    ) == [("missing",)]


def test_rollback_stays_until_it_is_let_go_and_each_release_says_what_changed(home, tmp_path, street_2020):
    first = release_of(home)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    newer = street_2020.decode().replace(TITLE, TITLE.replace("2020", "2018"))
    (inbox / "newer.txt").write_text(newer, encoding="utf-8")
    loaded = run_ogi(home, "load", str(inbox))
    assert loaded.returncode == 0
    second = release_of(home)
    figures = figure(loaded.stdout, "figures added")
    assert f"new_document: {figures}" in loaded.stdout
    every = json.loads(run_ogi(home, "releases", "--diff", first, second, "--format", "json").stdout)
    assert len(every) == figures > 50
    assert {(row["year"], row["change"], row["cause"]) for row in every} == {(2018, "added", "new_document")}

    went_back = run_ogi(home, "rollback", "--why", "数字有误")
    assert (went_back.returncode, release_of(home)) == (0, first)
    assert second in went_back.stdout
    listed = run_ogi(home, "releases").stdout
    assert [line.split()[0] for line in listed.splitlines() if re.match(r" +[*2]", line)] == [second, "*"]
    assert "数字有误" in listed

    held = run_ogi(home, "load", str(inbox))
    assert (held.returncode, release_of(home)) == (1, first)
    assert "held back" in held.stdout
    assert run_ogi(home, "unpin").returncode == 0
    assert run_ogi(home, "load", str(inbox)).returncode == 0
    assert "newer.txt" in {
        path for (path,) in query(home, "select source_path from marts.fct_report_version")
    }


def test_a_load_works_after_the_schedulers_state_was_deleted(home, tmp_path, street_2020):
    shutil.rmtree(home / "prefect")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "copy.txt").write_bytes(street_2020 + b"\n")
    assert run_ogi(home, "load", str(tmp_path / "inbox")).returncode == 0


def test_where_nothing_is_published_a_query_says_what_to_do(tmp_path):
    asked = run_ogi(tmp_path / "home", "sql", "select 1")
    assert (asked.returncode, "ogi load" in asked.stderr) == (1, True)


def test_every_run_leaves_lines_that_name_file_and_seconds(published):
    lines = [
        json.loads(line) for line in (Path(published) / "run.log").read_text(encoding="utf-8").splitlines()
    ]
    parsed = [line for line in lines if line["what"] == "parsed"]
    assert len(parsed) > 30
    assert all(line["file"] and line["seconds"] >= 0 for line in parsed)
