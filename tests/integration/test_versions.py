"""Documents of one report: those that print the same are sources of one version, those that do not contradict."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from integration.dbt_fixture import Agency, RawWarehouse, run_dbt

pytestmark = pytest.mark.integration

Query = Callable[[str], list[tuple[Any, ...]]]

STREET = Agency("350502005:浮桥街道办事处", "浮桥街道办事处", "subdistrict", "350502005")
CELL = "applications.granted.business"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page and its file for 2019; for 2020 and 2021 two files that differ in one cell, of 2020 one came later."""
    raw = RawWarehouse()
    for _ in range(2):
        raw.add_report(STREET, 2019, "2019", {CELL: 1})
    for granted in (2, 3):
        raw.add_report(STREET, 2020, "2019", {CELL: granted})
    for granted in (4, 5):
        raw.add_report(STREET, 2021, "2021", {CELL: granted}, landed=99)
    file = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    raw.write(file)
    wanted = ("+fct_finding_cell", "fct_report_version", "fct_report_version_cell", "fct_report_source")
    statuses = run_dbt(file, "build", "--exclude-resource-type", "test", "unit_test", "--select", *wanted)
    assert set(statuses.values()) == {"success"}
    return file


@pytest.fixture
def query(file: Path) -> Query:
    with closing(duckdb.connect(str(file), read_only=True)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_documents_with_the_same_figures_are_one_version_with_several_sources(query: Query) -> None:
    assert query("select year, version, sources, is_current from marts.fct_report_version order by all") == [
        (2019, 1, 2, True),
        (2020, 1, 1, False),
        (2020, 2, 1, True),
        (2021, 1, 1, False),
        (2021, 2, 1, True),
    ]
    assert query(
        "select version, source_number, is_representing from marts.fct_report_source where year = 2019 order by all"
    ) == [(1, 1, True), (1, 2, False)]


def test_only_documents_that_came_at_once_contradict_each_other(query: Query) -> None:
    assert query(
        "select year, kind, side, is_certain, cells from marts.fct_finding where identity_ids = []"
    ) == [(2021, "undetermined", "source", False, 1)]


def test_the_finding_names_documents_and_cells_in_both_languages(query: Query) -> None:
    ((zh, en),) = query("select statement_zh, statement_en from marts.fct_finding where identity_ids = []")
    paths = [path for (path,) in query("select source_path from marts.fct_report_version where year = 2021")]
    assert len(paths) == 2
    assert all(path in zh and path in en for path in paths)
    assert "1 个单元格不一致" in zh
    assert "1 cells differ" in en
    assert query(
        "select cell, printed, implied from marts.fct_finding_cell join marts.fct_finding using (finding_id) "
        "where identity_ids = []"
    ) == [(CELL, 5, None)]


def test_the_cells_of_every_version_are_kept(query: Query) -> None:
    assert query(
        f"select version, is_current, value from marts.fct_report_version_cell where cell = '{CELL}' and year = 2020 "
        "order by all"
    ) == [(1, False, 2), (2, True, 3)]
