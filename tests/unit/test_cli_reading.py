"""`ogi parse` and `ogi check` through the command line itself."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import REPOSITORY, STREET_2020

from ogi.cli import main

REPORT = str(STREET_2020 / "document.txt")


@pytest.fixture
def broken(tmp_path: Path, street_2020: bytes) -> str:
    """The report with one digit of table 三 changed: 危及三安全一稳定 × 自然人 is 7 in place of 0."""
    path = tmp_path / "broken.txt"
    path.write_text(
        street_2020.decode().replace("3.危及“三安全一稳定”\t0", "3.危及“三安全一稳定”\t7"), encoding="utf-8"
    )
    return str(path)


def test_parse_prints_a_list_of_reports() -> None:
    result = CliRunner().invoke(main, ["parse", REPORT])
    [report] = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["schema"] == "ogi.parsed_report/1"
    assert report["source"]["format"] == "text"


def test_amounts_keep_their_printed_decimals() -> None:
    assert '"value":15903365.56,' in CliRunner().invoke(main, ["parse", REPORT]).stdout


def test_parse_exits_1_where_a_document_gave_no_report_and_goes_on(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = CliRunner().invoke(main, ["parse", str(empty), REPORT, "--format", "jsonl", "--jobs", "2"])
    reports = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [report["report"] is None for report in reports] == [True, False]


def test_a_missing_file_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["parse", "no-such-file.txt"]).exit_code == 2


def test_the_table_marks_what_is_no_number(tmp_path: Path, street_2020: bytes) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(street_2020.decode().replace("规章\t0\t0\t0", "规章\t\t/\t**"), encoding="utf-8")
    shown = CliRunner().invoke(main, ["parse", str(path), "--format", "table"]).stdout
    [row] = [line.split() for line in shown.splitlines() if line.split()[:1] == ["规章"]]
    assert row == ["规章", "·", "／", "？"]
    assert "均不是零" in shown


def test_check_exits_0_where_every_identity_holds() -> None:
    result = CliRunner().invoke(main, ["check", REPORT])
    assert (result.exit_code, "40 个全部成立" in result.stdout) == (0, True)


def test_check_names_the_broken_identities_and_the_repair(broken: str) -> None:
    result = CliRunner().invoke(main, ["check", broken, "--format", "json"])
    [checked] = json.loads(result.stdout)
    assert result.exit_code == 1
    assert checked["broken"] == [
        {"id": "applications.outcomes.natural_person", "left": 8, "right": 1, "residual": 7},
        {"id": "applications.applicants.refused_safety_stability", "left": 7, "right": 0, "residual": 7},
    ]
    [finding] = checked["findings"]
    assert (finding["kind"], finding["side"]) == ("misprinted_cell", "source")
    assert finding["cells"] == [
        {
            "cell": "applications.refused_safety_stability.natural_person",
            "printed": 7,
            "implied": 0,
            "where": {"page": None, "table": 2, "row": 10, "column": 4},
        }
    ]


def test_check_of_a_folder_checks_what_is_in_it_and_below(tmp_path: Path, broken: str) -> None:
    below = tmp_path / "甲" / "乙"
    below.mkdir(parents=True)
    (below / "right.txt").write_bytes(Path(REPORT).read_bytes())
    (below / ".hidden.txt").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json"])
    assert result.exit_code == 1
    checked = {Path(c["source"]["path"]).name: len(c["broken"]) for c in json.loads(result.stdout)}
    assert checked == {Path(broken).name: 2, "right.txt": 0}


def test_check_says_it_in_chinese_with_figures_and_place(broken: str) -> None:
    shown = CliRunner().invoke(main, ["check", broken]).stdout
    assert "相差 +7" in shown
    assert "印为 7，若为 0" in shown
    assert "第2个表第10行第4列" in shown


def check_of(folder: Path, text: str) -> str:
    """Return what the check says of a report with this text."""
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ["check", str(path)]).stdout


def test_check_lists_every_candidate_with_its_place_where_the_repair_is_not_certain(
    tmp_path: Path, street_2020: bytes
) -> None:
    zeros = "\t0" * 15
    shown = check_of(tmp_path, street_2020.decode().replace("0" + zeros, "2" + zeros[2:]))
    assert "第3个表第4行第1列，「行政复议」×「结果维持」 印为 2" in shown
    assert "第3个表第4行第5列，「行政复议」×「总计」 印为 0" in shown


def test_check_names_the_rows_that_are_missing_and_the_cells_that_are_blank(
    tmp_path: Path, street_2020: bytes
) -> None:
    text = street_2020.decode().replace("\t(六)其他处理\t0\t0\t0\t0\t0\t0\t0\t\n", "")
    shown = check_of(tmp_path, text.replace("规章\t0\t0\t0", "规章\t\t0\t0"))
    assert "表中没有 / not in the table：7 格：「（六）其他处理」 7 格" in shown
    assert "空白未填 / blank：1 格：「规章」×「本年新制作数量」（第1个表第3行）" in shown


def test_check_never_says_that_all_hold_where_none_could_be_assessed(
    tmp_path: Path, street_2020: bytes
) -> None:
    shown = check_of(tmp_path, re.sub(r"(?<=\t)[0-9.]+(?=[ \t\n])", "", street_2020.decode()))
    assert "没有一个能够核对" in shown
    assert "全部成立" not in shown


def test_check_of_a_folder_without_files_is_wrong_usage(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", str(tmp_path)]).exit_code == 2


def test_check_exits_3_where_a_file_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 3


def test_reading_loads_none_of_the_heavy_tools() -> None:
    program = (
        "import sys; from ogi.cli import main\n"
        "try: main(['check', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in ('prefect','dbt','great_expectations','pandas','polars','duckdb') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, REPORT], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_file_whose_name_is_in_gb18030_is_read_and_named_in_chinese(
    tmp_path: Path, street_2020: bytes
) -> None:
    path = os.fsencode(tmp_path) + b"/" + "年报.txt".encode("gb18030")
    Path(os.fsdecode(path)).write_bytes(street_2020)
    result = CliRunner().invoke(main, ["parse", os.fsdecode(path)])
    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["source"]["path"].endswith("/年报.txt")


def test_a_zip_gives_one_report_a_member(tmp_path: Path, street_2020: bytes) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", street_2020)
        file.writestr("b.txt", b"")
    result = CliRunner().invoke(main, ["parse", str(path)])
    assert result.exit_code == 1
    reports = json.loads(result.stdout)
    assert [(r["source"]["path"], r["report"] is None) for r in reports] == [
        (f"{path}!a.txt", False),
        (f"{path}!b.txt", True),
    ]
