"""What changed between two releases, and what each change comes from."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pytest

from ogi.warehouse.release_diff import Changes, Side, compare_published, compare_releases


@dataclass(frozen=True)
class Report:
    """A report as read, and whether it is the current version."""

    document: str
    figures: dict[str, int]
    agency: str = "a"
    year: int = 2020
    parser: str = "1"
    landed: int = 1
    is_current: bool = True

    @property
    def hash(self) -> str:
        return str(sorted(self.figures.items()))


@dataclass(frozen=True)
class Release:
    """What one release holds and was made with; `refused` are documents that gave no report, with their parser."""

    reports: tuple[Report, ...] = ()
    fingerprint: str = "code"
    seeds: dict[str, str] = field(default_factory=dict)
    refused: tuple[tuple[str, str], ...] = ()


def write(file: Path, release: Release) -> Side:
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            """
            create schema raw; create schema intermediate; create schema marts;
            create table raw.document (source_sha256 varchar, parser_version varchar);
            create table raw.touched_report (report_key integer);
            create table raw.touched_before (report_key integer, was_current boolean);
            create table raw.report (report_key integer);
            create table intermediate.int_report_source (agency_id varchar, year integer, report_key integer,
                report_id varchar, source_sha256 varchar, template varchar, figures_hash varchar,
                parser_version varchar, landed_at timestamp, is_current boolean);
            create view intermediate.int_report_current as
                select * from intermediate.int_report_source where is_current;
            create view marts.fct_report_source as
                select report_id, parser_version, landed_at from intermediate.int_report_source;
            create table raw.cell (report_key integer, cell varchar, value decimal(18, 6), unit varchar,
                state varchar, raw varchar);
            """
        )
        for document in release.refused:
            connection.execute("insert into raw.document values (?, ?)", document)
        for report_key, r in enumerate(release.reports, start=1):
            report_id = f"{r.document}#1"
            connection.execute("insert into raw.report values (?)", [report_key])
            connection.execute("insert into raw.document values (?, ?)", [r.document, r.parser])
            landed = dt.datetime(2026, 11, r.landed)
            connection.execute(
                "insert into intermediate.int_report_source values (?, ?, ?, ?, ?, '2021', ?, ?, ?, ?)",
                [r.agency, r.year, report_key, report_id, r.document, r.hash, r.parser, landed, r.is_current],
            )
            for cell, value in r.figures.items():
                connection.execute(
                    "insert into raw.cell values (?, ?, ?, '件', 'reported', ?)",
                    [report_key, cell, value, str(value)],
                )
    return Side(file.stem, file, release.fingerprint, release.seeds)


def compare(folder: Path, old: Release, new: Release) -> Changes:
    out = folder / "changes.parquet"
    return compare_published(write(folder / "old.duckdb", old), write(folder / "new.duckdb", new), out)


A = Report("s1", {"x": 1, "y": 2})
SUPERSEDED = replace(A, is_current=False)


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (Release(), Release((A,)), "new_document"),
        (Release((A,)), Release((SUPERSEDED, Report("s2", {"x": 1, "y": 3}))), "corrected_document"),
        (Release((A,)), Release(), "withdrawn_document"),
        (Release((A,)), Release(refused=(("s1", "2"),)), "new_parser"),
        (Release(refused=(("s1", "1"),)), Release((replace(A, parser="2"),)), "new_parser"),
        (Release((A,)), Release((replace(A, figures={"x": 1, "y": 3}, parser="2"),)), "new_parser"),
        # A correction that was taken out again
        (
            Release((SUPERSEDED, Report("s2", {"x": 1, "y": 3}))),
            Release((A,)),
            "withdrawn_document",
        ),
        # A copy of the older version that is dated later
        (
            Release((SUPERSEDED, Report("s2", {"x": 1, "y": 3}))),
            Release((A, Report("s2", {"x": 1, "y": 3}, is_current=False))),
            "new_document",
        ),
        # Reports that were parsed elsewhere come in another file under the same name
        (Release((A,)), Release((replace(A, figures={"x": 1, "y": 3}, landed=2),)), "corrected_document"),
        # The agency's name is found now
        (Release((A,)), Release((replace(A, agency="b"),), "other", {"aliases": "1"}), "new_seed"),
        (Release((A,)), Release((replace(A, agency="b"),), "other"), "new_code"),
    ],
)
def test_a_change_has_its_cause(tmp_path, old, new, cause):
    assert set(compare(tmp_path, old, new).reports) == {cause}


def test_figures_are_added_gone_and_changed_with_both_values(tmp_path):
    changed = Report("s2", {"y": 3, "z": 4})
    changes = compare(tmp_path, Release((A,)), Release((SUPERSEDED, changed)))
    assert [(row["cell"], row["change"], row["old_value"], row["new_value"]) for row in changes.first] == [
        ("x", "gone", 1, None),
        ("y", "changed", 2, 3),
        ("z", "added", None, 4),
    ]
    assert [changes.count(change) for change in ("added", "gone", "changed")] == [1, 1, 1]


def test_the_file_has_every_change_in_order_and_the_same_bytes_again(tmp_path):
    old = Release(tuple(Report(f"o{i}", {"x": i, "y": 1}, agency=f"a{i:02}") for i in range(30)))
    new = Release(tuple(Report(f"n{i}", {"x": i + 1, "y": 1}, agency=f"a{i:02}") for i in range(30)))
    contents = []
    for folder in (tmp_path / "once", tmp_path / "again"):
        folder.mkdir()
        assert len(compare(folder, old, new).first) == 20
        contents.append((folder / "changes.parquet").read_bytes())
    assert contents[0] == contents[1]
    rows = duckdb.sql(f"select agency_id, cell from '{tmp_path}/once/changes.parquet'").fetchall()
    assert rows == [(f"a{i:02}", "x") for i in range(30)]


def test_where_the_figures_are_the_same_another_document_changes_nothing(tmp_path):
    changes = compare(tmp_path, Release((A,)), Release((replace(A, document="s2"),), "other"))
    assert (changes.reports, changes.figures) == ({}, [])


def test_of_a_build_on_top_of_a_release_only_what_it_touched_is_compared(tmp_path):
    corrected, withdrawn = Report("s2", {"x": 1}, agency="b"), Report("s3", {"x": 4}, agency="c")
    correction = Report("s4", {"x": 6}, agency="b")
    old = write(tmp_path / "old.duckdb", Release((A, corrected, withdrawn)))
    # The numbers of the three are the same in both
    untouched, superseded = replace(A, figures={"x": 5, "y": 2}), replace(corrected, is_current=False)
    gone = replace(withdrawn, is_current=False)
    new = write(tmp_path / "new.duckdb", Release((untouched, superseded, gone, correction)))
    with duckdb.connect(str(new.file)) as connection:
        connection.execute("delete from raw.report where report_key = 3")
        connection.execute("delete from raw.cell where report_key = 3")
        connection.execute("insert into raw.touched_report values (2), (3), (4)")
        changes = compare_releases(connection, old, new, tmp_path / "changes.parquet", "touched")
    found = [(row["agency_id"], row["old_value"], row["new_value"]) for row in changes.first]
    assert found == [("b", 1, 6), ("c", 4, None)]


@pytest.mark.parametrize("scope", ["any", "touched", "added"])
def test_a_build_that_only_added_shows_what_the_old_release_held(tmp_path, scope):
    untouched, current = replace(A, agency="u"), Report("s2", {"x": 1}, agency="b")
    older = replace(current, document="s3", figures={"x": 0}, is_current=False)
    old = write(tmp_path / "old.duckdb", Release((untouched, current, older)))
    superseded, correction = replace(current, is_current=False), Report("s4", {"x": 6}, agency="b")
    other = Report("s5", {"x": 7}, agency="c")
    new = write(tmp_path / "new.duckdb", Release((untouched, superseded, older, correction, other)))
    with duckdb.connect(str(new.file)) as connection:
        connection.execute("insert into raw.touched_report values (2), (3), (4), (5)")
        connection.execute("insert into raw.touched_before values (2, true), (3, false)")
        if scope == "added":
            old.file.unlink()
        changes = compare_releases(connection, old, new, tmp_path / "changes.parquet", scope)
    assert [
        (row["agency_id"], row["old_value"], row["new_value"], row["cause"]) for row in changes.first
    ] == [
        ("b", 1, 6, "corrected_document"),
        ("c", None, 7, "new_document"),
    ]


def test_a_release_of_an_earlier_make_is_not_compared_and_says_so(tmp_path):
    old = write(tmp_path / "old.duckdb", Release())
    with duckdb.connect(str(old.file)) as connection:
        connection.execute("drop view marts.fct_report_source")
    new = write(tmp_path / "new.duckdb", Release((A,)))
    changes = compare_published(old, new, tmp_path / "changes.parquet")
    assert changes.why_not is not None
    assert "old" in changes.why_not
    assert not (tmp_path / "changes.parquet").exists()
