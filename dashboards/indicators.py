"""The indicators of `marts.mart_district_year`: short names, the columns they rest on, how they are printed.

What each one means stands in the release itself, as the comment of its column.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

Number = int | float | Decimal


class Unit(Enum):
    """In which unit an indicator is printed."""

    SHARE = "%"
    REQUESTS = "件"
    IDENTITIES = "条"
    MONEY = "万元"


@dataclass(frozen=True)
class Indicator:
    """One indicator: its column, its names, and why a district that reported may still have none."""

    column: str
    zh: str
    en: str
    unit: Unit
    without_zh: str = "报告未填全"
    without_en: str = "figures not printed"

    @property
    def label(self) -> str:
        """Both names and the unit: for the menu and the download."""
        return f"{self.zh} {self.en}（{self.unit.value}）"

    @property
    def numerator_column(self) -> str | None:
        """The column with the numerator; None where the indicator is no rate."""
        return f"{self.column}_numerator" if self.unit is Unit.SHARE else None

    @property
    def denominator_column(self) -> str | None:
        """The column with what the figure is out of; None where it is a plain sum."""
        if self.unit is Unit.IDENTITIES:
            return "identities_assessed"
        return f"{self.column}_denominator" if self.unit is Unit.SHARE else None

    @property
    def n_column(self) -> str:
        """The column with the number of reports that the figure rests on."""
        return "reports_received" if self.unit is Unit.IDENTITIES else f"{self.column}_n"


INDICATORS = (
    Indicator("on_time_rate", "按时发布率", "On time", Unit.SHARE, "报告未印日期", "no date printed"),
    Indicator("new_requests", "新收申请", "New requests", Unit.REQUESTS),
    Indicator("disclosure_rate", "公开率", "Disclosed", Unit.SHARE),
    Indicator("refusal_rate", "不予公开率", "Refused", Unit.SHARE),
    Indicator("unavailable_rate", "无法提供率", "Not available", Unit.SHARE),
    Indicator("carried_forward_rate", "结转率", "Carried forward", Unit.SHARE),
    Indicator("correction_rate", "纠错率", "Corrected", Unit.SHARE),
    Indicator(
        "procurement_amount_yuan",
        "集中采购",
        "Procurement",
        Unit.MONEY,
        "无金额或单位",
        "no amount or unit",
    ),
    Indicator(
        "identities_broken",
        "勾稽不符",
        "Sums that fail",
        Unit.IDENTITIES,
        "无可判断项",
        "none assessable",
    ),
)


def printed(value: Number | None, unit: Unit) -> str:
    """Print a figure without its unit: a share times 100, yuan as 万元; an unknown one as a dash, never as 0."""
    if value is None:
        return "—"
    if unit is Unit.SHARE:
        return f"{value * 100:.1f}"
    if unit is Unit.MONEY:
        return f"{value / 10_000:,.2f}"
    return f"{value:,.0f}"
