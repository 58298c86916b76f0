"""What is wrong with the reports is published with its place, and keeps its name as long as the figures stay."""

import json

import pytest
from click.testing import CliRunner
from integration.command_line import query

from ogi.cli import main

pytestmark = pytest.mark.integration


def test_the_samples_findings_are_those_that_were_planted(published):
    assert query(
        published,
        "select agency_id, year, kind, is_certain from marts.fct_finding order by agency_id, year",
    ) == [
        ("321302:住房和城乡建设局", 2022, "undetermined", False),
        ("321302:住房和城乡建设局", 2024, "total_zero_over_parts", True),
        ("350502005:浮桥街道办事处", 2019, "total_omitted", True),
        ("350502:财政局", 2024, "undetermined", False),
        ("440104:住房和建设局", 2023, "wrong_applicant_column", False),
        ("440104:教育局", 2021, "misprinted_cell", True),
    ]


def test_a_finding_leads_to_the_printed_cell_and_its_repair(published):
    assert query(
        published,
        "select cell, printed, implied, raw, table_number, row_number, column_number from marts.fct_finding_cell "
        "where agency_id = '440104:教育局' and year = 2021",
    ) == [("applications.partly_granted.natural_person", 10, 7, "10", 2, 7, 4)]


def test_the_summary_of_the_district_with_a_roster_is_the_sum_of_its_agencies(published):
    assert query(
        published,
        "select agency_id, year, status, min(operands), missing from marts.fct_identity_check "
        "where class = 'hierarchy' group by all order by all",
    ) == [
        ("321300:人民政府", 2023, "not_assessable", 2, "没有机关名册 / no roster of its agencies"),
        ("321300:人民政府", 2024, "not_assessable", 2, "没有机关名册 / no roster of its agencies"),
        ("321302:人民政府", 2023, "holds", 5, None),
        ("321322:人民政府", 2025, "not_assessable", 2, "没有机关名册 / no roster of its agencies"),
    ]


def test_every_broken_identity_belongs_to_a_finding(published):
    assert (
        query(
            published,
            "select agency_id, year, identity_id from marts.fct_identity_check where status = 'broken' except "
            "select agency_id, year, unnest(identity_ids) from marts.fct_finding",
        )
        == []
    )


def test_the_summary_says_each_finding_in_words_with_its_place(said):
    assert (
        "越秀区教育局 2021（guangzhou-yuexiu/2021/education-bureau.md，第2个表第7行第4列）：疑似印错" in said
    )


def test_of_very_many_findings_the_first_are_listed_and_how_many_there_are(published, monkeypatch):
    monkeypatch.setenv("OGI_HOME", str(published))
    monkeypatch.setattr("ogi.commands.findings._SHOWN", 2)
    listed = CliRunner().invoke(main, ["findings"]).stdout
    assert listed.count("321302:住房和城乡建设局") == 2
    assert "只显示前 2 条，共 6 条" in listed
    everything = CliRunner().invoke(main, ["findings", "--format", "json"]).stdout
    assert len(json.loads(everything)) == 6
