"""What a document says of itself: agency, year, document number, dates. Never taken from a file name or a URL."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.model import Document, Text
from ogi.registry.agencies import find_division
from ogi.registry.divisions import ancestors, leading_divisions
from ogi.reports.dates import YEAR, find_dates, numeral, unify_zeros
from ogi.reports.labels import squeeze

_FORM_NAME = r"政府信息(?:公开|公開)(?:工作)?(?:年度)?(?:工作)?(?:报告|年报|年度报告)"
_TITLE = re.compile(
    rf"^(?:标题:)?(?:关于)?(?P<before>[^,。;:《》\d]{{0,40}}?)(?:关于)?(?P<year>{YEAR})年(?:度)?(?P<between>[^,。;:《》\d]{{0,30}}?){_FORM_NAME}"
    # nothing but a remark may follow: …年度报告编制工作的通知 is no report
    r"(?:[(【〔].{1,20})?$"
)
_TITLE_YEAR_LAST = re.compile(rf"^(?P<before>[^,。;:《》\d]{{2,40}}?){_FORM_NAME}\((?P<year>{YEAR})年度?\)$")
_NAMED_IN_PROSE = re.compile(
    rf"(?:现公布|现将|编制|公布|发布)《?(?P<agency>[^,。;:《》\d]{{2,40}}?)(?P<year>{YEAR})年(?:度)?{_FORM_NAME}"
)
_DOCUMENT_NUMBER = re.compile(r"^[\w]{1,14}[〔\[(【](?:19|20)\d\d[〕\])】]第?\d{1,5}号$")
_AGENCY_END = re.compile(
    r"(?:人民政府|办事处|委员会|管委会|办公室|局|厅|委|办|院|中心|镇|乡|街道|公司|大队|支队|总队|部|处|会|所)$"
)
_DAY = r"\d{1,2}月\d{1,2}日"
_PERIOD = re.compile(
    rf"(?P<start>(?:19|20)\d\d年{_DAY})起?(?:至|到|—|-|~)(?P<end>(?:(?:19|20)\d\d年)?{_DAY})"
)
_PUBLISHED = re.compile(r"(?:发布|发文|公开|成文|生成|更新)(?:时间|日期)[::]?(?P<dates>.{8,20})")
_THE_YEAR = re.compile(rf"(?P<year>{YEAR})年")
_TITLE_LINES = 25
_SIGNATURE_LINES = 12


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a report's header that the document prints; `title` tells whether it calls itself a report."""

    title: str | None
    agency: str | None
    agency_full: str | None
    division_code: str | None
    year: int | None
    document_number: str | None
    published_on: dt.date | None
    period_start: dt.date | None
    period_end: dt.date | None


def read_metadata(document: Document) -> Metadata:
    """Read the metadata from title, signature, dated lines and the opening words of the prose."""
    texts = [block for block in document.blocks if isinstance(block, Text)]
    lines = [unify_zeros(squeeze(block.text)) for block in texts]
    whole = "".join(lines)
    title, titled_agency, year = _title(lines)
    signature, signed_on = _signature(lines)
    in_prose = _NAMED_IN_PROSE.search(whole)
    agency = titled_agency or (in_prose["agency"] if in_prose else None) or signature
    signature = signature or _undated_signature(lines, agency)
    agency_full = _fullest(signature, whole)
    division = find_division([name for name in (agency_full, agency) if name], whole)
    start, end = _period(whole)
    if year is None:
        year = _year_in_prose(in_prose, end, lines)
    return Metadata(
        title=title,
        agency=agency,
        agency_full=agency_full,
        division_code=division.code if division else None,
        year=year,
        document_number=next((line for line in lines if _DOCUMENT_NUMBER.match(line)), None),
        published_on=_published(lines) or signed_on,
        period_start=start,
        period_end=end,
    )


def _title(lines: Sequence[str]) -> tuple[str | None, str | None, int | None]:
    """Return the title, the agency that it names and its year; a title may stand on two lines."""
    for index, line in enumerate(lines[:_TITLE_LINES]):
        match = _TITLE.match(line) or _TITLE_YEAR_LAST.match(line)
        if not match:
            continue
        agency = match["before"] or match.groupdict().get("between") or None
        if agency is None and index and _AGENCY_END.search(lines[index - 1]):
            agency = lines[index - 1]
        return line, agency, numeral(match["year"])
    return None, None, None


def _signature(lines: Sequence[str]) -> tuple[str | None, dt.date | None]:
    """Return the signature at the end and its date: a line with an agency's name, then a line that is a date."""
    tail = list(lines[-_SIGNATURE_LINES:])
    for index in range(len(tail) - 1, -1, -1):
        dates = find_dates(tail[index])
        if len(dates) != 1 or len(tail[index]) > len("二〇二一年十二月三十一日") + 4:
            continue
        before = tail[index - 1] if index else ""
        return (before if _is_name(before) else None), dates[0]
    return None, None


def _is_name(line: str) -> bool:
    return bool(_AGENCY_END.search(line)) and not re.search(r"[,。;:、]", line)


def _undated_signature(lines: Sequence[str], agency: str | None) -> str | None:
    """Return the last line that is the agency's own name, in a form at least as full."""
    if agency is None:
        return None
    return next(
        (line for line in reversed(lines[-_SIGNATURE_LINES:]) if _is_name(line) and line.endswith(agency)),
        None,
    )


def _fullest(signature: str | None, whole: str) -> str | None:
    """Return the fullest form printed: the signature, with the city where the text prints it before the district."""
    steps = leading_divisions(signature) if signature else []
    if signature and steps and len(steps[0]) == 1:
        district = steps[0][0]
        city = next(iter(ancestors(district)), None)
        if city is not None and city.name + district.name in whole:
            return city.name + signature
    return signature


def _period(whole: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first span of dates within one year; the second date may leave the year out."""
    for match in _PERIOD.finditer(whole):
        start, end = find_dates(match["start"]), find_dates(match["end"])
        if not end and start:
            end = find_dates(f"{start[0].year}年{match['end']}")
        if start and end and start[0] < end[0] and start[0].year == end[0].year:
            return start[0], end[0]
    return None, None


def _published(lines: Sequence[str]) -> dt.date | None:
    """Return the date that the site prints beside the title; it stands in a short line of its own."""
    for line in lines:
        match = _PUBLISHED.search(line) if len(line) < 120 else None  # noqa: PLR2004 - longer lines are prose
        dates = find_dates(match["dates"]) if match else []
        if dates:
            return dates[0]
    return None


def _year_in_prose(
    in_prose: re.Match[str] | None, period_end: dt.date | None, lines: Sequence[str]
) -> int | None:
    if in_prose:
        return numeral(in_prose["year"])
    if period_end is not None:
        return period_end.year
    opening = next((match for line in lines if (match := _THE_YEAR.match(line))), None)
    return numeral(opening["year"]) if opening else None
