"""The reports of one district: its offices, their years, their figures, what came late or wrong and was corrected."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ogi.demo.agencies import DemoAgency, agencies_of, districts
from ogi.demo.faults import plant_fault
from ogi.demo.figures import Figures, draw_count, draw_figures
from ogi.demo.statistics import draw_statistics
from ogi.reports.model import TemplateName

_LAST_YEAR = 2025
_FIRST_YEARS = (2008, 2011, 2014, 2016, 2018, 2019, 2019, 2019, 2021)
_FIRST_STATISTICS, _FIRST_2019, _FIRST_2021 = 2014, 2019, 2021
# Shares of the reports
_MISSING, _LATE, _FAULTY, _CORRECTED = 0.03, 0.06, 0.04, 0.01
_REPEATED_ROWS = {
    "requests_received": "new_requests",
    "requests_carried_over": "carried_over",
    "total_processed": "total_processed",
    "carried_forward": "carried_forward",
}
_LAGGING_TOWNSHIPS, _OWN_TABLES = 0.12, 0.15


@dataclass(frozen=True, slots=True)
class Facts:
    """One report before it is written: who, when, in which form, the figures as the agency prints them.

    `fault` names the deliberate error (None: every identity holds); `version` counts corrections from 1;
    `has_own_table` says that a report without the national form prints a table of its province.
    """

    agency: DemoAgency
    year: int
    template: TemplateName | None
    figures: Figures
    prose: dict[str, int]
    fault: str | None
    published_on: dt.date
    version: int = 1
    has_own_table: bool = False

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """The first and the last day that the figures count."""
        return dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)


def all_reports(seed: int | str) -> Iterator[Facts]:
    """Yield reports without end, district after district in an order that the seed draws.

    After the last district they begin again with other figures; only one district is in memory at a time.
    """
    lap = 0
    while True:
        rng = random.Random(f"{seed}/{lap}")
        for district in rng.sample(districts(), len(districts())):
            yield from district_reports(district, f"{seed}/{lap}/{district}")
        lap += 1


def district_reports(district: str, seed: str) -> Iterator[Facts]:
    """Yield the published reports of one district, office by office, year by year."""
    rng = random.Random(seed)
    agencies = agencies_of(district, rng)
    first = rng.choice(_FIRST_YEARS)
    sums: dict[int, Figures] = {}
    for agency in agencies:
        last_in_old_form = _last_in_old_form(agency, rng)
        has_own_table = rng.random() < _OWN_TABLES
        before: Figures | None = None
        for year in range(first, _LAST_YEAR + 1):
            if agency.kind == "government":
                figures = sums[year]
            else:
                figures = _draw_year(rng, agency, year, before)
                sums[year] = _added(sums.get(year), figures)
            before = figures if year >= _FIRST_2019 else None
            if rng.random() >= _MISSING:
                form = _form(year, last_in_old_form)
                if has_own_table and form in {None, "2014"}:
                    facts = _published(rng, agency, year, None, figures)
                    yield from (replace(report, has_own_table=True) for report in facts)
                else:
                    yield from _published(rng, agency, year, form, figures)


def _draw_year(rng: random.Random, agency: DemoAgency, year: int, before: Figures | None) -> Figures:
    if year < _FIRST_STATISTICS:
        return {}
    if year < _FIRST_2019:
        return draw_statistics(rng, agency.size)
    return draw_figures(rng, agency.size, before)


def _added(sums: Figures | None, figures: Figures) -> Figures:
    if sums is None:
        return dict(figures)
    return {cell: total + figures[cell] for cell, total in sums.items()}


def _last_in_old_form(agency: DemoAgency, rng: random.Random) -> int:
    """Return the last year of the form of 2019; some townships and streets go on with it."""
    is_lagging = agency.kind in {"township", "subdistrict"} and rng.random() < _LAGGING_TOWNSHIPS
    return rng.choice((2021, 2022)) if is_lagging else _FIRST_2021 - 1


def _form(year: int, last_in_old_form: int) -> TemplateName | None:
    if year < _FIRST_STATISTICS:
        return None
    if year < _FIRST_2019:
        return "2014"
    return "2019" if year <= last_in_old_form else "2021"


def _published(
    rng: random.Random, agency: DemoAgency, year: int, template: TemplateName | None, figures: Figures
) -> Iterator[Facts]:
    """Yield the report as published, and the corrected version where its error was noticed."""
    published_on = _publication_day(rng, agency, year)
    prose = _draw_prose(rng, agency, template, figures)
    right = Facts(agency, year, template, figures, prose, None, published_on)
    if template is None or rng.random() >= _FAULTY + _CORRECTED:
        yield right
        return
    wrong, fault = plant_fault(rng, template, figures)
    # A misprint in a table leaves the prose right; requests that were carried over by mistake are counted in both
    told = prose | _repeated(template, wrong) if fault == "carry" else prose
    yield Facts(agency, year, template, wrong, told, fault, published_on)
    if rng.random() < _CORRECTED / (_FAULTY + _CORRECTED):
        later = published_on + dt.timedelta(days=rng.randint(3, 60))
        yield Facts(agency, year, template, figures, prose, None, later, version=2)


def _publication_day(rng: random.Random, agency: DemoAgency, year: int) -> dt.date:
    """Draw a day before the deadline (31 January, for governments 31 March), or up to 100 days after."""
    deadline = dt.date(year + 1, 3, 31) if agency.kind == "government" else dt.date(year + 1, 1, 31)
    if rng.random() < _LATE:
        return deadline + dt.timedelta(days=rng.randint(1, 100))
    return deadline - dt.timedelta(days=rng.randint(0, 25))


def _draw_prose(
    rng: random.Random, agency: DemoAgency, template: TemplateName | None, figures: Figures
) -> dict[str, int]:
    """Return the counts that the prose states, by measure; those of the tables are repeated from them."""
    disclosed = draw_count(rng, 40 + agency.size * 200)
    prose = {"disclosed_this_year": disclosed, "policy_interpretations": draw_count(rng, 3 + agency.size)}
    if template is None:
        return {**prose, "requests_received": draw_count(rng, agency.size)}
    if template == "2014":
        prose["disclosed_this_year"] = int(figures["statistics.disclosed_total.value"])
        prose["policy_interpretations"] = int(figures["statistics.policy_interpretations.value"])
        return {**prose, "requests_received": int(figures["statistics.requests_received.value"])}
    return prose | _repeated(template, figures)


def _repeated(template: TemplateName, figures: Figures) -> dict[str, int]:
    """Return the counts of table 三 that the prose repeats; the form of 2014 has none of them."""
    if template == "2014":
        return {}
    return {name: int(figures[f"applications.{row}.total"]) for name, row in _REPEATED_ROWS.items()}


def in_yuan(amount: Decimal) -> Decimal:
    """Return an amount in 万元 as one in 元, with two decimals as bills have."""
    return (amount * 10_000).quantize(Decimal("0.01"))
