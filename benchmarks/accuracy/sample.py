"""The documents that are measured: every format in every layout family that it can show, over many districts."""

import random
from collections import deque
from collections.abc import Iterator
from itertools import cycle, islice

from ogi.demo.corpus import MadeDocument, make_distractor, make_document
from ogi.demo.distractors import KINDS
from ogi.demo.histories import Facts, all_reports
from ogi.demo.layouts import MIXED, Layout, depart, layouts
from ogi.reports.model import TemplateName

DIGITAL = ("html", "docx", "markdown", "text", "pdf")
SCANS = ("png", "jpeg", "scanned_pdf")
# One report in so many, for a sample over many districts; of those with a planted error more
_EVERY, _EVERY_FAULTY = 13, 3
# The newest form, and the mixed family, are the nearest to what comes in: they come up more often
_TIMES_NEWEST, _TIMES_MIXED = 2, 4
_TEMPLATES: tuple[TemplateName | None, ...] = (None, "2014", "2019", "2021")


def sample(reports: int, scans: int, seed: int, formats: tuple[str, ...]) -> Iterator[MadeDocument]:
    """Yield `reports` documents, `scans` of them as pictures, every family of every form and format by turns.

    Args:
        reports: how many documents in all, those that are no report included.
        scans: how many of them are scanned; reading one takes a minute.
        seed: of the corpus.
        formats: which of `DIGITAL` and `SCANS`.
    """
    digital = tuple(name for name in formats if name in DIGITAL)
    pictures = tuple(name for name in formats if name in SCANS)
    if pictures:
        yield from islice(_by_turns(f"{seed}/scans", pictures), scans)
    if digital:
        count = reports - (scans if pictures else 0) - len(digital) * len(KINDS)
        yield from islice(_by_turns(f"{seed}/digital", digital), max(count, 0))
        yield from _distractors(f"{seed}/none", digital)


def _by_turns(seed: str, formats: tuple[str, ...]) -> Iterator[MadeDocument]:
    rng = random.Random(seed)
    turns = [
        (name, template, layout)
        for name in formats
        for template in _TEMPLATES
        if template is not None or name in DIGITAL
        for layout in layouts(name, template)
        for _ in range(_times(template, layout))
    ]
    reports = _reports(seed)
    waiting: dict[TemplateName | None, deque[Facts]] = {template: deque() for template in _TEMPLATES}
    for index, (name, template, layout) in enumerate(cycle(rng.sample(turns, len(turns)))):
        while not waiting[template]:
            facts = next(reports)
            waiting[facts.template].append(facts)
        own = random.Random(f"{seed}#{index}")
        yield make_document(own, waiting[template].popleft(), depart(own, layout, name), name, index)


def _distractors(seed: str, formats: tuple[str, ...]) -> Iterator[MadeDocument]:
    """Yield documents that are no report, each kind in each format."""
    rng = random.Random(seed)
    reports = _reports(seed)
    for name in formats:
        for kind in KINDS:
            yield make_distractor(rng, next(reports), kind, name)


def _reports(seed: str) -> Iterator[Facts]:
    """Yield reports of many districts, one in six with a planted error."""
    for index, facts in enumerate(all_reports(seed)):
        if index % (_EVERY_FAULTY if facts.fault else _EVERY) == 0:
            yield facts


def _times(template: TemplateName | None, layout: Layout) -> int:
    if layout.name == MIXED:
        return _TIMES_MIXED
    return _TIMES_NEWEST if template == "2021" else 1
