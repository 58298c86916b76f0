"""The names under which a report's agency appears: signature, fuller forms, the subject of its prose."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from ogi.registry.divisions import ancestors, leading_divisions
from ogi.reports.dates import find_dates, unify_zeros
from ogi.reports.titles import AGENCY_END

_SIGNATURE_LINES = 12
_LINES_BELOW_TITLE = 3
_LONGEST_DATE = len("二〇二一年十二月三十一日") + 4
_NOTE_BEHIND = re.compile(r"(?<=.)[(【\[].*$")
_NAME_AND_DATE = re.compile(
    r"^(?P<name>[^\d]{4,40}?)(?:(?:19|20)\d\d|[〇一二三四五六七八九]{4})年[^年]{3,8}日$"
)
# What a site prints behind the date under a title
_DATE_AND_MORE = re.compile(
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d\d:\d\d(?::\d\d)?)?(?:来源|浏览|阅读|字体|字号|点击|作者)"
)
# An account's page: its name, the minute and the place from where it was published
_STAMP = re.compile(r"^\D{0,20}\d{4}-\d\d-\d\d日?\d\d:\d\d(?::\d\d)?\D{0,20}$")
_GOVERNMENT = "人民政府"
# What a bare place (平潭综合实验区) is called in full, where the text prints it
_BODIES = (_GOVERNMENT, "管委会", "管理委员会", "办事处")
_ORGAN = r"(?:办事处|人民政府|管委会|管理委员会|委员会|局|厅)"
_SUBJECT = re.compile(
    rf"(?:^|[,。;:、])(?P<agency>(?!我|本|各|国务院|.委|党)[一-鿿]{{2,30}}?{_ORGAN})"
    r"(?=认真|全面|严格|高度|深入|积极|坚持|始终|扎实|进一步|全年|主动公开|切实|按照|根据|持续)"
)


def signature(lines: Sequence[str], agency: str | None) -> tuple[str | None, dt.date | None]:
    """Return the signature at the end and its date: a line with an agency's name, then a line that is a date.

    Without such a date the signature is the last line that is the agency's own name, in a form at least as full.
    """
    tail = list(lines[-_SIGNATURE_LINES:])
    for index in range(len(tail) - 1, -1, -1):
        line = _NOTE_BEHIND.sub("", tail[index])
        dates = find_dates(line)
        beside = _NAME_AND_DATE.match(unify_zeros(line)) if len(dates) == 1 else None
        if beside and _is_name(beside["name"]):
            return beside["name"], dates[0]
        if len(dates) != 1 or len(line) > _LONGEST_DATE:
            continue
        before = tail[index - 1].strip("()") if index else ""
        if _is_name(before):
            return before, dates[0]
        return _undated(tail, agency), dates[0]
    return _undated(tail, agency), None


def date_below(lines: Sequence[str], title: int) -> dt.date | None:
    """Return the date that stands alone, or as a web page's stamp, in one of the few lines under the title."""
    for line in lines[title + 1 : title + 1 + _LINES_BELOW_TITLE]:
        dates = find_dates(line)
        is_stamp = len(line) <= _LONGEST_DATE or _DATE_AND_MORE.match(line) or _STAMP.match(line)
        if len(dates) == 1 and is_stamp:
            return dates[0]
    return None


def name_below(lines: Sequence[str], title: int) -> str | None:
    """Return the agency's name where it stands alone in the line under the title, in brackets or not."""
    below = lines[title + 1].strip("()") if 0 <= title < len(lines) - 1 else ""
    return below if _is_name(below) else None


def fullest(agency: str | None, signed: str | None, published_by: Sequence[str], whole: str) -> str | None:
    """Return the fullest form printed: the signature, the publisher where it is the same body, a place with its body.

    A name that begins with its county is full by itself. A signature gets the city in front where the text prints it before the district.
    """
    if signed:
        return _with_city(signed, whole)
    if agency is None:
        return None
    same = [name for name in published_by if name.endswith(agency) and _is_name(name)]
    if same:
        return max(same, key=len)
    if AGENCY_END.search(agency):
        return agency if _begins_with_place(agency) else None
    return next((agency + body for body in _BODIES if agency + body in whole), None)


def named_in_prose(lines: Sequence[str]) -> str | None:
    """Return the body that the prose most often speaks of as the one that acts; without the government above it."""
    named = Counter(
        match["agency"].rpartition(_GOVERNMENT)[2] or match["agency"]
        for line in lines
        for match in _SUBJECT.finditer(line)
    )
    return named.most_common(1)[0][0] if named else None


def _undated(tail: Sequence[str], agency: str | None) -> str | None:
    if agency is None:
        return None
    return next((line for line in reversed(tail) if _is_name(line) and line.endswith(agency)), None)


def _begins_with_place(agency: str) -> bool:
    """Tell whether a name begins with a county or a higher division, so that it needs no other to be full."""
    steps = leading_divisions(agency)
    return bool(steps) and len(steps[0]) == 1 and steps[0][0].level != "township"


def _is_name(line: str) -> bool:
    return bool(AGENCY_END.search(line)) and not re.search(r"[,。;:、()]", line)


def _with_city(signed: str, whole: str) -> str:
    steps = leading_divisions(signed)
    if steps and len(steps[0]) == 1:
        district = steps[0][0]
        city = next(iter(ancestors(district)), None)
        if city is not None and city.name + district.name in whole:
            return city.name + signed
    return signed
