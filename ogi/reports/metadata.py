"""What a document says of itself: agency, year, document number, dates. Never taken from a file name or a URL."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.model import Document, Text
from ogi.registry.agencies import find_division
from ogi.registry.confusable import corrected_name
from ogi.registry.divisions import Division, leading_divisions
from ogi.reports.agency_names import date_below, fullest, name_below, named_in_prose, signature
from ogi.reports.dates import YEAR, apart_from_time, find_dates, numeral, unify_zeros
from ogi.reports.labels import squeeze
from ogi.reports.site_facts import SiteFacts, read_site_facts
from ogi.reports.titles import FORM_NAME, Title, find_titles, is_body_start, title_among

_NAMED_IN_PROSE = re.compile(
    rf"(?:现公布|现将|编制|公布|发布)《?(?P<agency>(?!我|本)[^,。;:《》\d]{{2,40}}?)(?P<year>{YEAR})年(?:度)?{FORM_NAME}"
)
_DOCUMENT_NUMBER = re.compile(r"^[\w]{1,14}[〔\[(【](?:19|20)\d\d[〕\])】]第?\d{1,5}号$")
# Its office prescribes the form: its numbers are cited, never a report's own
_STATE_COUNCIL = ("国办", "国发", "国令", "国务院")
_DAY = r"\d{1,2}月\d{1,2}日"
_PERIOD = re.compile(
    rf"(?P<start>(?:19|20)\d\d年{_DAY})起?(?:至|到|—|-|~)(?P<end>(?:(?:19|20)\d\d年)?{_DAY})"
)
_THE_YEAR = re.compile(rf"(?P<year>{YEAR})年")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of a report's header that the document prints; `title` tells whether it calls itself a report.

    `corrected_from` is the printed name where a division's misread character was mended in `agency_full`.
    """

    title: str | None
    agency: str | None
    agency_full: str | None
    division_code: str | None
    year: int | None
    document_number: str | None
    published_on: dt.date | None
    period_start: dt.date | None
    period_end: dt.date | None
    corrected_from: str | None = None


def read_metadata(document: Document) -> Metadata:
    """Read the metadata from title, signature, site labels, dated lines and the opening words of the prose."""
    texts = [block for block in document.blocks if isinstance(block, Text)]
    lines = [unify_zeros(squeeze(apart_from_time(block.text))) for block in texts]
    whole = "".join(lines)
    facts = read_site_facts(document)
    title = _choose_title(list(find_titles(texts)), lines, facts) or title_among(facts.of("title"))
    in_prose = _NAMED_IN_PROSE.search(whole)
    titled = title.agency if title else None
    signed, signed_on = signature(lines, titled or (in_prose["agency"] if in_prose else None))
    published_by = next(iter(facts.of("agency")), None)
    below = name_below(lines, title.index) if title else None
    agency = titled or (in_prose["agency"] if in_prose else None) or signed or below or named_in_prose(lines)
    agency_full = fullest(agency, signed, facts.of("agency"), whole + "".join(facts.of("agency")))
    corrected = corrected_name(agency_full or agency) if agency else None
    start, end = _period(whole)
    year = title.year if title else None
    year = year if year is not None else _year_in_prose(in_prose, end, lines)
    division = _division([corrected, agency_full, agency], whole, [*facts.of("site"), published_by], year)
    return Metadata(
        title=title.line if title else None,
        agency=agency or published_by,
        agency_full=corrected or agency_full,
        division_code=division.code if division else None,
        year=year,
        document_number=_document_number(lines, facts),
        published_on=_published(facts) or signed_on or (date_below(lines, title.index) if title else None),
        period_start=start,
        period_end=end,
        corrected_from=(agency_full or agency) if corrected else None,
    )


def _choose_title(titles: Sequence[Title], lines: Sequence[str], facts: SiteFacts) -> Title | None:
    """Choose the report's own title where the page also names reports of other years: the one the site or the layout
    marks, else the last before the first section.
    """
    body = next((i for i, line in enumerate(lines) if is_body_start(line)), len(lines))
    before = [title for title in titles if title.index < body] or list(titles[:1])
    if len({title.year for title in before if title.year is not None}) > 1:
        marked = [t for t in before if t.line in facts.of("title")] or [t for t in before if t.is_heading]
        before = marked[:1] or before[-1:]
    return next((t for t in before if t.agency and t.year), next(iter(before), None))


def _division(
    names: Sequence[str | None], whole: str, publishers: Sequence[str | None], year: int | None
) -> Division | None:
    """Find the division by the agency's own names, else, for a bare name (区统计局), by the site that publishes it."""
    printed = [name for name in names if name]
    sites = [publisher for publisher in publishers if publisher]
    division = find_division(printed, whole + "".join(sites), year)
    if division is not None or not printed:
        return division
    is_bare = not any(leading_divisions(name) for name in printed)
    return find_division(sites, whole, year) if is_bare else None


def _period(whole: str) -> tuple[dt.date | None, dt.date | None]:
    """Return the first span of dates within one year; the second date may leave the year out."""
    for match in _PERIOD.finditer(whole):
        start, end = find_dates(match["start"]), find_dates(match["end"])
        if not end and start:
            end = find_dates(f"{start[0].year}年{match['end']}")
        if start and end and start[0] < end[0] and start[0].year == end[0].year:
            return start[0], end[0]
    return None, None


def _document_number(lines: Sequence[str], facts: SiteFacts) -> str | None:
    """Return the document's own number: alone in a line, or what the site gives for it."""
    numbers = (line for line in (*lines, *facts.of("number")) if _DOCUMENT_NUMBER.match(line))
    return next((number for number in numbers if not number.startswith(_STATE_COUNCIL)), None)


def _published(facts: SiteFacts) -> dt.date | None:
    """Return the first date of publication that the site prints beside the title, else the first of another kind."""
    values = [*facts.of("date"), *facts.of("other_date")]
    return next((dates[0] for value in values if (dates := find_dates(value))), None)


def _year_in_prose(
    in_prose: re.Match[str] | None, period_end: dt.date | None, lines: Sequence[str]
) -> int | None:
    if in_prose:
        return numeral(in_prose["year"])
    if period_end is not None:
        return period_end.year
    opening = next((match for line in lines if (match := _THE_YEAR.match(line))), None)
    return numeral(opening["year"]) if opening else None
