"""The page's logic, without a browser: what is shown for which choice, and for which release."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import charts, tables
from dashboards import release as data
from dashboards.indicators import INDICATORS, Unit
from dashboards.serve import APP, serve
from ogi.project import read_seed

Publish = Callable[..., Path]
RATES = [indicator.column for indicator in INDICATORS if indicator.unit is Unit.SHARE]


def without(rate: str) -> dict[str, Any]:
    """Return the columns of a rate that no report of the district prints."""
    return {rate: None, f"{rate}_numerator": None, f"{rate}_denominator": None, f"{rate}_n": 0}


def unreported(expected: int) -> dict[str, Any]:
    """Return the columns of a district year of which no report came."""
    row: dict[str, Any] = {
        "basis": None,
        "reports_expected": expected,
        "reports_received": 0,
        "new_requests": None,
        "new_requests_n": 0,
        "procurement_amount_yuan": None,
        "procurement_amount_yuan_n": 0,
        "identities_assessed": None,
        "identities_broken": None,
    }
    for rate in RATES:
        row |= without(rate)
    return row


def open_page() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run()


def text_of(page: AppTest) -> str:
    assert not page.exception, page.exception
    return "\n".join(
        element.value for kind in ("title", "header", "markdown", "info") for element in page.get(kind)
    )


def html_of(page: AppTest, of_class: str) -> str:
    (found,) = [element.value for element in page.html if f'class="{of_class}"' in element.value]
    return found


def comparison(page: AppTest) -> str:
    return html_of(page, "ogi-table")


def row_of(page: AppTest, district: str) -> str:
    (row,) = [row for row in comparison(page).split("<tr>") if f">{district}<" in row]
    return row


@pytest.fixture
def page(publish: Publish) -> AppTest:
    publish()
    return open_page()


def test_before_the_first_release_the_page_says_what_to_run(home):
    page = open_page()
    assert "ogi load" in text_of(page)
    assert not page.selectbox


def test_the_header_says_which_release_is_shown(page):
    header = html_of(page, "ogi-release")
    assert "20261122T180000.000Z" in header
    assert "2026-11-23 02:00" in header  # in Beijing
    assert "135 份" in header


def test_the_newest_year_and_districts_are_chosen_at_first(page):
    assert page.selectbox(key="year").value == 2024
    assert page.multiselect(key="districts").value == ["350128", "350502", "350503", "350582"]


def test_a_year_of_which_little_came_is_not_the_first_choice(publish):
    publish(changes={(code, 2024): unreported(expected=4) for code in ("350502", "350503", "350582")})
    page = open_page()
    assert page.selectbox(key="year").value == 2023
    assert page.selectbox(key="year").options[0] == "2024"


def test_another_year_and_other_districts_change_the_table(page):
    page.multiselect(key="districts").set_value(["350502"]).run()
    assert "鲤城区" in comparison(page)
    assert "晋江市" not in comparison(page)
    page.selectbox(key="year").set_value(2019).run()
    assert "2019 年度" in comparison(page)
    assert "123.46" in row_of(page, "鲤城区")  # 1,234,567.89 元 in 万元


def test_without_districts_the_page_asks_for_one(page):
    page.multiselect(key="districts").set_value([]).run()
    assert "请至少选择一个地区" in text_of(page)


def test_a_rate_shows_what_it_rests_on(page):
    page.multiselect(key="districts").set_value(["350502"]).run()
    assert "<td>66.7<small>2／3<br>n＝3</small></td>" in row_of(page, "鲤城区")


def test_a_figure_that_rests_on_no_report_is_a_dash_with_its_reason(publish):
    nothing_decided = {
        "correction_rate": None,
        "correction_rate_numerator": 0,
        "correction_rate_denominator": 0,
        "correction_rate_n": 3,
    }
    publish(
        changes={
            ("350502", 2024): without("refusal_rate") | nothing_decided,
            ("350503", 2024): unreported(expected=4),
            ("350582", 2024): {"identities_assessed": 0, "identities_broken": 0},
        }
    )
    page = open_page()
    assert "—<small>报告未填全<br>figures not printed</small>" in row_of(page, "鲤城区")
    assert "—<small>分母为0<br>nothing to divide by</small>" in row_of(page, "鲤城区")
    assert "—<small>未收到报告 no report received</small>" in row_of(page, "丰泽区")
    assert "0／4" in row_of(page, "丰泽区")
    assert "—<small>无可判断项" in row_of(page, "晋江市")


def test_a_district_without_a_row_that_year_says_so(publish):
    path = publish()
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "delete from marts.mart_district_year where district_code = '350502' and year = 2024"
        )
    assert "no report expected this year" in row_of(open_page(), "鲤城区")


def test_a_new_release_is_seen_at_the_next_rerun(publish):
    publish()
    page = open_page()
    publish("20261123T180000.000Z", changes={("350502", 2024): {"new_requests": 987_654}})
    page.run()
    assert "20261123T180000.000Z" in html_of(page, "ogi-release")
    assert "987,654" in row_of(page, "鲤城区")


def test_a_chosen_district_may_vanish_with_a_new_release(publish):
    publish()
    page = open_page()
    publish("20261123T180000.000Z", districts=("350502", "350503"))
    page.run()
    assert "鲤城区" in comparison(page)
    assert "晋江市" not in comparison(page)


def test_while_the_page_is_open_another_process_reads_the_same_release(publish):
    path = publish()
    open_page()
    reading = f"import duckdb; duckdb.connect({str(path)!r}, read_only=True).execute('from marts.fct_report')"
    subprocess.run([sys.executable, "-c", reading], check=True, timeout=60)


def test_late_and_missing_reports_are_named_with_their_state(page):
    late = html_of(page, "ogi-table words")
    assert "鲤城区民政局" in late
    assert "✕ 未收到" in late
    assert "▲ 逾期 12 天" in late
    assert "未收到 **4** 份，尚未到期 **0** 份，逾期 **4** 份" in text_of(page)


def test_what_was_not_due_when_the_release_was_built_is_not_called_missing(publish):
    publish("20250130T000000.000Z")
    page = open_page()
    assert "○ 尚未到期" in html_of(page, "ogi-table words")
    assert "未收到 **0** 份" in text_of(page)


def test_a_release_that_lacks_a_mart_is_reported_in_words(publish):
    path = publish()
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table marts.fct_report_expected")
    assert "无法读取" in open_page().error[0].value


def test_names_are_escaped():
    report = data.LateReport(
        data.District("1", "<b>区", "", True, 1), "<script>", "?", date(2024, 1, 31), date(2024, 2, 1)
    )
    html = tables.late_html([report], {}, date(2024, 3, 1))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_download_holds_the_shown_figures_unrounded(publish):
    path = publish(changes={("350502", 2024): without("refusal_rate")})
    with data.connect(str(path)) as connection:
        districts = [data.list_districts(connection)[code] for code in ("350502", "350128")]
        rows = data.read_district_years(connection, districts)
    content = tables.comparison_csv(2024, districts, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(lines) == 2 * len(INDICATORS)
    by_column = {line["指标列名 column"]: line for line in lines if line["地区 place"].startswith("鲤城区")}
    assert float(by_column["on_time_rate"]["数值 value"]) == 2 / 3
    assert by_column["refusal_rate"]["数值 value"] == ""
    assert by_column["refusal_rate"]["无数值的原因 reason"] == "报告未填全 figures not printed"


def test_a_year_without_a_figure_is_a_gap_in_the_line_and_no_zero(publish):
    path = publish(changes={("350502", 2021): without("disclosure_rate")})
    with data.connect(str(path)) as connection:
        districts = [data.list_districts(connection)["350502"]]
        rows = data.read_district_years(connection, districts)
    (disclosure_rate,) = [i for i in INDICATORS if i.column == "disclosure_rate"]
    chart = charts.history_chart(disclosure_rate, districts, rows).to_dict()
    (drawn,) = chart["datasets"].values()
    values = {datum["year"]: datum["value"] for datum in drawn}
    assert values[2021] is None
    assert values[2022] > 0
    assert {"color", "shape"} <= chart["layer"][1]["encoding"].keys()


def test_places_are_told_apart(publish):
    path = publish()
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "insert into marts.mart_district_year by name"
            " select 'unresolved' as district_code, 2024 as year, 1 as reports_expected, 1 as reports_received,"
            " 0 as new_requests_n, 0 as procurement_amount_yuan_n"
        )
        labels = [district.label for district in data.list_districts(connection).values()]
    assert labels == [
        "平潭县（福建省福州市）",
        "泉州市本级（福建省）",
        "鲤城区（福建省泉州市）",
        "丰泽区（福建省泉州市）",
        "晋江市（福建省泉州市）",
        "地区不明",
    ]


def test_every_indicator_of_the_mart_has_its_place_on_the_page(promised):
    columns = {column["name"]: column["description"] for column in promised("mart_district_year")["columns"]}
    rates = {name for name in columns if name.endswith("_rate")}
    assert rates | {"new_requests", "procurement_amount_yuan", "identities_broken"} == {
        i.column for i in INDICATORS
    }
    for indicator in INDICATORS:
        assert indicator.n_column in columns
        if indicator.column in rates:
            assert columns[indicator.column].startswith(indicator.zh)


def test_the_page_shows_the_caveats_that_its_marts_name(page, promised):
    shown = text_of(page)
    texts = {row["caveat"]: row["text_zh"] for row in read_seed("caveats")}
    for mart in ("mart_district_year", "fct_report_expected"):
        for caveat in promised(mart)["config"]["meta"]["caveats"]:
            assert texts[caveat] in shown


def test_without_streamlit_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "streamlit.web.cli", None)
    with pytest.raises(ModuleNotFoundError, match=r"ogi-warehouse\[dashboard\]"):
        serve(8501)
