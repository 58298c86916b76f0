"""The title of a report: which line calls itself one, whose it is and of which year."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ogi.documents.model import Text
from ogi.registry.divisions import leading_divisions
from ogi.reports.dates import YEAR, numeral, unify_zeros
from ogi.reports.labels import squeeze

_SUBJECT = r"(?:政府)?信息(?:主动)?(?:公开|公開)(?:[和与及暨]政务公开)?"
_KIND = r"(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:总结)?(?:报告|年报|年度报告|報告|年報)"
# 政务公开 is wider than the reports' subject: its summaries are none, its 年度报告 are
FORM_NAME = rf"(?:{_SUBJECT}(?:工作)?{_KIND}|政务公开(?:工作)?(?:情况)?(?:的)?(?:年度(?:工作)?报告|年报))"
# Nothing but a remark, a word of the site or a file's ending may follow: …年度报告编制工作的通知 is no report
_TAIL = (
    r"(?:[(【〔](?P<behind>.{1,20}))?(?:正文|全文)?(?:的?(?:公示|公告|公布|函|(?:更正|勘误|修订)(?:公告|说明|声明|启事)?))?"
    r"(?:\.(?:pdf|docx?|wps|ofd|html?))?。?$"
)
_BEFORE = r"(?P<before>[^,。;:《》>\d]{0,40}?)"
_TITLE = re.compile(
    rf"^(?:关于(?:印发|公布|发布|公开|报送)?)?{_BEFORE}(?:关于(?:报送|上报|公布|印发)?)?(?P<year>{YEAR})(?:年度?)?(?P<between>[^,。;:《》>\d]{{0,30}}?){FORM_NAME}{_TAIL}"
)
_TITLE_YEAR_AMID = re.compile(
    rf"^(?P<before>[^,。;:《》>\d]{{0,40}}?){_SUBJECT}(?:工作)?(?P<year>{YEAR})年(?:度)?{_KIND}$"
)
_TITLE_YEAR_LAST = re.compile(
    rf"^(?P<before>[^,。;:《》>\d]{{0,40}}?){FORM_NAME}[(【〔]?(?P<year>{YEAR})年?度?[)】〕]?$"
)
_AGENCY_WORDS = (
    "人民政府|办事处|委员会|管委会|办公室|局|厅|委|办|院|中心|镇|乡|街道|公司|大队|支队|总队|部|处|会|所"
)
AGENCY_END = re.compile(rf"(?:{_AGENCY_WORDS})$")
_TITLE_WITHOUT_YEAR = re.compile(rf"^(?P<before>[^,。;:《》>\d]{{2,40}}(?:{_AGENCY_WORDS})){FORM_NAME}$")
BODY = re.compile(r"^[一1](?:、|\.|\s)?(?:总体情况|年度|概述|概况|工作概述|基本情况|.{0,10}主动公开).{0,20}$")
_LONGEST = 100
# What a site or a letter puts before or around a title
_AROUND = re.compile(
    r"^(?:附件\d*:|标题:|【[^】]{1,8}】|\[[^\]]{1,8}\]|.{0,30}关于(?:印发|公布|发布|公开)(?=《))?"
    r"《?(?P<title>[^《》]+)(?:》(?:的(?:通知|公告|公示))?)?$"
)
# What stands between a title's agency and the rest, or around all of it
_WITHOUT_QUOTES = str.maketrans("", "", '“”"「」『』')
_STROKES = "·•—–-_~"
_BRACKETED = re.compile(r"^\(([^()]+)\)$")
# …局2023年度《政府信息公开工作年度报告》; 某局：2023年…
_QUOTED_FORM = re.compile(r"(?<=[年度])《([^《》]+)》$")
_COLON = re.compile(rf"^([^:]{{2,40}}(?:{_AGENCY_WORDS})):(?={YEAR})")
_YEAR_ALONE = re.compile(rf"^[(【〔]?(?P<year>{YEAR})年?度?[)】〕]?$")


@dataclass(frozen=True, slots=True)
class Title:
    """A line that calls itself a report; `index` is its place among the texts."""

    index: int
    line: str
    agency: str | None
    year: int | None
    is_heading: bool


def find_titles(texts: Sequence[Text]) -> Iterator[Title]:
    """Find every line that is a report's title, which may stand on two lines: agency, then report; or cut anywhere."""
    lines = [
        unify_zeros(squeeze(text.text)) if len(text.text) <= _LONGEST else _title_in_front(text.text)
        for text in texts
    ]
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else ""
        if not _may_hold_title(before + line):
            continue
        is_heading = texts[index].is_heading
        title = _title(line, index, is_heading=is_heading)
        joined = None
        if before and not find_any(before) and (title is None or not leading_divisions(title.agency or "")):
            joined = _title(before + line, index, is_heading=is_heading)
        if title is None:
            title = joined
        elif title.agency is None and AGENCY_END.search(before):
            title = replace(title, agency=before)
        elif joined is not None and leading_divisions(joined.agency or ""):
            # The agency's name was cut: …人力资源和社会保 / 障局2019年…
            title = joined
        if title is not None and title.agency is None and title is joined:
            # On three lines: agency, subject, kind
            above = lines[index - 2] if index > 1 else ""
            title = replace(title, agency=above) if AGENCY_END.search(above) else title
        if title is not None and title.year is None:
            below = _YEAR_ALONE.match(lines[index + 1]) if index + 1 < len(lines) else None
            title = replace(title, year=numeral(below["year"])) if below else title
        if title is not None:
            yield title


def _title_in_front(long: str) -> str:
    """Return the title that a long text begins with, white space behind it, or nothing: a page in one line."""
    first = unify_zeros(squeeze(long[: _LONGEST + 1].split(maxsplit=1)[0]))
    return first if len(first) <= _LONGEST and find_any(first) else ""


def title_among(names: Sequence[str]) -> Title | None:
    """Return the first title among the names that a site gives its page (`…年度报告_栏目_站名`), or None."""
    parts = (part for name in names for part in re.split(r"[_|]|-(?!\d)", squeeze(name)))
    found = (_title(unify_zeros(part), -1, is_heading=False) for part in parts)
    return next((title for title in found if title is not None and title.year is not None), None)


def find_any(line: str) -> bool:
    """Tell whether a squeezed line is a title by itself."""
    return _title(line, 0, is_heading=False) is not None


def is_body_start(line: str) -> bool:
    """Tell whether a squeezed line is the heading of a report's first section."""
    return bool(BODY.match(line))


def _may_hold_title(line: str) -> bool:
    """Tell whether a line holds the words that every title has: few lines of a page do."""
    return ("报" in line or "報" in line) and ("公开" in line or "公開" in line or "信息公" in line)


def _title(line: str, index: int, *, is_heading: bool) -> Title | None:
    if "报" not in line and "報" not in line:
        return None
    if "》" in line:
        line = _QUOTED_FORM.sub(r"\1", line)
    if ":" in line:
        line = _COLON.sub(r"\1", line)
    around = _AROUND.match(line)
    line = (around["title"] if around else line).translate(_WITHOUT_QUOTES)
    match = _TITLE.match(line) or _TITLE_YEAR_LAST.match(line) or _TITLE_YEAR_AMID.match(line)
    if match:
        return Title(index, line, _agency(match.groupdict()), numeral(match["year"]), is_heading)
    match = _TITLE_WITHOUT_YEAR.match(line)
    return Title(index, line, match["before"], None, is_heading) if match else None


def _agency(parts: Mapping[str, str | None]) -> str | None:
    """Return the agency that a title names before the year, behind it, or in brackets at the end."""
    for part in ("before", "between"):
        name = _BRACKETED.sub(r"\1", (parts.get(part) or "").strip(_STROKES))
        if name:
            return name
    behind = (parts.get("behind") or "").rstrip(")】〕")
    return behind if AGENCY_END.search(behind) else None
