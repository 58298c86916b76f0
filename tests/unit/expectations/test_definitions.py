"""What every expectation must have, and that no table is left without a key."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from expectations.keys import KEYS
from expectations.model import Baseline, Definition
from expectations.suites import suites
from expectations.tables import rows_query, tables_of
from ogi.project import project_root

DEFINITIONS = [definition for suite in suites() for definition in suite.definitions]


def test_names_differ():
    names = [definition.name for definition in DEFINITIONS]
    assert len(set(names)) == len(names)
    assert len({suite.name for suite in suites()}) == len(suites())


def test_every_meaning_is_told_in_both_languages():
    for definition in DEFINITIONS:
        assert any("一" <= character <= "鿿" for character in definition.meaning_zh), definition.name
        assert definition.meaning_en.isascii() or definition.kind == "sources", definition.name


def test_the_pipelines_stop_a_release_unless_it_mends_the_last_and_of_the_sources_only_the_leap():
    assert [d.name for d in DEFINITIONS if d.kind == "pipeline" and d.severity == "warning"] == [
        "full_refresh_repeats"
    ]
    assert [d.name for d in DEFINITIONS if d.kind == "sources" and d.severity == "critical"] == [
        "broken_share_leaps"
    ]


def test_every_mart_and_every_raw_table_has_a_key_and_no_other_table_has():
    marts = {f"marts.{model.stem}" for model in (project_root() / "models" / "marts").glob("*.sql")}
    raw = {
        f"raw.{model.stem.removeprefix('stg_raw__')}"
        for model in (project_root() / "models" / "staging").glob("stg_raw__*.sql")
    }
    assert {key.table for key in KEYS} == marts | raw


def test_great_expectations_takes_no_brace_for_a_placeholder():
    baseline = Baseline(reports={(2020, "2021"): 3}, last_landed_at=dt.datetime(2026, 11, 1))
    for definition in DEFINITIONS:
        assert "{" not in rows_query(definition, tables_of(baseline))


def _definition(rows_sql: str) -> Definition:
    return Definition(name="n", owner="models", meaning_zh="无", meaning_en="none", rows_sql=rows_sql)


def test_a_query_carries_only_the_tables_that_it_reads_itself_or_through_another():
    tables = tables_of(Baseline(reports={(2020, "2021"): 3}))
    assert rows_query(_definition("from cells"), tables).startswith(
        "with cells as (select * from picked.cells), found as materialized ("
    )
    assert [name for name in tables if f"{name} as (" in rows_query(_definition("from new"), tables)] == [
        "last_release",
        "new",
    ]
    assert rows_query(_definition("select 1 as one"), tables).startswith("with found as materialized (")


def test_shares_of_a_baseline():
    baseline = Baseline(identities_expected=300, identities_assessed=200, identities_broken=3)
    assert (baseline.assessed_share, baseline.broken_share) == (Decimal("0.666667"), Decimal("0.015000"))
    assert Baseline().assessed_share == Baseline().broken_share == 0
    assert not Baseline().exists


def test_a_quote_in_a_literal_is_no_end_of_text():
    (query,) = [tables_of(Baseline(reports={(2020, "o'clock"): 1}))["last_report"]]
    assert "'o''clock'" in query


def test_modules_of_great_expectations_are_not_imported_with_the_definitions():
    source = Path(project_root() / "expectations" / "suites.py").read_text(encoding="utf-8")
    assert "great_expectations" not in source
    assert "no_such_rows" not in source
