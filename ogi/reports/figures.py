"""One printed cell to a figure or to the reason why it is none. Nothing here ever invents a zero."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from ogi.reports.labels import squeeze
from ogi.reports.model import State

_NOT_APPLICABLE = frozenset(
    {
        "无",
        "无。",
        "暂无",
        "没有",
        "未发生",
        "不涉及",
        "未涉及",
        "不适用",
        "无此项",
        "N/A",
        "n/a",
    }
)
_STROKES = re.compile(r"^(?:[-—–―─]{1,6}|/{1,3}|\\)$")
_ZEROS = frozenset({"〇", "零"})
# Digits that number a note, which NFKC would make digits of the figure: ¹ ① ⑴ ❶
_RAISED = re.compile("[²³¹⁰-⁹⁽-⁾₀-₉①-⒛⓪-⓿❶-➓]")
# What a note's mark at the end of a figure looks like
_NOTE_MARK = re.compile(
    r"(?<=\S)\s*(?:[(（]?[²³¹⁰-⁹⁽-⁾①-⒛⓪-⓿❶-➓]+[)）]?|[*＊﹡※#＃]{1,3}|[\[［]注?\d*[\]］]|注\d*)\s*$"
)
# A number cut by white space is one where the parts are thousands, single digits, or the lines of a narrow cell
_CUT = re.compile(r"\d[^\S\n]+\d")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:[^\S\n]+\d{3})+(?!\d)")
_SPACED_OUT = re.compile(r"[+-]?[1-9](?:[^\S\n]+[\d.])+(?!\d)")
_VAGUE = re.compile(
    r"^[约近超共计]?\d[\d,]*(?:\.\d+)?[余多十百千万亿]{0,2}[件条项个次篇人份宗例起批家]?[余多次]?(?:左右|以上|以下)?$"
)
# 增5 is +5, 减5 is -5; 共5件 says no more than 5件
_CHANGE = re.compile(r"^(?P<word>增加?|减少?)(?=\d)")
_FIGURE = re.compile(
    r"^(?:共计?|人民币|¥)?(?P<number>[+\-−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<unit>万元|亿元|元|件次?|条|项|个|次|篇|人次|人|份|宗|起)?"
    r"(?P<note>\(.*\))?。?$"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell prints: a number with the unit printed beside it, or the state that says why there is none.

    `is_change` says that words tell which way something changed (增5, 减少2), so that it can be no number of things.
    """

    state: State
    value: Decimal | None = None
    unit: str | None = None
    is_whole: bool = True
    is_change: bool = False


BLANK = Figure("blank")


def read_figure(text: str) -> Figure:
    """Read the text of one cell: full-width digits, thousands separators, a sign or its word, a unit, a note in brackets."""
    plain = squeeze(text)
    if not plain:
        return BLANK
    if plain in _NOT_APPLICABLE or _STROKES.match(plain):
        return Figure("not_applicable")
    match = _FIGURE.match(plain)
    change = None
    if not match or plain != text:
        # Not plain digits: a note's mark or white space may stand among them
        printed = _NOTE_MARK.sub("", text)
        if _RAISED.search(printed) or _is_cut(printed):
            return Figure("illegible")
        plain = squeeze(printed)
        if plain in _ZEROS:
            plain = "0"
        change = _CHANGE.match(plain)
        match = _FIGURE.match(plain[change.end() :] if change else plain)
    if not match:
        return Figure("illegible")
    value = Decimal(re.sub(r"[−－]", "-", match["number"].replace(",", "")))
    if change and change["word"].startswith("减"):
        value = 0 - value
    return Figure("reported", value, match["unit"], value == value.to_integral_value(), change is not None)


def _is_cut(text: str) -> bool:
    """Tell whether white space stands in the number where it may part two.

    A line in a narrow cell is full before the next begins: `1234` over `5` is one number, `5` over `30` are two.
    """
    number = unicodedata.normalize("NFKC", text).strip()
    first, *others = [line.strip() for line in number.split("\n")]
    if others and others[0][:1].isdigit() and (first == "0" or any(len(o) > len(first) for o in others)):
        return True
    if not _CUT.search(number):
        return False
    return not (_THOUSANDS.match(number) or _SPACED_OUT.match(number))


def is_vague(text: str) -> bool:
    """Tell whether a text is a figure in words or about one (约30, 1.2万, 30余件): no label, and no number either."""
    return bool(_VAGUE.match(squeeze(text)))


def fits_kind(figure: Figure, kind: str) -> bool:
    """Tell whether a number can stand in a cell of this kind: counts are whole, only signed ones below zero."""
    if figure.value is None:
        return True
    if figure.is_change:
        return figure.is_whole and kind == "signed_count"
    if kind == "money":
        return figure.value >= 0
    return figure.is_whole and (kind == "signed_count" or figure.value >= 0)
