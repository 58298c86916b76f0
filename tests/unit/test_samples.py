"""Every sample document reads as the truth beside it says, cell by cell."""

from decimal import Decimal

import pytest
from libreoffice import require_libreoffice
from sample_reports import INBOX, TRUTH, file_of, read_sample


def require_reader(key: str) -> None:
    """Skip the test of a sample whose reader needs what is not installed here."""
    if TRUTH[key]["layout"] == "doc":
        require_libreoffice()
    if TRUTH[key]["layout"] == "scan":
        pytest.importorskip("rapidocr", reason="the extra ogi[ocr] is not installed")


def test_every_sample_has_a_truth_and_every_truth_a_sample() -> None:
    files = {str(p.relative_to(INBOX)) for p in INBOX.rglob("*") if p.is_file()}
    assert {file_of(key) for key in TRUTH} == files - {"rosters.csv"}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(key, marks=pytest.mark.integration if truth["layout"] in ("doc", "scan") else ())
        for key, truth in TRUTH.items()
        if truth.get("report")
    ],
)
def test_a_sample_reads_as_printed(key: str) -> None:
    require_reader(key)
    truth, parsed = TRUTH[key], read_sample(key)
    cells = {cell.cell: (cell.state, cell.value) for cell in parsed.cells}
    expected = {
        name: (cell["state"], None if cell.get("value") is None else Decimal(str(cell["value"])))
        for name, cell in truth["cells"].items()
    }
    assert cells == expected
    assert sorted(i.id for i in parsed.identities if i.status == "broken") == sorted(truth["broken"])
    header = {name: str(getattr(parsed.report, name)) for name in truth["report"]}
    assert header == {name: str(value) for name, value in truth["report"].items()}


@pytest.mark.parametrize("key", [key for key, truth in TRUTH.items() if not truth.get("report")])
def test_what_is_no_report_is_refused(key: str) -> None:
    assert read_sample(key).report is None
