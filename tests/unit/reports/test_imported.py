"""A line that was parsed elsewhere is taken over as it is, or refused with its place and the fault."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from ogi.demo.corpus import parsed_lines
from ogi.reports.imported import read_parsed_lines
from ogi.reports.model import ParsedReport


@pytest.fixture(scope="module")
def line() -> bytes:
    """A report in the form of 2021, whose every cell is required."""
    return next(line for line in parsed_lines(1) if json.loads(line)["report"]["template"] == "2021")


def read(data: bytes) -> list[ParsedReport]:
    return [report for _, report in read_parsed_lines(data, "inbox/a.jsonl")]


def test_the_figures_are_taken_over_and_the_identities_evaluated_anew(line: bytes) -> None:
    report = json.loads(line)
    claimed = [verdict | {"status": "broken"} for verdict in report["identities"]]
    [taken] = read(json.dumps(report | {"identities": claimed}).encode())
    [as_it_was] = read(line)
    assert taken == as_it_was
    assert {verdict.status for verdict in taken.identities} == {"holds"}


def double(cells: list[dict[str, Any]]) -> str:
    cells.append(cells[0])
    return f"{cells[0]['cell']}: 2 times"


def leave_out(cells: list[dict[str, Any]]) -> str:
    names = sorted(cells.pop()["cell"] for _ in range(3))
    return f"{names[0]}: absent, 3 in all"


def rename(cells: list[dict[str, Any]]) -> str:
    cells[5]["cell"] = "applications.nonsense"
    return "applications.nonsense: no such cell"


def keep_value_of_blank(cells: list[dict[str, Any]]) -> str:
    cells[0] |= {"state": "blank", "value": 7}
    return f"{cells[0]['cell']}: state blank, value 7"


def report_nothing(cells: list[dict[str, Any]]) -> str:
    cells[0] |= {"state": "reported", "value": None}
    return f"{cells[0]['cell']}: state reported, value None"


@pytest.mark.parametrize("spoil", [double, leave_out, rename, keep_value_of_blank, report_nothing])
def test_cells_that_do_not_fit_the_form_are_refused(
    line: bytes, spoil: Callable[[list[dict[str, Any]]], str]
) -> None:
    report = json.loads(line)
    fault = spoil(report["cells"])
    [refused] = read(b"\n" + json.dumps(report).encode())
    assert (refused.report, refused.cells, refused.source.path) == (None, [], "inbox/a.jsonl:2")
    [problem] = refused.problems
    assert problem.code == "cells_do_not_fit_template"
    assert problem.message.startswith("inbox/a.jsonl:2：与表式不符：")
    assert fault in problem.message


NESTED = b'{"x":' + b"[" * 100_000


@pytest.mark.parametrize("spoilt", [b"{", b"[]", b'{"schema": "ogi.parsed_report/1"}', b'"\xff"', NESTED])
def test_a_line_that_is_not_of_the_schema_is_refused_and_the_next_one_read(
    line: bytes, spoilt: bytes
) -> None:
    refused, taken = read(spoilt + b"\r\n" + line)
    assert [problem.code for problem in refused.problems] == ["not_of_schema"]
    assert refused.source.path == "inbox/a.jsonl:1"
    assert taken.report is not None


@pytest.mark.parametrize("absurd", ["sNaN", "9e999999"])
def test_figures_that_have_no_sum_are_refused(line: bytes, absurd: str) -> None:
    report = json.loads(line)
    for cell in report["cells"]:
        cell["value"] = absurd
    refused, taken = read(json.dumps(report).encode() + b"\n" + line)
    assert [problem.code for problem in refused.problems] == ["cells_do_not_fit_template"]
    assert taken.report is not None


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_end_in_any_usual_way(line: bytes, end: bytes) -> None:
    text = line.strip()
    assert [report.source.path for report in read(end.join([b"{", text, b"", b"["]))] == [
        "inbox/a.jsonl:1",
        json.loads(line)["source"]["path"],
        "inbox/a.jsonl:4",
    ]
