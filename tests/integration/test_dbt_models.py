"""The models on a small warehouse of hand-written reports: what each mart must say of them."""

import datetime as dt
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from integration.dbt_fixture import MISSING, Agency, Figure, RawWarehouse, run_dbt

from ogi.identities.evaluate import evaluate_within
from ogi.project import project_root, read_seed

pytestmark = pytest.mark.integration

Query = Callable[[str], list[tuple[Any, ...]]]

STREET = Agency("350502006:江南街道办事处", "江南街道办事处", "subdistrict", "350502006")
BUREAU = Agency("350502:财政局", "鲤城区财政局", "department", "350502")
GOVERNMENT = Agency("350502:人民政府", "鲤城区人民政府", "government", "350502")
NOWHERE = Agency("unresolved:00000000:区统计局", "区统计局", "department", None)
COLUMNS = ("natural_person", "business", "research", "social_org", "legal_service", "other_org", "total")
PARTS_OF_OTHER = ("other_overdue_correction", "other_overdue_fee", "other_misc")

# The public names: a table and the columns that analysts rely on.
CONTRACT = {
    "dim_agency": "agency_id agency_name agency_kind division_code valid_from valid_to",
    "dim_division": "division_code name level parent_code province city district",
    "dim_cell": "template cell label unit comparable_measure",
    "fct_report": "agency_id year template published_on on_time source_sha256 version is_consistent",
    "fct_report_cell": "agency_id year cell value state page raw",
    "fct_proactive_disclosure": "agency_id year information_kind made newly_disclosed total_disclosed "
    "prior_year_items change decisions items amount issued repealed in_force",
    "fct_application_flow": "agency_id year applicant_kind new_requests carried_over total_processed carried_forward",
    "fct_application_outcome": "agency_id year applicant_kind outcome_group outcome requests",
    "fct_procurement": "agency_id year items amount unit amount_yuan",
    "fct_review": "agency_id year channel result cases",
    "fct_narrative_count": "agency_id year measure value quote",
    "fct_identity_check": "agency_id year identity_id class severity left_value right_value residual status",
    "mart_district_year": "year reports_expected reports_received on_time_rate new_requests disclosure_rate "
    "refusal_rate unavailable_rate carried_forward_rate correction_rate procurement_amount_yuan identities_broken",
    "mart_agency_year": "agency_id year new_requests disclosure_rate refusal_rate unavailable_rate "
    "carried_forward_rate correction_rate procurement_amount_yuan identities_broken new_requests_change",
}


def requests(**rows: int) -> dict[str, Figure]:
    """All requests come from natural persons, so every row has one figure and its total."""
    return {f"applications.{row}.{c}": n for row, n in rows.items() for c in ("natural_person", "total")}


def reports() -> RawWarehouse:
    """Four agencies, a correction, a broken total, a blank, an unknown unit, a missing year, a refused document."""
    raw = RawWarehouse()
    usual = requests(new_requests=3, carried_over=1, granted=2, partly_granted=1, total_processed=3)
    usual |= requests(carried_forward=1)
    raw.add_report(
        STREET,
        2020,
        "2019",
        usual | {"proactive.procurement.items": 12, "proactive.procurement.amount": "15903365.56 元"},
        dt.date(2021, 1, 5),
        (
            {"measure": "requests_received", "value": 3, "unit": "件", "quote": "收到申请3件"},
            {"measure": "total_processed", "value": 4, "unit": "件", "quote": "办结4件"},
            {
                "measure": "disclosed_category",
                "label": "市场监督类信息",
                "value": 7,
                "quote": "市场监督类信息7条",
            },
        ),
    )
    raw.add_report(STREET, 2021, "2021", usual | {"applications.granted.total": 9}, dt.date(2022, 1, 20))
    # The correction: one row for 其他处理, and not the one request that 2020 carried forward.
    raw.add_report(
        STREET,
        2021,
        "2021",
        usual
        | requests(carried_over=2, carried_forward=2)
        | {f"applications.{part}.{column}": MISSING for part in PARTS_OF_OTHER for column in COLUMNS}
        | {f"applications.other_processing.{column}": 0 for column in COLUMNS},
        dt.date(2022, 2, 10),
    )
    raw.add_report(
        BUREAU,
        2020,
        "2019",
        usual
        | {"applications.granted.total": 1, "applications.new_requests.business": None}
        | {"proactive.procurement.amount": 7},
    )
    raw.add_report(
        GOVERNMENT,
        2018,
        "2014",
        {"statistics.requests_received.value": 5, "statistics.requests_online.value": 4},
    )
    raw.add_report(
        GOVERNMENT,
        2021,
        "2021",
        requests(new_requests=100, granted=90, refused_state_secret=10, total_processed=100)
        | {
            f"reviews.reconsideration.{result}": n
            for result, n in (("upheld", 3), ("corrected", 1), ("total", 4))
        },
        dt.date(2022, 3, 31),
    )
    raw.add_report(
        NOWHERE,
        2020,
        None,
        {},
        prose=({"measure": "disclosed_this_year", "value": 6, "quote": "公开信息6条"},),
    )
    refused = raw.add_document("办法.txt", outcome="quarantined")
    raw.rows["problem"].append(
        {
            "source_sha256": refused,
            "sequence": 1,
            "code": "not_a_report",
            "severity": "error",
            "message": "不是报告",
        }
    )
    return raw


@dataclass(frozen=True)
class Built:
    """The file dbt built, what dbt said of each node, and the rows it was built from."""

    file: Path
    statuses: dict[str, str]
    raw: RawWarehouse


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    file = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    raw = reports()
    raw.write(file)
    return Built(file, run_dbt(file, "build"), raw)


@pytest.fixture
def query(built: Built) -> Iterator[Query]:
    """Return a function that runs SQL on the built warehouse and returns its rows."""
    with closing(duckdb.connect(str(built.file), read_only=True)) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_every_model_seed_and_test_passes(built: Built) -> None:
    assert set(built.statuses.values()) == {"success", "pass"}
    described = project_root().glob("models/**/*.yml")
    unit_tests = [
        test for file in described for test in yaml.safe_load(file.read_text("utf-8")).get("unit_tests", [])
    ]
    assert sum(node.startswith("unit_test.") for node in built.statuses) == len(unit_tests) > 0


def test_another_process_can_write_to_the_file_afterwards(built: Built, tmp_path: Path) -> None:
    connect = f"import duckdb; duckdb.connect({str(built.file)!r}).close()"
    assert subprocess.run([sys.executable, "-c", connect], check=False).returncode == 0


def test_the_promised_tables_have_the_promised_columns(query: Query) -> None:
    columns = query("select table_name, column_name from duckdb_columns() where schema_name = 'marts'")
    missing = {(table, column) for table, names in CONTRACT.items() for column in names.split()} - set(
        columns
    )
    assert not missing


def test_every_table_and_column_is_described_and_every_description_has_one(query: Query) -> None:
    described = {
        (table["name"], column["name"])
        for file in (*project_root().glob("models/**/*.yml"), project_root() / "seeds" / "_seeds.yml")
        for kind, tables in yaml.safe_load(file.read_text("utf-8")).items()
        if kind in ("models", "seeds")
        for table in tables
        if table["description"] and table["name"] != "caveats"  # read from the seed, not from the warehouse
        for column in table["columns"]
        if column["description"]
    }
    assert described == set(
        query(
            "select table_name, column_name from duckdb_columns() where not internal and schema_name <> 'raw'"
        )
    )


def test_the_marts_carry_their_descriptions(query: Query) -> None:
    for what in ("tables", "columns"):
        assert not query(f"from duckdb_{what}() where schema_name = 'marts' and comment is null")


def test_caveats_are_those_of_the_seed() -> None:
    named = {
        caveat
        for file in project_root().glob("models/marts/*.yml")
        for model in yaml.safe_load(file.read_text("utf-8"))["models"]
        for caveat in model.get("config", {}).get("meta", {}).get("caveats", [])
    }
    assert named == {row["caveat"] for row in read_seed("caveats")}


def test_measures_of_the_seeds_are_cells_of_a_form() -> None:
    cells = {(row["template"], row["cell"]) for row in read_seed("template_cells")}
    names = {cell for _, cell in cells}
    comparable = read_seed("comparable_measures")
    assert {(row["template"], row["cell"]) for row in comparable} <= cells
    assert {row["comparable_measure"] for row in comparable + read_seed("indicator_terms")} <= names


def test_the_current_version_is_the_last_published(query: Query) -> None:
    assert query("select agency_id, year, version, versions, on_time from marts.fct_report order by all") == [
        (STREET.agency_id, 2020, 1, 1, True),
        (STREET.agency_id, 2021, 2, 2, False),
        (GOVERNMENT.agency_id, 2018, 1, 1, None),
        (GOVERNMENT.agency_id, 2021, 1, 1, True),
        (BUREAU.agency_id, 2020, 1, 1, None),
        (NOWHERE.agency_id, 2020, 1, 1, None),
    ]
    assert query(
        "select year, version, is_current from marts.fct_report_version where version <> versions"
    ) == [(2021, 1, False)]


def test_every_expected_identity_has_a_verdict(query: Query) -> None:
    seed = read_seed("identities")
    per_form = Counter(row["template"] for row in seed if row["class"] != "hierarchy")
    of_summary = Counter(row["template"] for row in seed if row["class"] == "hierarchy")
    over_optional_row = 1
    expected = per_form["2014"] + 2 * per_form["2019"] + 2 * per_form["2021"] - over_optional_row
    # Only the two reports of the government are summaries
    expected += of_summary["2014"] + of_summary["2021"]
    assert query("select count(*) from intermediate.int_identity_expected") == [(expected,)]
    assert query(
        "select count(*), count(distinct (report_id, identity_id)) from marts.fct_identity_check"
    ) == [(expected, expected)]


def test_broken_identities_are_those_of_the_source(query: Query) -> None:
    assert query(
        """
        select agency_id, year, identity_id, class, severity, left_value, right_value, residual
        from marts.fct_identity_check where status = 'broken' order by all
        """
    ) == [
        (STREET.agency_id, 2020, "narrative.total_processed", "prose_and_table", "notice", 4, 3, 1),
        (STREET.agency_id, 2021, "carry.natural_person", "across_years", "warning", 2, 1, 1),
        (STREET.agency_id, 2021, "carry.total", "across_years", "warning", 2, 1, 1),
        (GOVERNMENT.agency_id, 2018, "statistics.requests", "within", "error", 5, 4, 1),
        (BUREAU.agency_id, 2020, "applications.applicants.granted", "within", "error", 2, 1, 1),
        (BUREAU.agency_id, 2020, "applications.outcomes.total", "within", "error", 2, 3, -1),
    ]
    assert query("select agency_id, year, is_consistent from marts.fct_report order by all") == [
        (STREET.agency_id, 2020, True),
        (STREET.agency_id, 2021, True),
        (GOVERNMENT.agency_id, 2018, False),
        (GOVERNMENT.agency_id, 2021, True),
        (BUREAU.agency_id, 2020, False),
        (NOWHERE.agency_id, 2020, None),
    ]


def test_a_blank_figure_is_neither_held_nor_broken(query: Query) -> None:
    assert query(
        f"""
        select identity_id, status, left_value, residual, operands - operands_reported from marts.fct_identity_check
        where agency_id = '{BUREAU.agency_id}' and class = 'within' and status = 'not_assessable' order by all
        """
    ) == [
        ("applications.applicants.new_requests", "not_assessable", None, None, 1),
        ("applications.flow.business", "not_assessable", None, None, 1),
    ]


def test_one_row_for_other_processing_is_its_own_variant(
    query: Query,
) -> None:
    assert query(
        """
        select distinct agency_id, year, variant, status from marts.fct_identity_check
        where identity_id like 'applications.outcomes.%' and template = '2021' order by all
        """
    ) == [
        (STREET.agency_id, 2021, "other_processing_as_one_row", "holds"),
        (GOVERNMENT.agency_id, 2021, "", "holds"),
    ]


def test_both_evaluators_say_the_same(built: Built, query: Query) -> None:
    @dataclass(frozen=True)
    class Operand:
        state: str
        value: Decimal | None

    cells: dict[int, dict[str, Operand]] = {}
    for row in built.raw.rows["cell"]:
        operand = Operand(row["state"], row.get("value"))
        cells.setdefault(row["report_key"], {})[row["cell"]] = operand
    verdicts = query(
        "select report_id, identity_id, status, residual from marts.fct_identity_check where class = 'within'"
    )
    current = {report_id for report_id, *_ in verdicts}
    assert sorted(verdicts, key=str) == sorted(
        (
            (report["report_id"], verdict.identity.id, verdict.status, verdict.residual)
            for report in built.raw.rows["report"]
            if report["report_id"] in current
            for verdict in evaluate_within(report["template"], cells[report["report_key"]])
        ),
        key=str,
    )


def test_every_cell_is_there_once_with_its_place(built: Built, query: Query) -> None:
    superseded = query("select report_key from intermediate.int_report_version where not is_current")[0][0]
    printed = [row for row in built.raw.rows["cell"] if row["report_key"] != superseded]
    assert query("select count(*) from marts.fct_report_cell") == [(len(printed),)]
    cell = "proactive.procurement.amount"
    assert query(
        f"""
        select value, state, unit, raw, page, table_number, column_number from marts.fct_report_cell
        where agency_id = '{STREET.agency_id}' and year = 2020 and cell = '{cell}'
        """
    ) == [(Decimal("15903365.560000"), "reported", "元", "15903365.56 元", 1, 1, 1)]


def test_facts_keep_blank_apart_from_zero(query: Query) -> None:
    assert query(
        f"""
        select applicant_kind, is_total, new_requests, carried_over, total_processed, carried_forward
        from marts.fct_application_flow
        where agency_id = '{BUREAU.agency_id}' and applicant_kind in ('business', 'total') order by all
        """
    ) == [("business", False, None, 0, 0, 0), ("total", True, 3, 1, 3, 1)]
    assert query(
        f"""
        select outcome, requests, state from marts.fct_application_outcome
        where agency_id = '{STREET.agency_id}' and year = 2021 and is_total and outcome_group = 'other' order by all
        """
    ) == [
        ("other_misc", None, "missing"),
        ("other_overdue_correction", None, "missing"),
        ("other_overdue_fee", None, "missing"),
        ("other_processing", 0, "reported"),
    ]
    assert query(
        """
        select channel, result, cases from marts.fct_review
        where cases > 0 and not is_total order by all
        """
    ) == [("reconsideration", "corrected", 1), ("reconsideration", "upheld", 3)]


def test_an_amount_without_a_unit_has_no_yuan(query: Query) -> None:
    assert query(
        "select agency_id, items, unit, cast(amount_yuan as varchar) from marts.fct_procurement"
    ) == [
        (STREET.agency_id, 12, "元", "15903365.56"),
        (BUREAU.agency_id, 0, None, None),
    ]


def test_information_kinds_have_the_measures_of_their_form(
    query: Query,
) -> None:
    assert query(
        f"""
        select year, made, issued, in_force from marts.fct_proactive_disclosure
        where agency_id = '{STREET.agency_id}' and information_kind = 'normative_documents' order by year
        """
    ) == [(2020, 0, None, None), (2021, None, 0, 0)]


def test_prose_counts_keep_their_label_and_words(query: Query) -> None:
    assert query("select measure, label, value, quote from marts.fct_narrative_count order by all") == [
        ("disclosed_category", "市场监督类信息", 7, "市场监督类信息7条"),
        ("disclosed_this_year", None, 6, "公开信息6条"),
        ("requests_received", None, 3, "收到申请3件"),
        ("total_processed", None, 4, "办结4件"),
    ]


def test_problems_of_refused_documents_are_kept(query: Query) -> None:
    assert query("select source_path, outcome, code, agency_id from marts.fct_problem") == [
        ("办法.txt", "quarantined", "not_a_report", None)
    ]


def test_missing_reports_are_named(query: Query) -> None:
    assert query(
        "select agency_name, year, deadline from marts.fct_report_expected where not received order by all"
    ) == [
        (GOVERNMENT.name, 2019, dt.date(2020, 3, 31)),
        (GOVERNMENT.name, 2020, dt.date(2021, 3, 31)),
        (BUREAU.name, 2021, dt.date(2022, 1, 31)),
    ]


def test_agencies_and_divisions(query: Query) -> None:
    assert query(
        f"""
        select agency_name, valid_from, valid_to, full_name
        from marts.dim_agency join marts.dim_division using (division_code)
        where agency_id = '{STREET.agency_id}'
        """
    ) == [(STREET.name, dt.date(2020, 1, 1), None, "福建省泉州市鲤城区江南街道")]
    registered = {row["division_code"] for row in read_seed("divisions")}
    merged = {row["former_code"] for row in read_seed("former_divisions") if row["continues"] == "no"}
    assert query("select count(*) from marts.dim_division") == [(len(registered | merged),)]


def test_a_division_merged_into_another_keeps_its_place(query: Query) -> None:
    merged = "select full_name, parent_code from marts.dim_division where division_code = '120107'"
    assert query(merged) == [("天津市塘沽区", "120000")]


def test_the_districts_add_up(query: Query) -> None:
    assert query(
        """
        select district_code, year, basis, reports_expected, reports_received, on_time_rate, new_requests,
            disclosure_rate_numerator, disclosure_rate_denominator, disclosure_rate_n,
            cast(procurement_amount_yuan as varchar), identities_broken
        from marts.mart_district_year order by all
        """
    ) == [
        ("350502", 2018, "government_summary", 1, 1, None, 5, None, None, 0, None, 1),
        ("350502", 2019, None, 1, 0, None, None, None, None, 0, None, None),
        ("350502", 2020, "agencies", 3, 2, 1.0, 6, 5, 6, 2, "15903365.56", 3),
        # The government's 100 requests are the district's: they are not added to the street's.
        ("350502", 2021, "agencies", 3, 2, 0.5, 3, 3, 3, 1, None, 2),
        ("unresolved", 2020, "agencies", 1, 1, None, None, None, None, 0, None, 0),
    ]


def test_an_agency_is_compared_with_its_year_before(query: Query) -> None:
    assert query(
        f"""
        select year, new_requests, disclosure_rate, refusal_rate, correction_rate, carried_forward_rate,
            new_requests_change, carried_forward_rate_change, identities_broken_change
        from marts.mart_agency_year where agency_id = '{STREET.agency_id}' order by year
        """
    ) == [
        (2020, 3, 1.0, 0.0, None, 0.25, None, None, None),
        (2021, 3, 1.0, 0.0, None, 0.4, 0, pytest.approx(0.15), 1),
    ]
    assert query(
        f"""
        select year, new_requests, refusal_rate, correction_rate, new_requests_change from marts.mart_agency_year
        where agency_id = '{GOVERNMENT.agency_id}' order by year
        """
    ) == [
        (2018, 5, None, None, None),
        (2019, None, None, None, None),
        (2020, None, None, None, None),
        (2021, 100, 0.1, 0.25, None),
    ]


def test_a_verdict_that_vanished_or_contradicts_itself_is_noticed(built: Built, tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    shutil.copy(built.file, file)
    with closing(duckdb.connect(str(file))) as connection:
        connection.execute("delete from intermediate.int_identity_verdict where identity_key = 1")
        connection.execute(
            "update intermediate.int_identity_verdict set residual = 0 where status = 'not_assessable'"
        )
    statuses = run_dbt(file, "test", "--select", "int_identity_verdict,test_type:data")
    failed = sorted(node.split(".")[2] for node, status in statuses.items() if status == "fail")
    assert [name.split("_int_")[0] for name in failed] == ["as_many_rows_as", "no_rows_where"]
