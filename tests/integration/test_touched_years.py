"""A night builds the years that it touched, and those whose identities read a figure of them, and leaves the others."""

import pytest
from integration.command_line import SAMPLES, copy_home, query, run_ogi

from benchmarks.endurance.contents import differences

pytestmark = pytest.mark.integration

FINANCE = "350502:财政局"
CARRIED = (
    "select year, left_value, right_value, status from marts.fct_identity_check "
    f"where agency_id = '{FINANCE}' and identity_id = 'carry.total' and year > 2020 order by year"
)
CHANGES = (
    "select year, new_requests, new_requests_change from marts.mart_agency_year "
    f"where agency_id = '{FINANCE}' and year between 2021 and 2024 order by year"
)


def test_what_the_next_year_reads_of_a_corrected_report_is_judged_anew_and_no_other_year(home, tmp_path):
    report = (SAMPLES / "泉州市鲤城区" / "财政局" / "财政局-2022.md").read_text(encoding="utf-8")
    for figures, corrected in (
        ("| 10 | 5 | 0 | 0 | 3 | 0 | 18 |", "| 12 | 5 | 0 | 0 | 3 | 0 | 20 |"),
        ("| 1 | 1 | 0 | 0 | 0 | 0 | 2 |", "| 3 | 1 | 0 | 0 | 0 | 0 | 4 |"),
    ):
        assert report.count(figures) == 1
        report = report.replace(figures, corrected)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "corrected.md").write_text(report, encoding="utf-8")
    loaded = run_ogi(home, "load", str(inbox))
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr

    assert query(home, "from raw.touched_year order by year") == [(FINANCE, 2022), (FINANCE, 2023)]
    assert query(home, CARRIED) == [
        (2021, 1, 1, "holds"),
        (2022, 2, 2, "holds"),
        (2023, 2, 4, "broken"),
        (2024, 1, 1, "holds"),
    ]
    assert query(home, CHANGES) == [(2021, 20, 5), (2022, 20, 0), (2023, 22, 2), (2024, 26, 4)]

    anew = copy_home(home, tmp_path / "anew")
    loaded = run_ogi(anew, "load", str(inbox), "--full-refresh")
    assert loaded.returncode == 0, loaded.stdout + loaded.stderr
    release, refreshed = (folder / "warehouse.duckdb" for folder in (home, anew))
    assert differences(release.resolve(), refreshed.resolve()) == {}
