"""The marts as files: complete, described, proven, and written again only where the rows changed."""

import csv
import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from frictionless import Package, validate
from integration.command_line import query, release_of, run_ogi

from expectations.keys import KEYS
from ogi.warehouse.export import export_marts

pytestmark = pytest.mark.integration

MARTS = sorted(key.table.removeprefix("marts.") for key in KEYS if key.table.startswith("marts."))


@pytest.fixture(scope="module")
def parquet(published: Path) -> Path:
    """The export that the load wrote beside the release."""
    return published / "exports" / release_of(published)


@pytest.fixture(scope="module")
def csv_export(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "out"
    done = run_ogi(published, "export", "--format", "csv", str(out))
    assert done.returncode == 0, done.stderr
    return out


def test_every_mart_is_there_with_every_row(published: Path, parquet: Path) -> None:
    for mart in MARTS:
        with duckdb.connect() as connection:
            ((exported,),) = connection.execute(
                f"select count(*) from '{parquet}/data/{mart}/**/*.parquet'"
            ).fetchall()
        assert query(published, f"select count(*) from marts.{mart}") == [(exported,)], mart


def test_figures_keep_their_types_and_where_they_are_printed(published: Path, parquet: Path) -> None:
    sql = "select agency_id, year, cell, value, state, raw, page, table_number, source_sha256 from {} order by all"
    with duckdb.connect() as connection:
        files = f"'{parquet}/data/fct_report_cell/year=2020/fct_report_cell.parquet'"
        exported = connection.execute(sql.format(files)).fetchall()
    assert exported == query(published, sql.format("marts.fct_report_cell where year = 2020"))


def test_the_checksums_are_those_of_the_files(parquet: Path) -> None:
    lines = dict(
        reversed(line.split("  ", 1))
        for line in (parquet / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    )
    files = {path.relative_to(parquet).as_posix() for path in parquet.rglob("*") if path.is_file()}
    assert lines.keys() == files - {"checksums.sha256"}
    assert all(
        hashlib.sha256((parquet / path).read_bytes()).hexdigest() == sha for path, sha in lines.items()
    )


def test_the_package_says_what_it_holds_in_both_languages(published: Path, parquet: Path) -> None:
    package = Package(str(parquet / "datapackage.json"))
    assert (package.version, package.licenses[0]["name"]) == (release_of(published), "Apache-2.0")
    assert {resource.custom["table"] for resource in package.resources} == set(MARTS)
    cells = next(r for r in package.resources if r.name == "fct_report_cell-2020").schema
    assert cells.primary_key == ["agency_id", "year", "cell"]
    assert [field.name for field in cells.fields if not field.description] == []
    assert "reported 有数字" in cells.get_field("state").description
    assert "## fct_report_cell" in (parquet / "dictionary.md").read_text(encoding="utf-8")


def test_frictionless_finds_every_value_of_its_declared_type_and_every_key_unique(csv_export: Path) -> None:
    report = validate(str(csv_export / "datapackage.json"))
    assert report.flatten(["place", "rowNumber", "fieldName", "type", "message"]) == []
    assert len(report.tasks) > len(MARTS)


def test_frictionless_would_find_what_is_no_number(csv_export: Path, tmp_path: Path) -> None:
    package = json.loads((csv_export / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] == "fct_procurement-2020"]
    (resource,) = package["resources"]
    del resource["hash"], resource["bytes"]
    resource["schema"] = json.loads((csv_export / resource["schema"]).read_text(encoding="utf-8"))
    rows = list(csv.reader((csv_export / resource["path"]).open(encoding="utf-8")))
    rows[1][rows[0].index("year")] = "twenty"
    target = tmp_path / resource["path"]
    target.parent.mkdir(parents=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = validate(str(tmp_path / "datapackage.json")).flatten(["fieldName", "type"])
    assert found == [["year", "type-error"]]


def test_only_the_tables_that_are_named(published: Path, tmp_path: Path) -> None:
    done = run_ogi(published, "export", "--tables", "fct_procurement,dim_cell", str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out" / "data").iterdir()} == {"fct_procurement", "dim_cell"}


def test_a_folder_with_something_in_it_and_a_table_that_is_not_there_are_refused(
    published: Path, tmp_path: Path
) -> None:
    (tmp_path / "kept.txt").touch()
    full = run_ogi(published, "export", str(tmp_path))
    assert (full.returncode, str(tmp_path) in full.stderr) == (1, True)
    unknown = run_ogi(published, "export", "--tables", "fct_nothing", str(tmp_path / "out"))
    assert (unknown.returncode, "fct_nothing" in unknown.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_the_same_release_gives_the_same_bytes(published: Path, parquet: Path, tmp_path: Path) -> None:
    release = release_of(published)
    file = published / "releases" / release / "warehouse.duckdb"
    exported = export_marts(file, release, tmp_path / "again")
    assert exported.linked == 0
    checksums = "checksums.sha256"
    assert (tmp_path / "again" / checksums).read_text() == (parquet / checksums).read_text()


def test_files_whose_rows_are_the_same_are_shared_and_the_others_written(
    published: Path, parquet: Path, tmp_path: Path
) -> None:
    release = release_of(published)
    changed = tmp_path / "warehouse.duckdb"
    changed.write_bytes((published / "releases" / release / "warehouse.duckdb").read_bytes())
    with duckdb.connect(str(changed)) as connection:
        connection.execute(
            "update marts.fct_procurement set items = items + 1 where year = 2020 and items is not null"
        )
    exported = export_marts(changed, release, tmp_path / "out", earlier=parquet)
    assert exported.linked == exported.files - 1

    def is_shared(path: str) -> bool:
        return (parquet / path).samefile(tmp_path / "out" / path)

    assert is_shared("data/fct_procurement/year=2019/fct_procurement.parquet")
    assert not is_shared("data/fct_procurement/year=2020/fct_procurement.parquet")
