"""Faults seeded into the pipeline, in the loader or in a model: each is stopped, by the expectation that it says.

python -m pytest tests/integration/test_pipeline_faults.py
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from integration.audit_warehouse import BUREAU, STREET, healthy_warehouse
from integration.pipeline_faults import Fault, Model, models_of, seed

from expectations.model import Baseline
from expectations.suites import suites
from expectations.tables import rows_query, tables_of
from ogi.warehouse.audit_baseline import read_baseline

pytestmark = pytest.mark.integration

AT_LEAST = 30
DEFINITIONS = {definition.name: definition for suite in suites() for definition in suite.definitions}

_CELL = "applications.new_requests.total"
_OF_2022 = "(select report_key from raw.report where year = 2022)"
# No fault, but a report on which it shows: the form of 2019 states no unit
_PRINTED_IN = "update raw.cell set unit = '{unit}' where cell = 'proactive.procurement.amount'"

LOADER = [
    Fault("a row is dropped", "cells_of_report", (f"delete from raw.cell where cell = '{_CELL}'",)),
    Fault(
        "a report is loaded twice",
        "key_unique.raw.report",
        ("insert into raw.report from raw.report limit 1",),
    ),
    Fault(
        "the cells of a batch are loaded twice",
        "key_unique.raw.cell",
        ("insert into raw.cell from raw.cell",),
    ),
    Fault(
        "a report has no document behind it",
        "report_has_document",
        (
            "insert into raw.report select * replace ('x' as source_sha256, 'x#1' as report_id) from raw.report limit 1",
        ),
    ),
    Fault(
        "two columns are swapped",
        "evaluators_agree",
        (
            "update raw.cell set cell = case when cell like '%.natural_person' "
            "then replace(cell, '.natural_person', '.business') "
            "else replace(cell, '.business', '.natural_person') end "
            "where cell like 'applications.%.natural_person' or cell like 'applications.%.business'",
            "update raw.cell set value = 9 where cell = 'applications.granted.business'",
        ),
    ),
    Fault(
        "the columns of two rows of the form are swapped",
        "evaluators_agree",
        (
            "update raw.cell set cell = case cell when 'applications.granted.total' then 'applications.carried_over.total' "
            "else 'applications.granted.total' end "
            "where cell in ('applications.granted.total', 'applications.carried_over.total')",
        ),
    ),
    Fault(
        "a blank becomes zero",
        "blank_is_no_zero",
        ("update raw.cell set value = 0, state = 'reported' where state = 'blank'",),
    ),
    Fault(
        "a blank has a zero behind it",
        "value_iff_reported",
        ("update raw.cell set value = 0 where value is null",),
    ),
    Fault(
        "a state gets a new name",
        "state_accepted",
        ("update raw.cell set state = 'empty' where state = 'blank'",),
    ),
    Fault(
        "figures are shifted by a decimal",
        "evaluators_agree",
        (f"update raw.cell set value = value * 10 where cell = '{_CELL}'",),
    ),
    Fault(
        "a cell is called otherwise",
        "reference.cell",
        (f"update raw.cell set cell = 'applications.new.total' where cell = '{_CELL}'",),
    ),
    Fault(
        "a report gets the form of another year",
        "reference.cell",
        ("update raw.report set template = '2019' where year = 2021",),
    ),
    Fault(
        "a stale release is the base: the last night's reports are not in it",
        "reports_not_fewer",
        (
            *(f"delete from raw.{table} where report_key in {_OF_2022}" for table in ("cell", "identity")),
            "delete from raw.document where source_sha256 in (select source_sha256 from raw.report where year = 2022)",
            "delete from raw.report where year = 2022",
        ),
    ),
    Fault(
        "a document is lost, its report stays",
        "report_has_document",
        ("delete from raw.document where source_path like '%2020%'",),
    ),
    Fault(
        "a report is lost, its document stays",
        "document_accounted",
        ("delete from raw.report where year = 2012",),
    ),
    Fault("the reason of a refusal is lost", "document_accounted", ("delete from raw.problem",)),
    Fault(
        "the reader's verdicts are lost",
        "evaluators_agree",
        ("delete from raw.identity where identity_id like '%.flow.%'",),
    ),
    Fault(
        "the reader takes a blank for a zero when it judges",
        "evaluators_agree",
        ("update raw.identity set status = 'holds', residual = 0 where status = 'not_assessable'",),
    ),
    Fault(
        "the reader sees next to nothing",
        "assessed_share_not_fallen",
        (
            "update raw.identity set status = 'not_assessable', residual = null where identity_id not like '%total'",
        ),
    ),
    Fault("keys are not written", "keys_present", ("update raw.problem set source_sha256 = null",)),
    Fault(
        "the registry takes two agencies for one in too many years",
        "agencies_not_fewer",
        (f"update raw.report set agency_id = '{STREET}' where agency_id = '{BUREAU}'",),
        last_release=lambda last: replace(last, current=last.current | {2020: last.current[2020] + 2}),
    ),
    Fault(
        "a division of an agency is no division",
        "reference.division",
        ("update raw.report set division_code = '999999' where division_code = '350502'",),
    ),
    Fault(
        "an identity of the seeds is lost in the warehouse",
        "reference.identities_as_in_seeds",
        ("delete from seeds.identities where identity_id = 'carry.total'",),
    ),
    Fault(
        "a cell of the seeds is lost in the warehouse",
        "reference.forms_as_in_seeds",
        ("delete from seeds.template_cells where cell like 'reviews.%'",),
    ),
]

_JOIN_CELLS = "inner join current_reports on cells.report_key = current_reports.report_key"

MODELS = [
    Fault(
        "cells are joined by agency, so that each stands under every year",
        "key_unique.marts.fct_report_cell",
        model=("fct_report_cell", _JOIN_CELLS, "cross join current_reports"),
    ),
    Fault(
        "blank cells are filtered out",
        "cells_of_report",
        model=("fct_report_cell", _JOIN_CELLS, f"{_JOIN_CELLS} where cells.value is not null"),
    ),
    Fault(
        "a blank becomes zero in a mart",
        "value_iff_reported",
        model=("fct_report_cell", "cells.value,", "coalesce(cells.value, 0) as value,"),
    ),
    Fault(
        "the printed characters are lost",
        "cells_as_read",
        model=("fct_report_cell", "cells.raw,", "cast(cells.value as varchar) as raw,"),
    ),
    Fault(
        "the first version is taken for the current one",
        "one_version_is_current",
        model=(
            "int_report_source",
            "version = max(version) over (partition by agency_id, year) as is_current",
            "version = 1 as is_current",
        ),
    ),
    Fault(
        "versions are numbered backwards, so that a stale one is current",
        "current_version_is_newest",
        model=("int_report_source", "version_dated asc nulls first", "version_dated desc nulls last"),
    ),
    Fault(
        "a version is lost",
        "version_has_sources",
        model=("fct_report_version", "from versions", "from versions where is_current"),
    ),
    Fault(
        "two columns of a mart are swapped",
        "marts_repeat_the_figures",
        model=("fct_application_flow", "'new_requests'", "'carried_over'"),
    ),
    Fault(
        "outcomes of zero are left out",
        "marts_repeat_the_figures",
        model=(
            "fct_application_outcome",
            "where subtotals.cell is null",
            "where subtotals.cell is null and cells.value > 0",
        ),
    ),
    Fault(
        "a kind of review is left out",
        "marts_repeat_the_figures",
        model=("fct_review", "table_name = 'reviews'", "table_name = 'reviews' and column_code <> 'pending'"),
    ),
    Fault(
        "万元 is taken for a thousand",
        "amount_in_yuan",
        (_PRINTED_IN.format(unit="万元"),),
        model=("fct_procurement", "* 10000", "* 1000"),
    ),
    Fault(
        "an amount without a unit gets one",
        "amount_in_yuan",
        model=("fct_procurement", "case unit when '元'", "case coalesce(unit, '元') when '元'"),
    ),
    Fault(
        "amounts are rounded to 元",
        "amount_in_yuan",
        (_PRINTED_IN.format(unit="元"),),
        model=("fct_procurement", "as decimal(18, 2)", "as decimal(18, 0)"),
    ),
    Fault(
        "statements of the prose are lost",
        "statements_as_read",
        model=(
            "fct_narrative_statement",
            "on statements.report_key = current_reports.report_key",
            "on statements.report_key = current_reports.report_key and current_reports.year > 2019",
        ),
    ),
    Fault(
        "a total is summed with its parts",
        "agency_total_is_printed",
        model=(
            "mart_agency_year",
            "indicators.new_requests,",
            "indicators.new_requests * 2 as new_requests,",
        ),
    ),
    Fault(
        "a district counts its government's summary and its agencies",
        "district_total_counts_once",
        model=(
            "mart_district_year",
            "agency_kind <> 'government' or not has_agency_report as is_summed",
            "true as is_summed",
        ),
    ),
    Fault(
        "the sign of a side is lost",
        "evaluators_agree",
        model=("int_identity_verdict", "when -1 then value", "when -1 then -value"),
    ),
    Fault(
        "left and right are taken the wrong way round",
        "evaluators_agree",
        model=(
            "int_identity_verdict",
            "chosen.left_value - chosen.right_value end",
            "chosen.right_value - chosen.left_value end",
        ),
    ),
    Fault(
        "what cannot be assessed is judged with zeros",
        "evaluators_agree",
        model=(
            "int_identity_verdict",
            "summed.operands_reported = forms.operands as is_assessable",
            "true as is_assessable",
        ),
    ),
    Fault(
        "an identity is not expected",
        "verdicts_as_expected",
        model=(
            "int_identity_expected",
            "where class <> 'hierarchy'",
            "where class <> 'hierarchy' and severity = 'error'",
        ),
    ),
    Fault(
        "verdicts over few figures are lost",
        "verdicts_as_expected",
        model=(
            "int_identity_verdict",
            "from chosen",
            "from (select * from chosen where operands_reported > 3) as chosen",
        ),
    ),
    Fault(
        "a report that cannot be assessed is called consistent",
        "consistent_as_checked",
        model=("fct_report", "judged.is_consistent", "coalesce(judged.is_consistent, true) as is_consistent"),
    ),
    Fault(
        "an agency is lost",
        "reference.agency",
        model=("dim_agency", "from periods", "from periods where agency_kind <> 'department'"),
    ),
    Fault(
        "the newest year is not expected",
        "agency_year_expected",
        model=("fct_report_expected", "select newest.year from", "select newest.year - 1 from"),
    ),
    Fault(
        "agencies that did not report are left out of a summary's sum",
        "summary_counts_its_roster",
        (f"insert into raw.roster select * replace (3 as line, '{STREET}' as agency_id) from raw.roster",),
        model=("int_hierarchy_member", "left join", "inner join"),
    ),
    Fault(
        "an office's report is taken for its government's summary",
        "verdicts_of_summary",
        model=(
            "int_hierarchy_summary",
            "agency_kind = 'government' and agency_id = division_code || ':人民政府'",
            "division_code = '350502'",
        ),
    ),
]
FAULTS = [*LOADER, *MODELS]


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return healthy_warehouse(tmp_path_factory)


@pytest.fixture(scope="module")
def baseline(healthy: Path) -> Baseline:
    return read_baseline(healthy)


@pytest.fixture(scope="module")
def models(healthy: Path) -> list[Model]:
    return models_of(healthy.parent / "dbt" / "manifest.json")


@pytest.fixture(scope="module")
def connection(
    healthy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(shutil.copy(healthy, tmp_path_factory.mktemp("faulty"))) as connection:
        yield connection


def _found(
    connection: duckdb.DuckDBPyConnection,
    models: list[Model],
    baseline: Baseline,
    fault: Fault,
    names: list[str],
) -> set[str]:
    """Run the pipeline with the fault, ask some expectations, and take it all back."""
    tables = tables_of(fault.last_release(baseline))
    connection.execute("begin")
    try:
        seed(connection, models, fault)
        return {n for n in names if connection.execute(rows_query(DEFINITIONS[n], tables)).fetchall()}
    finally:
        connection.execute("rollback")


def test_without_a_fault_the_pipeline_is_not_stopped(connection, models, baseline):
    stopping = [name for name, definition in DEFINITIONS.items() if definition.severity == "critical"]
    assert _found(connection, models, baseline, Fault("none", ""), stopping) == set()


def test_the_list_is_long_and_every_fault_is_one_of_its_own():
    assert len({fault.what for fault in FAULTS}) == len(FAULTS) >= AT_LEAST
    assert {DEFINITIONS[fault.stopped_by].severity for fault in FAULTS} == {"critical"}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what.replace(" ", "-"))
def test_a_fault_is_stopped(connection, models, baseline, fault):
    assert _found(connection, models, baseline, fault, [fault.stopped_by]) == {fault.stopped_by}
