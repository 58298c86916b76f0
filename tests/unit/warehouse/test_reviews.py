"""A listed finding leads to the document that prints its cells, and to these."""

from pathlib import Path

import duckdb
import pytest

from ogi.warehouse.home import Home
from ogi.warehouse.reviews import PrintedCell, Reviewed, list_reviewed


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """The tables that a listing reads: a finding with a repair and a candidate, and one that names no cell."""
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.fct_report as select 'r#1' as report_id, 'inbox/report.txt' as source_path;
            create table marts.fct_finding as
            select
                * , 'r#1' as report_id, 'agency' as agency_id, 2020 as year, 'misprinted_cell' as kind,
                'source' as side, ['identity'] as identity_ids, '中文' as statement_zh, 'English' as statement_en
            from (values ('cells', 1), ('none', 2)) as finding (finding_id, finding_number);
            create table marts.fct_finding_cell as
            select 'cells' as finding_id, 'agency' as agency_id, 2020 as year, place.*, 4 as column_number
            from (values ('candidate', 3, null, null, 2, 6), ('repair', 7, 1, null, 2, 25))
                as place (cell, printed, implied, page, table_number, row_number);
            create table marts.fct_identity_check (agency_id varchar, year integer, identity_id varchar, status varchar)
            """
        )
    return file


def listed(home: Home, release: Path) -> dict[str, Reviewed]:
    return {reviewed.finding.finding_id: reviewed for reviewed in list_reviewed(home, release)}


def test_a_finding_names_its_document_and_its_cells_the_one_with_a_repair_first(
    home: Home, release: Path
) -> None:
    reviewed = listed(home, release)["cells"]
    assert reviewed.path == "inbox/report.txt"
    assert reviewed.cells == [
        PrintedCell("repair", printed=7, implied=1, page=None, table=2, row=25, column=4),
        PrintedCell("candidate", printed=3, implied=None, page=None, table=2, row=6, column=4),
    ]


def test_a_finding_without_cells_names_its_document(home: Home, release: Path) -> None:
    reviewed = listed(home, release)["none"]
    assert (reviewed.path, reviewed.cells) == ("inbox/report.txt", [])
