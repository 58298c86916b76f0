"""Pictures of reports: a scan reads as printed, and what is not sure is no figure."""

import io
import json
import os
from decimal import Decimal
from typing import Any

import pytest
from conftest import DOCUMENTS

if not os.environ.get("CI"):
    pytest.importorskip("rapidocr", reason="needs the extra ocr")

import cv2
import numpy as np
from PIL import Image

from ogi.documents.limits import MAX_PIXELS
from ogi.documents.model import UnreadableDocument
from ogi.documents.ocr import read_image
from ogi.documents.ocr.engine import Reading
from ogi.documents.ocr.figures import mark_unsure_numbers, settle
from ogi.documents.ocr.ink import Box, has_gap, lines_of
from ogi.documents.ocr.rulings import find_rules
from ogi.reports.model import ParsedReport, Source, to_json
from ogi.reports.parse import parse_document

SCAN = DOCUMENTS / "scan-askew-black-and-white"


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads((SCAN / "expected.json").read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.fixture(scope="module")
def parsed() -> ParsedReport:
    data = (SCAN / "document.png").read_bytes()
    return parse_document(read_image(data), Source("document.png", "0" * 64, "image", len(data)))


@pytest.mark.integration
def test_every_cell_of_a_scan_is_read_as_printed(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    read = [
        {"cell": c.cell, "value": c.value, "state": c.state, "unit": c.unit, "raw": c.raw}
        for c in parsed.cells
    ]
    assert read == expected["cells"]


@pytest.mark.integration
def test_the_header_of_a_scan_is_read(parsed: ParsedReport, expected: dict[str, Any]) -> None:
    read = json.loads(to_json(parsed))["report"]
    assert {name: read[name] for name in expected["report"]} == expected["report"]


@pytest.mark.integration
def test_no_figure_of_a_scan_is_left_over_and_no_identity_broken(
    parsed: ParsedReport, expected: dict[str, Any]
) -> None:
    unclaimed = [p.where for p in parsed.problems if p.code == "figure_unclaimed"]
    broken = [i.id for i in parsed.identities if i.status == "broken"]
    assert (unclaimed, broken) == (expected["unclaimed"], expected["broken"])


def test_two_looks_that_agree_settle_a_figure() -> None:
    assert settle([Reading("12", (0.9, 0.95)), Reading("12", (0.6, 0.9))]) == "12"


def test_one_look_settles_nothing_however_sure() -> None:
    assert settle([Reading("1", (1.0,))]) is None


def test_a_letter_that_looks_like_a_zero_is_one() -> None:
    assert settle([Reading("O", (0.9,)), Reading("0", (0.9,))]) == "0"


def test_two_looks_that_differ_settle_nothing() -> None:
    assert settle([Reading("0", (0.97,)), Reading("6", (0.97,))]) is None


def test_looks_of_which_none_is_sure_settle_nothing() -> None:
    assert settle([Reading("8", (0.3,))] * 4) is None


def test_an_unsure_number_in_prose_is_marked() -> None:
    assert mark_unsure_numbers(Reading("收到12件", (0.9, 0.9, 0.9, 0.4, 0.9))) == "收到12?件"


def test_the_dots_on_a_character_are_no_line_of_their_own() -> None:
    dots, rest, next_line = Box(4, 0, 20, 8), Box(0, 10, 30, 36), Box(0, 44, 30, 78)
    assert lines_of([dots, rest, next_line]) == [Box(0, 0, 30, 36), next_line]


def test_figures_further_apart_than_digits_are_told() -> None:
    assert has_gap(Box(0, 0, 100, 20), [Box(0, 0, 12, 20), Box(80, 0, 92, 20)])


def test_a_line_broken_by_noise_is_one_side_of_a_cell() -> None:
    page = np.full((400, 700), 255, np.uint8)
    for y in (50, 150, 250):
        cv2.line(page, (50, y), (650, y), 90, 2)
    for x in (50, 350, 650):
        cv2.line(page, (x, 50), (x, 250), 90, 2)
    page[50:52, 200:204] = 255
    level = [r for r in find_rules(page) if r.right - r.left > r.bottom - r.top]
    assert len(level) == 6


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    side = int(MAX_PIXELS**0.5) + 1
    data = io.BytesIO()
    Image.new("1", (side, side)).save(data, "PNG")
    with pytest.raises(UnreadableDocument) as refused:
        read_image(data.getvalue())
    assert refused.value.code == "limit_exceeded"


def test_a_truncated_picture_is_damaged() -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_image((SCAN / "document.png").read_bytes()[:3000])
    assert refused.value.code == "damaged"


def test_a_page_without_text_says_so() -> None:
    data = io.BytesIO()
    Image.new("L", (620, 877), 255).save(data, "PNG")
    with pytest.raises(UnreadableDocument) as refused:
        read_image(data.getvalue())
    assert refused.value.code == "no_text_found"
