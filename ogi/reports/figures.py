"""One printed cell to a figure or to the reason why it is none. Nothing here ever invents a zero."""

import re
from dataclasses import dataclass
from decimal import Decimal

from ogi.reports.labels import squeeze
from ogi.reports.model import State

_NOT_APPLICABLE = frozenset(
    {"/", "-", "--", "---", "—", "——", "–", "―", "无", "不涉及", "不适用", "无此项", "\\"}
)
_FIGURE = re.compile(
    r"^(?P<number>[+\-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>万元|亿元|元|件|条|项|个|次|篇|人次|人|份|宗)?"
    r"(?P<note>\(.*\))?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell prints: a number with the unit printed beside it, or the state that says why there is none."""

    state: State
    value: Decimal | None = None
    unit: str | None = None
    is_whole: bool = True


BLANK = Figure("blank")


def read_figure(text: str) -> Figure:
    """Read the text of one cell: full-width digits, thousands separators, a sign, a unit, a note in brackets."""
    plain = squeeze(text)
    if not plain:
        return BLANK
    if plain in _NOT_APPLICABLE:
        return Figure("not_applicable")
    match = _FIGURE.match(plain)
    if not match:
        return Figure("illegible")
    value = Decimal(re.sub(r"[−－]", "-", match["number"].replace(",", "")))
    return Figure("reported", value, match["unit"], value == value.to_integral_value())


def fits_kind(figure: Figure, kind: str) -> bool:
    """Tell whether a number can stand in a cell of this kind: counts are whole, only signed ones below zero."""
    if figure.value is None:
        return True
    if kind == "money":
        return figure.value >= 0
    return figure.is_whole and (kind == "signed_count" or figure.value >= 0)
