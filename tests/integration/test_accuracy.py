"""A small run of `benchmarks/accuracy`; its bars are the benchmark's, these floors only catch what breaks."""

import argparse
from collections.abc import Mapping

import pytest

from benchmarks.accuracy.__main__ import run
from benchmarks.accuracy.compare import Score
from benchmarks.accuracy.sample import DIGITAL

pytestmark = pytest.mark.integration
REPORTS = 60


@pytest.fixture(scope="module")
def scores() -> Mapping[tuple[str, str], Score]:
    pytest.importorskip("reportlab")
    arguments = argparse.Namespace(
        reports=REPORTS, scans=0, seed=7, formats=",".join(DIGITAL), layout=None, jobs=1, keep=None
    )
    return run(arguments)[0]


@pytest.fixture(scope="module")
def whole(scores: Mapping[tuple[str, str], Score]) -> Score:
    total = Score()
    for score in scores.values():
        total.add(score)
    return total


def test_every_digital_format_is_measured(scores: Mapping[tuple[str, str], Score], whole: Score):
    assert {name for name, _ in scores} == set(DIGITAL)
    assert whole.documents == REPORTS


def test_no_number_is_wrong(whole: Score):
    assert whole.wrong_numbers == 0, whole.differences[:20]


def test_nearly_every_cell_is_right(whole: Score):
    assert whole.cells_right >= 0.995 * whole.cells, whole.differences[:20]


def test_nearly_all_metadata_is_right(whole: Score):
    assert whole.fields_right >= 0.99 * whole.fields, whole.differences[:20]


def test_no_identity_is_called_broken_that_holds(whole: Score):
    assert whole.false_alarms == 0, whole.differences[:20]
