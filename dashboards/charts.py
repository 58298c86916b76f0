"""The two charts: one indicator side by side in one year, and over the years.

Colours follow Okabe and Ito, which colour-blind readers can tell apart; a darker purple, and grey for their yellow,
because the originals are too faint on white. Each district has a shape and a name beside its colour: no meaning hangs on colour alone.
"""

from collections.abc import Sequence
from typing import Any

import altair as alt

from dashboards.indicators import Indicator, Unit, printed
from dashboards.release import District, DistrictYear, Figure

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#AA4499", "#000000", "#E69F00", "#56B4E9", "#6B7280")
SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "triangle-down",
    "triangle-right",
    "triangle-left",
)
MAX_DISTRICTS = len(COLOURS)

_FONT = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_INK, _GREY, _RULE = "#1b2430", "#566173", "#e3e7ed"
_CONFIG = alt.Config(
    font=_FONT,
    background="#ffffff",
    axis=alt.AxisConfig(gridColor=_RULE, domainColor=_RULE, labelColor=_GREY, labelPadding=6),
    view=alt.ViewConfig(stroke=None),
)


def year_chart(
    indicator: Indicator,
    year: int,
    districts: Sequence[District],
    rows: dict[tuple[str, int], DistrictYear],
) -> alt.LayerChart:
    """Draw one bar a district for one year, highest first; a district without a figure has its reason for a bar."""
    values = [_datum(indicator, district, year, districts, rows) for district in districts]
    values.sort(key=lambda datum: (datum["value"] is None, -(datum["value"] or 0)))
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y(
            "district:N",
            sort=[datum["district"] for datum in values],
            axis=alt.Axis(
                title=None, labelFontSize=14, labelColor=_INK, labelLimit=220, domain=False, ticks=False
            ),
        ),
        x=alt.X("value:Q", scale=alt.Scale(domainMin=0, nice=True), axis=None),
        tooltip=_tooltip(indicator),
    )
    bars = base.mark_bar(height=22).encode(color=_colours(districts, legend=False))
    labels = base.mark_text(align="left", dx=8, fontSize=13, color=_INK).encode(
        text="text:N", x=alt.X("position:Q", axis=None)
    )
    return alt.LayerChart(layer=[bars, labels], height=40 * len(districts), config=_CONFIG)


def history_chart(
    indicator: Indicator,
    districts: Sequence[District],
    rows: dict[tuple[str, int], DistrictYear],
) -> alt.LayerChart:
    """Draw one line a district over all years; the line is interrupted where a year has no figure."""
    years = sorted({year for _, year in rows})
    values = [
        _datum(indicator, district, year, districts, rows)
        for district in districts
        for year in range(years[0], years[-1] + 1)
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, labelFontSize=13, tickColor=_RULE)),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(domainMin=0, nice=True),
            axis=alt.Axis(title=None, labelFontSize=13, format=_axis_format(indicator.unit), tickCount=5),
        ),
        color=_colours(districts, legend=True),
        tooltip=_tooltip(indicator),
    )
    lines = base.mark_line(strokeWidth=2.5)
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        shape=alt.Shape(
            "district:N",
            scale=alt.Scale(
                domain=[_name(d, districts) for d in districts], range=list(SHAPES[: len(districts)])
            ),
            legend=_legend(),
        )
    )
    return alt.LayerChart(layer=[lines, points], height=300, config=_CONFIG)


def _name(district: District, districts: Sequence[District]) -> str:
    """The short name, unless another of the chosen districts bears it too."""
    is_unique = sum(other.name == district.name for other in districts) == 1
    return district.name if is_unique else district.label


def _datum(
    indicator: Indicator,
    district: District,
    year: int,
    districts: Sequence[District],
    rows: dict[tuple[str, int], DistrictYear],
) -> dict[str, Any]:
    row = rows.get((district.code, year))
    figure = row.figures[indicator.column] if row else None
    value = _plotted(figure)
    return {
        "district": _name(district, districts),
        "year": year,
        "value": value,
        "position": value or 0,
        "text": _text(figure),
    }


def _plotted(figure: Figure | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    return float(figure.value) / (10_000 if figure.indicator.unit is Unit.MONEY else 1)


def _text(figure: Figure | None) -> str:
    if figure is None:
        return "—  当年无应报报告"
    if figure.reason:
        return f"—  {figure.reason[0]}"
    return f"{printed(figure.value, figure.indicator.unit)} {figure.indicator.unit.value}（n＝{figure.n}）"


def _colours(districts: Sequence[District], *, legend: bool) -> alt.Color:
    return alt.Color(
        "district:N",
        scale=alt.Scale(
            domain=[_name(d, districts) for d in districts], range=list(COLOURS[: len(districts)])
        ),
        legend=_legend() if legend else None,
    )


def _legend() -> alt.Legend:
    return alt.Legend(
        title=None,
        orient="top",
        labelFontSize=13,
        labelLimit=260,
        symbolSize=110,
        columns=4,
        symbolStrokeWidth=2,
    )


def _tooltip(indicator: Indicator) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("district:N", title="地区 Place"),
        alt.Tooltip("year:O", title="年度 Year"),
        alt.Tooltip("text:N", title=indicator.zh),
    ]


def _axis_format(unit: Unit) -> str:
    return "~%" if unit is Unit.SHARE else ",~f"
