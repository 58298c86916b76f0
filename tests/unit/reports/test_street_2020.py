"""A whole report against a transcription made by eye: every cell with value, state, raw and place."""

import json
from collections import Counter
from typing import Any

import pytest
from conftest import REPOSITORY, STREET_2020

from ogi.reports.model import ParsedReport, to_json
from ogi.reports.parse import parse_bytes

# The report as its agency published it is somebody else's text: it is read where a copy lies beside the project.
DOCUMENTS = {
    "twin": STREET_2020 / "document.txt",
    "published": REPOSITORY.parent / "shared" / "spec" / "jiangnan-2020.txt",
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def parsed(request: pytest.FixtureRequest) -> ParsedReport:
    path = DOCUMENTS[request.param]
    if request.param == "published" and not path.is_file():
        pytest.skip("no copy of the published report here")
    return parse_bytes(path.read_bytes(), path.name)[0]


def test_every_cell_is_read_as_printed(parsed: ParsedReport, street_2020_truth: dict[str, Any]) -> None:
    printed = json.loads(to_json(parsed))["cells"]
    assert printed == street_2020_truth["cells"]
    assert len(printed) == 198


def test_the_header_is_read(parsed: ParsedReport, street_2020_truth: dict[str, Any]) -> None:
    assert json.loads(to_json(parsed))["report"] == street_2020_truth["report"]


def test_the_counts_of_the_prose_are_read(parsed: ParsedReport, street_2020_truth: dict[str, Any]) -> None:
    read = {(n.measure, n.label, float(n.value), n.unit) for n in parsed.narrative}
    assert read == {
        (m, label, float(value), unit) for m, label, value, unit in street_2020_truth["narrative"]
    }


def test_the_archive_sums_add_up_as_printed(parsed: ParsedReport) -> None:
    parts = [n.value for n in parsed.narrative if n.measure == "archived_records"]
    totals = [n.value for n in parsed.narrative if n.measure == "archived_records_total"]
    assert [sum(parts[:3]), sum(parts[3:])] == totals


def test_each_quote_holds_its_figure(parsed: ParsedReport) -> None:
    for count in parsed.narrative:
        assert str(count.value) in count.quote


def test_all_forty_identities_hold(parsed: ParsedReport) -> None:
    families = Counter(".".join(i.id.split(".")[:2]) for i in parsed.identities)
    assert {i.status for i in parsed.identities} == {"holds"}
    assert families == {
        "applications.flow": 7,
        "applications.outcomes": 7,
        "applications.applicants": 23,
        "reviews.sum": 3,
    }


def test_the_sixteenth_figure_is_a_problem_and_not_a_guess(
    parsed: ParsedReport, street_2020_truth: dict[str, Any]
) -> None:
    places = [
        (p.where.table, p.where.row, p.where.column) for p in parsed.problems if p.code == "figure_unclaimed"
    ]
    assert places == [(u["table"], u["row"], u["column"]) for u in street_2020_truth["unclaimed"]]
