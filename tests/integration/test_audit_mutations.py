"""Could each expectation have failed? Every one is broken once, in a healthy warehouse, and must then show."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from integration.audit_warehouse import BUREAU, DISTRICT, STREET, change, healthy_warehouse

from expectations.keys import KEYS
from expectations.model import Baseline
from expectations.suites import suites
from expectations.tables import REPORTS_EXAMINED, pick_out, rows_query, tables_of
from ogi.warehouse.audit_baseline import read_baseline

pytestmark = pytest.mark.integration

DEFINITIONS = {definition.name: definition for suite in suites() for definition in suite.definitions}
# What the healthy warehouse is found to hold: one report that errs, so that its summary differs; one late, years without
FINDINGS = {"identity_broken", "summary_disagrees", "report_late", "report_missing", "amount_without_unit"}


@dataclass(frozen=True)
class Mutation:
    """One thing that goes wrong: statements on the healthy warehouse, or another last release."""

    expectation: str
    statements: tuple[str, ...] = ()
    last_release: Callable[[Baseline], Baseline] = lambda baseline: baseline


def _cell(set_to: str, where: str, table: str = "marts.fct_report_cell") -> str:
    return f"update {table} set {set_to} where {where}"


def _broken_reports(count: int) -> str:
    return (
        "insert into intermediate.int_report_rows by name select 1000 + i as report_key, 10 as reader_verdicts,"
        f" 10 as reader_assessed, 10 as reader_broken from range({count}) as reports(i)"
    )


# As after a night that built nothing of what there is
_UNTOUCHED = tuple(f"delete from raw.touched_{what}" for what in ("year", "agency", "report"))
_OF_STREET_2020 = f"agency_id = '{STREET}' and year = 2020"
_NEW_REQUESTS = f"{_OF_STREET_2020} and cell = 'applications.new_requests.total'"

MUTATIONS = [
    *(
        Mutation(f"key_unique.{key.table}", (f"insert into {key.table} from {key.table} limit 1",))
        for key in KEYS
    ),
    Mutation("keys_present", ("update raw.problem set source_sha256 = null",)),
    Mutation("reference.agency", (f"delete from marts.dim_agency where agency_id = '{STREET}'",)),
    Mutation(
        "reference.agency",
        (f"update marts.fct_procurement set agency_id = 'nobody' where {_OF_STREET_2020}",),
    ),
    Mutation("reference.report", (f"delete from marts.fct_report where {_OF_STREET_2020}",)),
    Mutation("reference.division", ("delete from marts.dim_division where division_code = '350502006'",)),
    Mutation("reference.division", ("delete from marts.dim_division where division_code = '350502'",)),
    Mutation("reference.cell", (_cell("cell = 'applications.new.total'", _NEW_REQUESTS),)),
    Mutation(
        "reference.identity",
        (f"update marts.fct_identity_check set template = '2014' where {_OF_STREET_2020}",),
    ),
    Mutation(
        "reference.forms_as_in_seeds", ("delete from marts.dim_cell where cell like 'reviews.%.total'",)
    ),
    Mutation("reference.forms_as_in_seeds", ("update marts.dim_cell set is_optional = true",)),
    Mutation("reference.identities_as_in_seeds", ("update marts.dim_identity set severity = 'notice'",)),
    Mutation("document_accounted", ("update raw.document set outcome = 'lost' where outcome = 'loaded'",)),
    Mutation("document_accounted", ("update raw.document set outcome = null",)),
    Mutation("document_accounted", ("delete from raw.problem",)),
    Mutation("document_accounted", ("delete from raw.report where year = 2012",)),
    Mutation("report_has_document", ("delete from raw.document where source_path like '%2012%'",)),
    Mutation("report_has_document", ("delete from raw.document where outcome = 'quarantined'",)),
    Mutation("report_numbers_unique", ("update raw.report set report_key = 1 where report_key = 2",)),
    Mutation("report_is_source", ("delete from marts.fct_report_source where year = 2012",)),
    Mutation("report_is_source", ("update marts.fct_report_source set figures_hash = null",)),
    Mutation("version_has_sources", ("delete from marts.fct_report_version where year = 2012",)),
    Mutation("version_has_sources", ("update marts.fct_report_source set is_representing = false",)),
    Mutation("version_has_sources", ("update marts.fct_report_source set version = 3 where version = 2",)),
    Mutation(
        "sources_print_the_same",
        ("update marts.fct_report_source set figures_hash = 'same', template = '2021'",),
    ),
    Mutation("sources_print_the_same", ("update marts.fct_report_source set version = 1",)),
    Mutation("figures_hash_as_read", ("update raw.report set figures_hash = null where year = 2020",)),
    Mutation(
        "figures_hash_as_read",
        (
            "update raw.cell set unit = '件', value = 1 where value = 0 and cell = 'applications.granted.business'",
        ),
    ),
    Mutation("one_version_is_current", ("update marts.fct_report set version = 1 where version = 2",)),
    Mutation("one_version_is_current", (f"delete from marts.fct_report where {_OF_STREET_2020}",)),
    Mutation(
        "current_version_is_newest",
        (
            "update raw.report set published_on = '2030-01-01' where report_id not in (select report_id from marts.fct_report)",
        ),
    ),
    Mutation("cells_of_report", (f"delete from marts.fct_report_cell where {_NEW_REQUESTS}",)),
    Mutation("cells_of_form", (f"delete from marts.fct_report_cell where {_NEW_REQUESTS}",)),
    Mutation("cells_as_read", (_cell("raw = '3 件'", _NEW_REQUESTS),)),
    Mutation("cells_as_read", (_cell("value = 4", _NEW_REQUESTS),)),
    Mutation("cells_as_read", (f"delete from marts.fct_report_cell where {_NEW_REQUESTS}",)),
    Mutation("cells_of_report", ("delete from raw.cell where cell = 'applications.new_requests.total'",)),
    Mutation("statements_as_read", (f"delete from marts.fct_narrative_statement where {_OF_STREET_2020}",)),
    Mutation("agency_year_expected", (f"delete from marts.fct_report_expected where {_OF_STREET_2020}",)),
    Mutation("agency_year_expected", (f"delete from marts.mart_agency_year where {_OF_STREET_2020}",)),
    # Of reports that a night did not touch, rows can only be missing in all
    Mutation(
        "rows_in_all",
        (*_UNTOUCHED, "delete from marts.fct_report_source where year = 2012"),
    ),
    Mutation("rows_in_all", (*_UNTOUCHED, "delete from marts.fct_report where year = 2012")),
    Mutation("rows_in_all", (*_UNTOUCHED, "delete from raw.document where source_sha256 like '%201901'")),
    Mutation(
        "rows_in_all",
        (*_UNTOUCHED, "delete from marts.mart_agency_year where year = 2012"),
    ),
    Mutation("rows_in_all", ("delete from intermediate.int_report_indicator",)),
    Mutation(
        "rows_in_all",
        (*_UNTOUCHED, f"delete from marts.dim_agency where agency_id = '{STREET}'"),
    ),
    Mutation(
        "rows_in_all",
        (*_UNTOUCHED, f"delete from marts.fct_report_expected where {_OF_STREET_2020}"),
    ),
    # Nobody's, lost and doubled
    Mutation(
        "rows_in_all",
        ("insert into raw.cell by name select 9999 as report_key, 'applications.granted.total' as cell",),
    ),
    Mutation(
        "rows_in_all",
        ("insert into raw.identity by name select 9999 as report_key, 'carry.total' as identity_id",),
    ),
    Mutation("rows_in_all", ("delete from raw.report where year = 2018",)),
    Mutation("rows_in_all", ("delete from raw.narrative",)),
    Mutation(
        "rows_in_all",
        ("insert into intermediate.int_identity_verdict from intermediate.int_identity_verdict limit 1",),
    ),
    Mutation("rows_in_all", ("delete from intermediate.int_report_rows where cells = 0",)),
    Mutation("rows_in_all", ("update raw.document set outcome = 'quarantined' where outcome = 'loaded'",)),
    Mutation("rows_in_all", ("update intermediate.int_report_judged set broken = 0",)),
    Mutation(
        "rows_in_all",
        (
            "insert into intermediate.int_report_judged select 9999, class, 1, 1, 0, 0, 0 from intermediate.int_report_judged limit 1",
        ),
    ),
    Mutation("rows_in_all", (*_UNTOUCHED, f"delete from marts.fct_application_flow where {_OF_STREET_2020}")),
    Mutation(
        "rows_in_all", (*_UNTOUCHED, f"delete from marts.fct_proactive_disclosure where {_OF_STREET_2020}")
    ),
    Mutation("rows_in_all", (*_UNTOUCHED, f"delete from marts.fct_procurement where {_OF_STREET_2020}")),
    Mutation("rows_in_all", ("update marts.mart_district_year set identities_broken = 7",)),
    *(
        Mutation("verdicts_as_counted", (f"update intermediate.int_report_judged set {change}",))
        for change in ("assessed = 0", "errors_broken = 1", "class = 'within'")
    ),
    *(
        Mutation("rows_as_counted", (f"update intermediate.int_report_rows set {column} = {column} + 1",))
        for column in (
            "documents",
            "cells",
            "outcomes",
            "reviews",
            "reader_verdicts",
            "reader_assessed",
            "reader_broken",
            "statements",
        )
    ),
    Mutation("rows_as_counted", ("delete from intermediate.int_report_rows",)),
    Mutation(
        "rows_in_all",
        ("update marts.mart_agency_year set disclosure_rate_n = 0 where disclosure_rate_n = 1",),
    ),
    Mutation(
        "what_came_is_built",
        (f"delete from raw.touched_year where {_OF_STREET_2020}",),
        last_release=lambda _last: Baseline(),
    ),
    # What came is built, and of the year after it is not
    Mutation(
        "what_came_is_built",
        (
            "delete from raw.touched_year where year <> 2019",
            "update raw.report set report_key = report_key + 1000 where year = 2019",
        ),
        last_release=lambda last: replace(last, last_number=1000),
    ),
    Mutation(
        "verdicts_as_expected",
        (f"delete from marts.fct_identity_check where {_OF_STREET_2020} and identity_id = 'carry.total'",),
    ),
    # Lost on both sides at once, the list of what is expected included
    Mutation(
        "verdicts_of_report",
        (
            "update seeds.identities set template = '1999' where identity_id = 'carry.total'",
            "delete from marts.fct_identity_check where identity_id = 'carry.total'",
        ),
    ),
    Mutation("verdicts_of_form", ("delete from marts.fct_identity_check where identity_id = 'carry.total'",)),
    # Lost on both sides at once, and given to a report that is no summary
    Mutation("verdicts_of_summary", ("delete from marts.fct_identity_check where class = 'hierarchy'",)),
    Mutation(
        "verdicts_of_summary",
        (f"update marts.fct_identity_check set class = 'hierarchy' where {_OF_STREET_2020}",),
    ),
    # A summary that was judged without an agency, with one of another year, with another figure
    Mutation(
        "summary_counts_its_roster",
        ("insert into raw.roster by name select * replace (9 as line, 'x' as agency_id) from raw.roster",),
    ),
    Mutation("summary_counts_its_roster", ("update raw.roster set valid_from = 2023, valid_to = null",)),
    Mutation("summary_counts_its_roster", ("update raw.roster set agency_id = null",)),
    Mutation(
        "summary_counts_its_roster",
        (
            "update marts.fct_identity_check set right_value = 0, residual = left_value where class = 'hierarchy'",
        ),
    ),
    Mutation("status_accepted", ("update marts.fct_identity_check set status = 'fine' where year = 2020",)),
    Mutation(
        "status_follows_residual",
        ("update marts.fct_identity_check set status = 'holds' where status = 'broken'",),
    ),
    Mutation(
        "status_follows_residual",
        ("update marts.fct_identity_check set residual = 0 where status = 'not_assessable'",),
    ),
    Mutation("status_follows_residual", ("update marts.fct_identity_check set left_value = null",)),
    Mutation("evaluators_agree", ("update raw.identity set status = 'holds' where status = 'broken'",)),
    Mutation("evaluators_agree", ("update raw.identity set residual = 1 where residual = 0",)),
    Mutation("evaluators_agree", ("delete from raw.identity where identity_id = 'applications.flow.total'",)),
    Mutation("consistent_as_checked", ("update marts.fct_report set is_consistent = true",)),
    Mutation("consistent_as_checked", ("update marts.fct_report set identities_broken = 0",)),
    Mutation("state_accepted", (_cell("state = 'empty'", _NEW_REQUESTS),)),
    Mutation("value_iff_reported", (_cell("value = 0", "state = 'blank'"),)),
    Mutation("value_iff_reported", (_cell("value = null", _NEW_REQUESTS),)),
    Mutation("blank_is_no_zero", (_cell("value = 0, state = 'reported'", "state = 'blank'"),)),
    Mutation("blank_is_no_zero", (_cell("raw = '　' || chr(160) || '—'", _NEW_REQUESTS),)),
    Mutation(
        "marts_repeat_the_figures",
        (f"update marts.fct_application_flow set new_requests = 0 where {_OF_STREET_2020}",),
    ),
    Mutation(
        "marts_repeat_the_figures",
        ("update marts.fct_application_flow set new_requests = 0 where new_requests is null",),
    ),
    Mutation(
        "marts_repeat_the_figures",
        ("update marts.fct_application_outcome set requests = 7 where outcome = 'granted'",),
    ),
    Mutation("marts_repeat_the_figures", ("delete from marts.fct_review where result = 'pending'",)),
    Mutation("marts_repeat_the_figures", ("update marts.fct_proactive_disclosure set made = 1",)),
    Mutation("marts_repeat_the_figures", ("update marts.fct_procurement set items = 3",)),
    Mutation("amount_in_yuan", ("update marts.fct_procurement set amount_yuan = amount",)),
    Mutation("amount_in_yuan", ("update marts.fct_procurement set unit = '元'",)),
    # The amount that is lost, and the unit that is made up
    Mutation(
        "amount_in_yuan",
        (
            "update marts.fct_report_cell set unit = '万元' where cell = 'proactive.procurement.amount'",
            "update marts.fct_procurement set unit = '万元' where amount is not null",
        ),
    ),
    Mutation("amount_in_yuan", ("update marts.fct_procurement set amount_yuan = 0",)),
    Mutation("amount_in_yuan", ("update marts.fct_proactive_disclosure set amount = 1",)),
    Mutation("amounts_without_unit_listed", ("delete from intermediate.int_amount_without_unit",)),
    Mutation(
        "amounts_without_unit_listed",
        (
            "insert into intermediate.int_amount_without_unit by name select report_key, 'proactive.fees.amount' as cell"
            " from intermediate.int_report_current",
        ),
    ),
    Mutation(
        "agency_total_is_printed",
        (f"update marts.mart_agency_year set new_requests = 6 where {_OF_STREET_2020}",),
    ),
    Mutation("agency_total_is_printed", ("update marts.mart_agency_year set new_requests = null",)),
    Mutation("district_total_counts_once", ("update marts.mart_district_year set new_requests = 9",)),
    Mutation("district_total_counts_once", ("update marts.mart_district_year set new_requests = null",)),
    Mutation(
        "district_total_counts_once", ("delete from marts.mart_district_year where new_requests is null",)
    ),
    Mutation("reports_not_fewer", ("delete from raw.report where year = 2012",)),
    Mutation("reports_not_fewer", ("update raw.report set template = null where year = 2018",)),
    Mutation(
        "agencies_not_fewer",
        last_release=lambda last: replace(last, current=last.current | {2020: last.current[2020] + 3}),
    ),
    Mutation("rows_not_fewer", ("delete from intermediate.int_identity_verdict",)),
    Mutation("rows_not_fewer", ("delete from marts.fct_report_expected where year > 2015",)),
    *(
        Mutation(
            "full_refresh_repeats",
            last_release=lambda last, held=held: replace(last, content={"marts.fct_report": held}),
        )
        for held in ((6, Decimal(7)), (7, Decimal(0)))
    ),
    # Usual was that a tenth of the reports comes late, and that no identity breaks
    Mutation(
        "share_unusual",
        ("update marts.fct_report set on_time = false",),
        last_release=lambda last: replace(last, ceilings={("late", "report"): Decimal("0.1")}),
    ),
    Mutation(
        "share_unusual",
        last_release=lambda last: replace(last, ceilings={("broken", "hierarchy"): Decimal(0)}),
    ),
    Mutation(
        "assessed_share_not_fallen",
        ("update intermediate.int_report_rows set reader_assessed = least(reader_assessed, 1)",),
    ),
    Mutation("assessed_share_not_fallen", ("delete from intermediate.int_report_rows",)),
    Mutation("identity_broken", ("update marts.fct_identity_check set status = 'broken', class = 'within'",)),
    Mutation(
        "years_disagree",
        ("update marts.fct_identity_check set status = 'broken' where identity_id = 'carry.total'",),
    ),
    Mutation(
        "summary_disagrees",
        ("update marts.fct_identity_check set status = 'broken' where class = 'hierarchy'",),
    ),
    Mutation("report_not_assessable", ("update marts.fct_report set identities_assessed = 0",)),
    Mutation("report_late", ("update marts.fct_report set on_time = false",)),
    Mutation("report_missing", ("update marts.fct_report_expected set received = false",)),
    Mutation(
        "amount_without_unit",
        (
            "insert into intermediate.int_amount_without_unit by name select report_key, 'proactive.fees.amount' as cell, 5"
            " as value from intermediate.int_report_current",
        ),
    ),
    Mutation(
        "broken_share_leaps",
        (_broken_reports(10),),
    ),
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(healthy_warehouse(tmp_path_factory), tmp_path_factory.mktemp("mutated")))


@pytest.fixture(scope="module")
def baseline(warehouse: Path) -> Baseline:
    return read_baseline(warehouse)


@pytest.fixture(scope="module")
def connection(warehouse: Path, baseline: Baseline) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(warehouse)) as connection:
        # A schema: a transaction that changes the warehouse can write to no other database
        connection.execute("create schema picked")
        yield connection


@contextmanager
def _mutated(connection: duckdb.DuckDBPyConnection, mutation: Mutation) -> Iterator[None]:
    connection.execute("begin")
    try:
        for statement in mutation.statements:
            change(connection, statement)
        yield
    finally:
        connection.execute("rollback")


def _failing(
    connection: duckdb.DuckDBPyConnection,
    baseline: Baseline,
    *names: str,
    at_most: int = REPORTS_EXAMINED,
) -> set[str]:
    pick_out(connection, at_most)
    tables = tables_of(baseline)
    return {
        name
        for name in names or DEFINITIONS
        if connection.execute(rows_query(DEFINITIONS[name], tables)).fetchall()
    }


def test_of_a_healthy_warehouse_only_findings_about_its_reports_show(connection, baseline):
    assert _failing(connection, Baseline()) == FINDINGS
    assert _failing(connection, baseline) == FINDINGS


def test_every_expectation_is_broken_once():
    assert {mutation.expectation for mutation in MUTATIONS} == set(DEFINITIONS)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.expectation)
def test_what_goes_wrong_shows(connection, baseline, mutation):
    with _mutated(connection, mutation):
        before = FINDINGS & {mutation.expectation}
        assert _failing(connection, mutation.last_release(baseline), mutation.expectation)
    assert _failing(connection, baseline, mutation.expectation) == before


@pytest.mark.parametrize("agency", [STREET, BUREAU, DISTRICT])
def test_a_doubled_report_shows_under_the_names_of_its_tables(connection, baseline, agency):
    mutation = Mutation(
        "", (f"insert into marts.fct_report from marts.fct_report where agency_id = '{agency}'",)
    )
    with _mutated(connection, mutation):
        failing = _failing(connection, baseline)
    assert "key_unique.marts.fct_report" in failing
    assert "key_unique.marts.fct_report_cell" not in failing


@pytest.mark.parametrize(
    "table", ["raw.cell", "raw.identity", "intermediate.int_identity_verdict", "marts.fct_application_flow"]
)
def test_in_a_large_warehouse_of_reports_that_a_night_did_not_touch_lost_rows_show_in_all(
    connection, baseline, table
):
    untouched = Mutation("", _UNTOUCHED)
    with _mutated(connection, untouched):
        of_others = {"report_late", "report_missing"}
        assert _failing(connection, baseline, at_most=3) == of_others
        change(connection, f"delete from {table} where rowid = 5")
        assert _failing(connection, baseline, at_most=3) == of_others | {"rows_in_all"}


def test_where_no_report_allows_an_indicator_the_sums_are_right(connection, baseline):
    without = Mutation(
        "",
        (
            "delete from intermediate.int_report_indicator",
            "update marts.mart_agency_year set new_requests = null, disclosure_rate_n = 0",
        ),
    )
    with _mutated(connection, without):
        assert not _failing(connection, baseline, "rows_in_all")


def test_of_very_many_reports_a_part_is_examined_the_newest_in_it_and_the_same_each_time(connection):
    examined = []
    for _ in range(2):
        pick_out(connection, at_most=3)
        examined.append(connection.execute("from picked.examined order by all").fetchall())
    assert len(examined[0]) == 3
    assert examined[0] == examined[1]
    assert connection.execute("select count(distinct report_id) from picked.cells").fetchall() <= [(3,)]
    newest = connection.execute("select max(report_key) from intermediate.int_report_current").fetchall()
    assert connection.execute("select max(report_key) from picked.examined").fetchall() == newest


def test_reading_again_may_move_one_report_but_not_two(connection, baseline):
    read_again = replace(baseline, last_batch="")
    one = Mutation("", ("delete from raw.report where year = 2012",))
    with _mutated(connection, one):
        assert not _failing(connection, read_again, "reports_not_fewer")
    two = Mutation("", ("delete from raw.report where year = 2022",))
    with _mutated(connection, two):
        assert _failing(connection, read_again, "reports_not_fewer")


def test_a_few_broken_reports_are_no_leap(connection, baseline):
    # Beside the two versions in the healthy warehouse that err
    seven = Mutation(
        "",
        (_broken_reports(7),),
    )
    with _mutated(connection, seven):
        assert not _failing(connection, baseline, "broken_share_leaps")
