"""Figures of the statistics form of 2014 for one agency and year, in which every sum holds."""

import random
from decimal import Decimal
from functools import cache

from ogi.demo.figures import Figures, draw_count, draw_money
from ogi.identities.model import identities
from ogi.project import read_seed

# About how many of each, for an office of size 1; whatever is not named here is rare
_MEANS = {
    "disclosed_total": 150,
    "channel_website": 120,
    "channel_weibo": 20,
    "channel_wechat": 20,
    "requests_online": 4,
    "requests_letter": 1,
    "closed_on_time": 4,
    "reply_granted": 3,
    "reply_already_public": 1,
    "staff_part_time": 3,
    "trainees": 40,
    "press_conferences": 1,
    "online_interviews": 1,
    "policy_interpretations": 5,
}


@cache
def _cells() -> tuple[tuple[str, str, str], ...]:
    rows = (row for row in read_seed("template_cells") if row["template"] == "2014")
    return tuple((row["cell"], row["row_code"], row["kind"]) for row in rows)


def draw_statistics(rng: random.Random, size: float) -> Figures:
    """Draw one year's figures; the sums and ceilings are the identities of the seed."""
    figures: Figures = {}
    for cell, code, kind in _cells():
        if kind == "money":
            figures[cell] = draw_money(rng, size)
        else:
            figures[cell] = Decimal(draw_count(rng, size * _MEANS.get(code, 0.3)))
    # Parts before their wholes: refusals are a kind of reply
    for identity in reversed(identities("2014").values()):
        if identity.identity_class != "within":
            continue
        left = next(term.cell for term in identity.variants[""] if term.side == "left")
        right = [figures[term.cell] for term in identity.variants[""] if term.side == "right"]
        total = sum(right, Decimal(0))
        figures[left] = min(figures[left], total) if identity.relation == "le" else total
    return figures
