import random
from collections.abc import Iterator
from itertools import islice, pairwise

import msgspec
import pytest

from ogi.demo.agencies import agencies_of
from ogi.demo.corpus import parsed_lines
from ogi.demo.histories import Facts, all_reports, district_reports
from ogi.demo.truth import TruthReport
from ogi.reports.model import ParsedReport

REPORTS = 600
BREAK_WITHIN = {"misprinted_cell", "wrong_applicant_column", "total_zero_over_parts"}


@pytest.fixture(scope="module")
def truths() -> list[TruthReport]:
    decoder = msgspec.json.Decoder(TruthReport)
    return [decoder.decode(line) for line in islice(parsed_lines(seed=5), REPORTS)]


def _broken(report: ParsedReport) -> list[str]:
    return [verdict.id for verdict in report.identities if verdict.status == "broken"]


def test_every_identity_holds_where_no_error_is_planted(truths: list[TruthReport]):
    assert [r.source.path for r in truths if r.fault not in BREAK_WITHIN and _broken(r)] == []


def test_an_error_planted_within_a_report_breaks_an_identity(truths: list[TruthReport]):
    planted = [r for r in truths if r.fault in BREAK_WITHIN]
    assert planted
    assert [r.source.path for r in planted if not _broken(r)] == []


def test_every_form_and_the_free_form_come_up(truths: list[TruthReport]):
    assert {r.report.template for r in truths if r.report} == {None, "2014", "2019", "2021"}


def test_some_townships_go_on_with_the_old_form(truths: list[TruthReport]):
    headers = [r.report for r in truths if r.report]
    assert any(header.year and header.year >= 2021 and header.template == "2019" for header in headers)


def _pairs() -> Iterator[tuple[Facts, Facts]]:
    """Yield each report with that of the year before, corrected versions and planted errors left out."""
    before: Facts | None = None
    for facts in islice(all_reports(5), REPORTS):
        if facts.fault is None and facts.version == 1:
            follows = before and (before.agency, before.year + 1) == (facts.agency, facts.year)
            if before and follows and before.year >= 2019:
                yield before, facts
            before = facts
        else:
            before = None


def test_a_year_carries_over_what_the_year_before_carried_forward():
    for before, facts in _pairs():
        for column in ("natural_person", "business", "total"):
            carried = facts.figures[f"applications.carried_over.{column}"]
            assert carried == before.figures[f"applications.carried_forward.{column}"]


def test_the_documents_in_force_follow_from_the_year_before():
    for before, facts in _pairs():
        name = "proactive.normative_documents."
        stock = before.figures[name + "in_force"] + facts.figures[name + "issued"]
        assert facts.figures[name + "in_force"] == stock - facts.figures[name + "repealed"]


def test_a_government_reports_the_sum_of_its_offices():
    facts = [f for f in district_reports("350502", "1") if f.year == 2023]
    government = next(f for f in facts if f.agency.kind == "government")
    offices = [f for f in facts if f.agency.kind != "government"]
    assert len({f.agency for f in offices}) == len(agencies_of("350502", random.Random("1"))) - 1
    cell = "applications.new_requests.total"
    assert government.figures[cell] == sum(f.figures[cell] for f in offices) > 0


def test_a_correction_follows_the_report_that_it_corrects():
    facts = list(islice(all_reports(2), 3000))
    corrections = [(a, b) for a, b in pairwise(facts) if b.version > 1]
    assert corrections
    assert all(a.fault and not b.fault and a.published_on < b.published_on for a, b in corrections)
