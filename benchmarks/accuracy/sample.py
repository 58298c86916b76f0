"""The documents that are measured: every format in every layout family that it can show, over many districts."""

import random
from collections import deque
from collections.abc import Iterator
from itertools import islice

from ogi.demo.corpus import MadeDocument, make_document
from ogi.demo.histories import all_reports
from ogi.demo.layouts import MIXED, depart, layouts

DIGITAL = ("html", "docx", "markdown", "text", "pdf")
SCANS = ("png", "jpeg", "scanned_pdf")
# One report in so many, for a sample over many districts
_EVERY = 13
# The mixed family is the nearest to what comes in, so it comes up more often
_TIMES_MIXED = 4
_TEMPLATES = (None, "2014", "2019", "2021")


def sample(reports: int, scans: int, seed: int, formats: tuple[str, ...]) -> Iterator[MadeDocument]:
    """Yield `reports` documents, `scans` of them as pictures, each format's families by turns.

    Args:
        reports: how many in all.
        scans: how many of them are scanned; reading one takes a minute.
        seed: of the corpus.
        formats: which of `DIGITAL` and `SCANS`.
    """
    digital = tuple(name for name in formats if name in DIGITAL)
    pictures = tuple(name for name in formats if name in SCANS)
    if pictures:
        yield from _turns(scans, f"{seed}/scans", pictures)
    if digital:
        yield from _turns(reports - (scans if pictures else 0), f"{seed}/digital", digital)


def _turns(count: int, seed: str, formats: tuple[str, ...]) -> Iterator[MadeDocument]:
    rng = random.Random(seed)
    families = {
        (name, layout) for name in formats for template in _TEMPLATES for layout in layouts(name, template)
    }
    turns = [turn for turn in families for _ in range(_TIMES_MIXED if turn[1].name == MIXED else 1)]
    waiting = deque(rng.sample(sorted(turns, key=lambda turn: (turn[0], turn[1].name)), len(turns)))
    reports = islice(all_reports(seed), 0, None, _EVERY)
    for index, facts in enumerate(islice(reports, count)):
        document_format, layout = next(
            turn for turn in waiting if turn[1] in layouts(turn[0], facts.template)
        )
        waiting.remove((document_format, layout))
        waiting.append((document_format, layout))
        own = random.Random(f"{seed}#{index}")
        yield make_document(own, facts, depart(own, layout), document_format, index)
