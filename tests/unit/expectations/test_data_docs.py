"""The page for people: it says everything, escapes what documents print, and needs no network."""

import re
from pathlib import Path

from expectations.model import Definition, Outcome, Suite
from ogi.warehouse.audit_docs import write_data_docs

SUITE = Suite(name="figures", title_zh="数字", title_en="Figures", definitions=())


def _outcome(name: str, rows: list[dict[str, object]], error: str | None = None, **fields: str) -> Outcome:
    definition = Definition(
        name=name,
        owner="models",
        meaning_zh=f"中文{name}",
        meaning_en=f"English {name}",
        rows_sql="select 1",
        **fields,
    )
    return Outcome(suite=SUITE, definition=definition, rows_in_all=len(rows) * 7, rows=rows, error=error)


def _page(folder: Path, *outcomes: Outcome) -> str:
    return write_data_docs(list(outcomes), folder, "20261123T020000.123Z").read_text(encoding="utf-8")


def test_tells_what_held_failed_warned_and_could_not_run(tmp_path: Path):
    page = _page(
        tmp_path,
        _outcome("held", []),
        _outcome("failed", [{"agency_id": "350502:财政局", "year": 2020, "page": None}]),
        _outcome("warned", [{"year": 2020}], severity="warning"),
        _outcome("stuck", [], error="Table with name x does not exist"),
    )
    for state in ("通过", "不通过", "有发现", "未能执行"):
        assert re.search(rf"{state} <span lang=\"en\">[a-z ]+</span>：1", page), state
    assert "350502:财政局" in page
    assert "7 rows, the first 1" in page
    assert "Table with name x does not exist" in page
    assert page.count("<details open>") == 1
    assert 'href="#failed"' in page
    assert 'href="#stuck"' in page
    assert 'href="#held"' not in page
    assert "20261123T020000.123Z" in page


def test_what_a_document_prints_is_text(tmp_path: Path):
    page = _page(tmp_path, _outcome("failed", [{"raw": "<script>alert(1)</script>"}]))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_needs_nothing_from_elsewhere(tmp_path: Path):
    page = _page(tmp_path, _outcome("held", []))
    assert not re.search(r"src\s*=|@import|url\(|href=\"[^#]", page)
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
