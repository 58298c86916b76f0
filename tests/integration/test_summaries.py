"""A government's summary is judged anew when one of its agencies reports anew, or when its roster is another."""

import pytest
from integration.command_line import SAMPLES, query, run_ogi

pytestmark = pytest.mark.integration

VERDICTS = (
    "select status, count(*), min(missing) from marts.fct_identity_check "
    "where class = 'hierarchy' and agency_id = '321302:人民政府' group by status order by status"
)


def test_a_corrected_report_of_an_agency_and_then_another_roster(home, tmp_path):
    finance = (SAMPLES / "宿迁市宿城区" / "2023" / "财政局-2023.md").read_text(encoding="utf-8")
    licensing = next(line for line in finance.splitlines() if "行政许可" in line and "|" in line)
    figure = licensing.rstrip("| ").rpartition("|")[2].strip()
    corrected = finance.replace(licensing, licensing.replace(f" {figure} ", " 77777 "))
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "corrected.md").write_text(corrected, encoding="utf-8")
    loaded = run_ogi(home, "load", str(tmp_path / "inbox"))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert query(home, VERDICTS) == [("broken", 1, None), ("holds", 192, None)]
    assert "宿城区人民政府 2023" in loaded.stdout
    assert "有 1 项不一致" in loaded.stdout

    (home / "rosters.csv").write_text(
        "division_code,agency,valid_from,valid_to\n321302,财政局,2023,\n321302,民政局,2023,\n",
        encoding="utf-8",
    )
    loaded = run_ogi(home, "load", str(tmp_path / "inbox"))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    assert query(home, VERDICTS) == [("not_assessable", 193, "宿城区民政局")]
    assert query(home, "select count(*) from marts.fct_finding where agency_id = '321302:人民政府'") == [(0,)]
