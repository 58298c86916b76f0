"""`ogi diff` on the published samples, where one report was corrected in one figure."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from integration.command_line import query, run_ogi

from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.report_diff import diff_versions

pytestmark = pytest.mark.integration

BUREAU = "440104:住房和建设局"


@pytest.fixture
def release(published: Path) -> Path:
    return (published / "warehouse.duckdb").resolve()


def test_the_changed_figure_is_shown_with_both_places(published):
    said = run_ogi(published, "diff", "越秀区住房和建设局", "2022").stdout
    (line,) = [line for line in said.splitlines() if "proactive.penalties.decisions" in line]
    assert "36 件" in line
    assert "63 件" in line
    assert "第1个表第10行第2列" in line
    assert "housing-bureau-corrected.txt" in said


def test_json_and_csv_say_the_same(published):
    found = json.loads(run_ogi(published, "diff", BUREAU, "2022", "--format", "json").stdout)
    (row,) = csv.DictReader(io.StringIO(run_ogi(published, "diff", BUREAU, "2022", "--format", "csv").stdout))
    (cell,) = found["cells"]
    assert (cell["cell"], cell["old"]["value"], cell["new"]["value"]) == (row["cell"], 36, 63)
    assert (row["old_value"], row["new_value"], row["new_raw"], row["new_row"]) == ("36", "63", "63", "10")
    assert (found["old"]["version"], found["new"]["version"]) == (1, 2)


def test_an_agency_is_known_by_its_id_and_any_name_it_prints_and_by_no_likeness(published, release):
    ((printed,),) = query(
        published,
        f"select distinct printed_agency from marts.fct_report_version where agency_id = '{BUREAU}' and year = 2022",
    )
    for name in (BUREAU, "越秀区住房和建设局", printed):
        assert diff_versions(release, name, 2022, None).agency_id == BUREAU
    for likeness in ("越秀区住房", "越秀区住房和城乡建设局局", "%", ""):
        with pytest.raises(WarehouseError, match="dim_agency"):
            diff_versions(release, likeness, 2022, None)


def test_several_agencies_of_one_name_are_listed(home):
    release = (home / "warehouse.duckdb").resolve()
    release.chmod(0o644)
    with duckdb.connect(str(release)) as connection:
        connection.execute(
            f"update marts.dim_agency set agency_name = '同名局' where agency_id in ('{BUREAU}', '440104:教育局')"
        )
    with pytest.raises(WarehouseError, match="同名局") as refused:
        diff_versions(release, "同名局", 2022, None)
    assert BUREAU in str(refused.value)
    assert "440104:教育局" in str(refused.value)


def test_the_versions_may_be_named_in_either_order(release):
    back = diff_versions(release, BUREAU, 2022, (2, 1))
    (cell,) = back.cells
    assert cell.old is not None
    assert cell.new is not None
    assert (cell.old.value, cell.new.value) == (63, 36)


@pytest.mark.parametrize(
    ("year", "versions", "said"),
    [(2022, (1, 3), "there are 2"), (2023, None, "only one version"), (1999, None, "no report")],
)
def test_what_is_not_there_is_said(release, year, versions, said):
    with pytest.raises(WarehouseError, match=said):
        diff_versions(release, BUREAU, year, versions)
