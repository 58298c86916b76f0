"""The pages of a bulletin say what they are given, whatever the names are like."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from ogi.warehouse.bulletin import AgencyYear, Bulletin
from ogi.warehouse.bulletin_pages import write_bulletin
from ogi.warehouse.reviews import PrintedCell, Reviewed, Subject


def _agency(agency_id: str, **other: Any) -> AgencyYear:
    usual: dict[str, Any] = {
        "agency_name": agency_id,
        "deadline": dt.date(2023, 1, 31),
        "receipt": "in_time",
        "published_on": dt.date(2023, 1, 20),
        "last_year": 2022,
        "path": "report.md",
        "template": "2021",
        "identities_assessed": 50,
        "identities_broken": 0,
        "corrections": (),
    }
    return AgencyYear(agency_id=agency_id, **(usual | other))


def _finding(agency_id: str, *cells: PrintedCell, side: str = "source", path: str = "report.md") -> Reviewed:
    subject = Subject(
        "f" * 32, agency_id, 2022, "undetermined", side, ["x"], "<b>两边不等</b>", "<b>unequal</b>"
    )
    at = dt.datetime(2023, 2, 1, 23, tzinfo=dt.UTC)
    return Reviewed(subject, "sent", "who", at, "只给本办看的理由", path, list(cells))


def _cell(printed: float | None, implied: float | None) -> PrintedCell:
    return PrintedCell("applications.granted.total", printed, implied, 3, 2, 7, 10)


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(*agencies: AgencyYear) -> Path:
        bulletin = Bulletin(
            release="20230301T000000.000Z",
            division_code="321302",
            division="宿城区",
            year=2022,
            day=dt.date(2023, 3, 1),
            agencies=agencies,
        )
        write_bulletin(bulletin, tmp_path / "out")
        return tmp_path / "out"

    return write


def _pages(out: Path) -> dict[str, str]:
    return {page.name: page.read_text(encoding="utf-8") for page in (out / "agencies").iterdir()}


def _words(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    return " ".join(body.text().split())


def test_each_way_to_report_is_counted(write: Any) -> None:
    receipts = ("in_time", "undated", "late", "late", "missing", "missing", "missing", "not_due")
    out = write(*(_agency(f"{number}", receipt=receipt) for number, receipt in enumerate(receipts)))
    page = LexborHTMLParser((out / "index.html").read_text(encoding="utf-8"))
    counted = [fact.text(strip=True) for fact in page.css(".facts b")]
    assert counted == ["8", "1", "2", "1", "3", "1"]


def test_only_who_has_to_act_gets_a_page(write: Any) -> None:
    out = write(
        _agency("按期"),
        _agency("未印日期", receipt="undated", published_on=None),
        _agency("未到期", receipt="not_due", published_on=None),
        _agency("逾期", receipt="late", published_on=dt.date(2023, 2, 3)),
        _agency("未报", receipt="missing", published_on=None, path=None, last_year=2018),
    )
    pages = _pages(out)
    assert pages.keys() == {"001-逾期.html", "002-未报.html"}
    assert "报告于 2023-02-03 公布，晚于期限 2023-01-31" in _words(pages["001-逾期.html"])
    assert "最近收到的是 2018 年度的" in _words(pages["002-未报.html"])


def test_a_blank_figure_is_no_zero_and_an_implied_one_is_shown_where_there_is_one(write: Any) -> None:
    out = write(_agency("甲", corrections=(_finding("甲", _cell(None, None), _cell(0.0, 2.5)),)))
    page = LexborHTMLParser(_pages(out)["001-甲.html"])
    rows = [[cell.text(strip=True) for cell in row.css("td")] for row in page.css("tbody tr")]
    assert rows == [["第3页第2个表第7行第10列", "（未填）", "—"], ["第3页第2个表第7行第10列", "0", "2.5"]]
    with (out / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["printed"], row["implied"]) for row in csv.DictReader(file)] == [("", ""), ("0", "2.5")]


def test_what_may_be_misread_is_said_to_be_and_what_the_office_noted_stays_with_it(write: Any) -> None:
    out = write(_agency("甲", corrections=(_finding("甲", side="reading"),)))
    words = _words(_pages(out)["001-甲.html"])
    assert "也可能是读取有误" in words
    assert "只给本办看的理由" not in words


def test_names_and_statements_are_text_and_never_markup(write: Any) -> None:
    out = write(
        _agency("甲", agency_name="<script>甲</script>", corrections=(_finding("甲", _cell(1, None)),))
    )
    for page in [*_pages(out).values(), (out / "index.html").read_text(encoding="utf-8")]:
        assert "<script>" not in page
        assert "<b>两边" not in page


def test_agencies_of_like_and_of_very_long_names_have_a_page_each(write: Any) -> None:
    names = ("发改局(粮食局)", "发改局（粮食局）", "局" * 300)
    out = write(*(_agency(name, receipt="missing") for name in names))
    assert len(_pages(out)) == len(names)


def test_a_text_of_the_table_is_no_formula(write: Any) -> None:
    out = write(_agency("甲", corrections=(_finding("甲", _cell(-3, None), path="=1+1.md"),)))
    with (out / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["source_path"], row["printed"]) == ("'=1+1.md", "-3")
