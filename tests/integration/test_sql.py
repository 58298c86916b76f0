"""`ogi sql` reads the release and nothing else: whatever a query tries."""

import json

import duckdb
import pytest
from click.testing import CliRunner
from integration.command_line import copy_home, release_of

from ogi.cli import main
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.query import query

pytestmark = pytest.mark.integration


def ask(home, sql: str) -> list[tuple]:
    with query(home / "releases" / release_of(home) / "warehouse.duckdb", sql) as result:
        return list(result.rows()[1])


@pytest.mark.parametrize(
    "attempt",
    [
        "create table marts.t as select 1",
        "create temporary table t as select 1",
        "insert into marts.fct_review select * from marts.fct_review",
        "update marts.fct_report set year = 1",
        "delete from marts.fct_report",
        "drop table marts.fct_report",
        "attach '{folder}/other.duckdb' as other",
        "copy marts.fct_report to '{folder}/out.csv'",
        "copy (select 1) to '{folder}/out.parquet' (format parquet)",
        "export database '{folder}/out'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set memory_limit = '1MB'",
        "reset lock_configuration",
        "pragma database_list",
        "call pragma_version()",
        "checkpoint",
        "begin",
        "use memory",
        "select 1; select 2",
        "select 1; drop table marts.fct_report",
        "select * from read_csv('{secret}')",
        "select * from read_text('{secret}')",
        "select * from read_blob('{secret}')",
        "select * from read_json('{secret}')",
        "select * from read_parquet('{secret}')",
        "select * from '{secret}'",
        "select * from glob('{folder}/*')",
        "select * from parquet_metadata('{secret}')",
        "select * from sniff_csv('{secret}')",
        "from query('select * from read_text(''{secret}'')')",
        "with t as (delete from marts.fct_report returning *) select * from t",
        "explain analyze create table t as select 1",
        "",
        "   ;  ",
    ],
)
def test_a_query_can_neither_write_nor_read_files_nor_change_settings(published, tmp_path, attempt):
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n1\n", encoding="utf-8")
    with pytest.raises(WarehouseError):
        ask(published, attempt.format(folder=tmp_path, secret=secret))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_a_python_variable_is_no_table(published):
    frame = [1]
    with pytest.raises(WarehouseError):
        ask(published, "select * from frame")
    assert frame == [1]


def test_an_environment_variable_cannot_be_read(published, monkeypatch):
    monkeypatch.setenv("OGI_TEST_SECRET", "secret")
    with pytest.raises(WarehouseError):
        ask(published, "select getenv('OGI_TEST_SECRET')")


@pytest.mark.parametrize(
    "question", ["from marts.dim_cell limit 1", "explain select 1", "describe marts.fct_report"]
)
def test_a_question_is_answered_in_every_way_duckdb_lets_one_ask(published, question):
    assert ask(published, question)


def test_blank_stays_blank_and_amounts_stay_exact_in_every_format(published, tmp_path, monkeypatch):
    home = copy_home(published, tmp_path / "home")
    monkeypatch.setenv("OGI_HOME", str(home))
    sql = (
        "select 1 as row, cast(15903365.56 as decimal(18, 2)) as amount union all select 2, null order by row"
    )
    out = {form: CliRunner().invoke(main, ["sql", sql, "--format", form]).stdout for form in ("csv", "json")}
    assert out["csv"].splitlines() == ["row,amount", "1,15903365.56", "2,"]
    assert json.loads(out["json"]) == [{"row": 1, "amount": 15903365.56}, {"row": 2, "amount": None}]
    assert "15903365.56" in out["json"]
    written = tmp_path / "out.parquet"
    assert (
        CliRunner().invoke(main, ["sql", sql, "--format", "parquet", "--output", str(written)]).exit_code == 0
    )
    assert duckdb.sql(f"select amount::varchar from '{written}' order by row").fetchall() == [
        ("15903365.56",),
        (None,),
    ]
