"""The page for oversight offices: the districts' annual reports side by side, on the published release.

Run by `ogi dashboard`. Every rerun asks which release is published, so a new one shows at the next click.
"""

import logging
from datetime import datetime

import duckdb
import streamlit as st

from dashboards import charts, tables
from dashboards import release as data
from dashboards.indicators import INDICATORS, Indicator
from ogi.project import read_seed

CAVEATS = (
    "blank_is_not_zero",
    "rate_rests_on_n_reports",
    "government_covers_district",
    "vertical_systems_apart",
    "forms_differ",
    "unit_may_be_unknown",
    "publication_date_may_be_unknown",
    "newest_year_may_be_incomplete",
    "printed_not_corrected",
    "current_version_only",
    "unresolved_agency",
    "cities_beside_districts",
)
DEFAULT_DISTRICTS = 4
_LOG = logging.getLogger(__name__)


@st.cache_resource(max_entries=1, show_spinner=False)
def open_release(path: str) -> duckdb.DuckDBPyConnection:
    """Keep one connection open, to the file that the release's symlink leads to now."""
    return data.connect(path)


def show_page() -> None:
    """Show the page."""
    st.set_page_config(page_title="政府信息公开年度报告：地区对比", layout="wide")
    st.html(tables.STYLE)
    st.title("政府信息公开年度报告：地区对比", anchor=False)
    st.markdown(":gray[Open Government Information annual reports: districts compared]")
    release = data.current_release()
    if release is None:
        st.info(
            "还没有发布任何数据。请先运行 `ogi load 收件目录`，完成后刷新本页。  \n"
            "Nothing has been published yet. Run `ogi load INBOX`, then reload this page."
        )
        return
    connection = open_release(str(release.path)).cursor()
    today = datetime.now(data.BEIJING).date()
    st.html(tables.release_html(release, data.count_reports(connection), today))
    years = data.list_years(connection)
    if not years:
        st.info("本版数据尚无报告。 This release holds no report yet.")
        return
    year, districts = choose(years, data.list_districts(connection))
    if not districts:
        st.info("请至少选择一个地区。 Choose at least one place.")
        return
    rows = data.read_district_years(connection, districts)
    show_comparison(year, districts, rows)
    show_charts(year, districts, rows, data.describe_indicators(connection))
    in_year = [row for row in rows.values() if row.year == year]
    show_late(release, data.read_late_reports(connection, districts, year), in_year)
    show_caveats()


def show_heading(zh: str, en: str) -> None:
    """Show the heading of a part, Chinese first, English small beside it."""
    st.header(f"{zh} :small[:gray[{en}]]", anchor=False)


def choose(years: dict[int, bool], places: dict[str, data.District]) -> tuple[int, list[data.District]]:
    """Ask for the year and the districts; at first the newest year that mostly came, and those with the most reports."""
    suggested_year = next(
        (year for year, is_mostly_received in years.items() if is_mostly_received), max(years)
    )
    suggested = sorted(places, key=lambda code: (not places[code].is_district, -places[code].reports))
    left, right = st.columns([1, 4])
    with left:
        year = st.selectbox("年度 Year", list(years), index=list(years).index(suggested_year), key="year")
    with right:
        codes = st.multiselect(
            f"地区（最多 {charts.MAX_DISTRICTS} 个） Places, {charts.MAX_DISTRICTS} at most",
            list(places),
            default=suggested[:DEFAULT_DISTRICTS],
            format_func=lambda code: places[code].label,
            max_selections=charts.MAX_DISTRICTS,
            placeholder="选择地区 Choose places",
            key="districts",
        )
    return year, [places[code] for code in codes]


def show_comparison(
    year: int, districts: list[data.District], rows: dict[tuple[str, int], data.DistrictYear]
) -> None:
    """Show the table of all indicators and offer it as CSV."""
    show_heading("指标对比", "Indicators side by side")
    st.html(tables.comparison_html(year, districts, rows))
    st.download_button(
        "下载此表（CSV） Download this table",
        tables.comparison_csv(year, districts, rows),
        file_name=f"ogi-districts-{year}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def show_charts(
    year: int,
    districts: list[data.District],
    rows: dict[tuple[str, int], data.DistrictYear],
    descriptions: dict[str, tuple[str, str]],
) -> None:
    """Show one indicator, which the reader chooses, in the year and over the years."""
    show_heading("单项指标", "One indicator")
    indicator: Indicator = st.selectbox(
        "指标 Indicator",
        INDICATORS,
        index=2,
        format_func=lambda indicator: indicator.label,
        key="indicator",
        width=420,
    )
    meaning_zh, meaning_en = descriptions.get(indicator.column, ("", ""))
    st.markdown(f"{meaning_zh}  \n:small[{meaning_en}]")
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.subheader(f"{year} 年度{indicator.zh}", anchor=False)
        st.altair_chart(
            charts.year_chart(indicator, year, districts, rows),
            theme=None,
            alt=f"{year}年度各地区{indicator.zh}，数值见上表。 {indicator.en} by place; the table above has the figures.",
        )
    with right:
        st.subheader(f"历年{indicator.zh}", anchor=False)
        st.altair_chart(
            charts.history_chart(indicator, districts, rows),
            theme=None,
            alt=f"各地区历年{indicator.zh}。 {indicator.en} by place over the years.",
        )
        st.caption(
            "线条中断处该年没有数值，并非为零。 A gap in a line is a year without a figure, not a zero."
        )


def show_late(
    release: data.Release,
    late: list[data.LateReport],
    rows: list[data.DistrictYear],
) -> None:
    """Show which reports of the year did not come, or came late; `rows` are the district years they belong to."""
    show_heading("未收到和逾期的报告", "Reports that did not come, or came late")
    as_of = release.built_at.astimezone(data.BEIJING).date()
    undated = sum(row.reports_received - row.figures["on_time_rate"].n for row in rows)
    st.markdown(tables.late_summary(late, undated, as_of))
    if late:
        kinds = {row["agency_kind"]: (row["label_zh"], row["label_en"]) for row in read_seed("agency_kinds")}
        st.html(tables.late_html(late, kinds, as_of))


def show_caveats() -> None:
    """Show what a reader must know before using the figures."""
    show_heading("阅读说明", "Read this before you use the figures")
    texts = {row["caveat"]: row for row in read_seed("caveats")}
    st.markdown(
        "\n".join(f"- {texts[code]['text_zh']}  \n  :small[{texts[code]['text_en']}]" for code in CAVEATS)
    )


try:
    show_page()
except duckdb.Error as error:
    _LOG.exception("the release cannot be read")
    st.error(
        "这一版数据无法读取。请用 `ogi releases` 查看，必要时 `ogi rollback`。  \n"
        f"This release cannot be read; see `ogi releases`, `ogi rollback`. {type(error).__name__}"
    )
