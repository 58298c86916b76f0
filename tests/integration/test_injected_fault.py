"""What must never be published is not: a fault between the models and the audit stops the release by name."""

import pytest
from integration.command_line import query, release_of, run_ogi

pytestmark = pytest.mark.integration

# The real run, but each mart that is named here holds its first row twice when the models are done
DOUBLED = """
import sys, duckdb
from ogi.warehouse import run
from ogi.warehouse.home import DATABASE
build_models = run.build_models
def build_and_double(folder, **how):
    built = build_models(folder, **how)
    with duckdb.connect(str(folder / DATABASE)) as connection:
        connection.execute("insert into marts.{mart} select * from marts.{mart} limit 1")
    return built
run.build_models = build_and_double
from ogi.cli import main
main()
"""


def test_a_doubled_key_publishes_nothing_is_named_and_the_next_run_publishes_what_it_held_back(
    home, tmp_path, street_2020
):
    mart = "fct_procurement"
    before = release_of(home), query(home, f"select count(*) from marts.{mart}")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "copy.txt").write_bytes(street_2020 + b"\n")
    failed = run_ogi(home, "load", str(tmp_path / "inbox"), code=DOUBLED.format(mart=mart))
    assert failed.returncode == 1
    assert f"key_unique.marts.{mart}" in failed.stdout
    assert "未发布" in failed.stderr
    assert (release_of(home), query(home, f"select count(*) from marts.{mart}")) == before
    (kept,) = [path for path in (home / "builds").iterdir() if path.is_dir()]
    assert str(kept) in failed.stderr
    assert (kept / "data_docs" / "index.html").exists()
    assert run_ogi(home, "load", str(tmp_path / "inbox")).returncode == 0
    assert query(home, "select count(*) from marts.fct_report_source where source_path = 'copy.txt'") == [
        (1,)
    ]
