"""Figures of the forms of 2019 and 2021 for one agency and year, in which every identity holds.

Both forms are drawn together, so that the figures of a district add up whichever form an office still prints.
"""

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from ogi.project import read_seed

Figures = dict[str, Decimal]

APPLICANTS = ("natural_person", "business", "research", "social_org", "legal_service", "other_org")
_APPLICANT_SHARES = (78, 9, 1, 2, 7, 3)
_REVIEW_RESULTS = ("upheld", "corrected", "other", "pending")
_REVIEW_SHARES = (70, 10, 15, 5)
_ITEM_ROWS = ("licensing", "other_services", "penalties", "coercion", "fees")
_ZERO = Decimal(0)


@cache
def outcome_rows() -> tuple[str, ...]:
    """Return the rows of table 三 that sum to total_processed, in the order of the form of 2021."""
    totals = ("total_processed", "other_processing")
    return tuple(
        dict.fromkeys(
            row["row_code"]
            for row in read_seed("template_cells")
            if row["template"] == "2021"
            and row["row_label"].startswith("三、本年度办理结果")
            and row["row_code"] not in totals
        )
    )


@cache
def _blank_form() -> dict[str, Decimal]:
    """Return every cell of the forms of 2019 and 2021 with 0."""
    rows = read_seed("template_cells")
    return {row["cell"]: _ZERO for row in rows if row["template"] in {"2019", "2021"}}


def draw_figures(rng: random.Random, size: float, before: Mapping[str, Decimal] | None) -> Figures:
    """Draw one year's figures.

    Args:
        rng: the corpus's source of chance.
        size: about how many requests a year; most small offices have none.
        before: the same agency's figures of the year before, which this year's stocks and backlog follow.
    """
    figures = dict(_blank_form())
    _draw_applications(figures, rng, size, before)
    _draw_reviews(figures, rng, size)
    _draw_documents(figures, rng, size, before)
    _draw_items(figures, rng, size, before)
    return figures


def draw_count(rng: random.Random, mean: float) -> int:
    """Draw a count of about `mean`: often 0 where that is small, now and then many times as much."""
    return int(mean * rng.lognormvariate(0, 0.9) + rng.random() * min(mean, 1))


def _draw_applications(
    figures: Figures, rng: random.Random, size: float, before: Mapping[str, Decimal] | None
) -> None:
    new = draw_count(rng, size * 6)
    received = dict.fromkeys(APPLICANTS, 0)
    for applicant in rng.choices(APPLICANTS, _APPLICANT_SHARES, k=new):
        received[applicant] += 1
    for applicant, count in received.items():
        over = int(before[f"applications.carried_forward.{applicant}"]) if before else 0
        if not count + over:
            continue
        forward = int((count + over) * rng.random() * 0.2)
        done = count + over - forward
        counts = {"new_requests": count, "carried_over": over, "carried_forward": forward}
        counts["total_processed"] = done
        for row in rng.choices(outcome_rows(), _outcome_shares(), k=done):
            counts[row] = counts.get(row, 0) + 1
        counts["other_processing"] = sum(n for row, n in counts.items() if row.startswith("other_"))
        for row, n in counts.items():
            figures[f"applications.{row}.{applicant}"] += n
            figures[f"applications.{row}.total"] += n


@cache
def _outcome_shares() -> tuple[int, ...]:
    """Return how often each outcome happens: half is granted, half of the rest not held."""
    shares = {"granted": 50, "partly_granted": 8, "unavailable_not_held": 18, "unprocessed_petition": 5}
    return tuple(shares.get(row, 1) for row in outcome_rows())


def _draw_reviews(figures: Figures, rng: random.Random, size: float) -> None:
    for channel in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        cases = draw_count(rng, size * 0.15)
        for result in rng.choices(_REVIEW_RESULTS, _REVIEW_SHARES, k=cases):
            figures[f"reviews.{channel}.{result}"] += 1
        figures[f"reviews.{channel}.total"] += cases


def _draw_documents(
    figures: Figures, rng: random.Random, size: float, before: Mapping[str, Decimal] | None
) -> None:
    for row, mean in (("regulations", size * 0.01), ("normative_documents", size * 0.8)):
        name = f"proactive.{row}."
        stock = int(before[name + "in_force"]) if before else draw_count(rng, mean * 6)
        issued = draw_count(rng, mean)
        repealed = min(stock, draw_count(rng, mean * 0.5))
        figures[name + "issued"] = figures[name + "made"] = Decimal(issued)
        figures[name + "newly_disclosed"] = Decimal(issued)
        figures[name + "repealed"] = Decimal(repealed)
        figures[name + "in_force"] = Decimal(stock + issued - repealed)
        figures[name + "total_disclosed"] = Decimal(stock + issued)


def _draw_items(
    figures: Figures, rng: random.Random, size: float, before: Mapping[str, Decimal] | None
) -> None:
    for row in _ITEM_ROWS:
        name = f"proactive.{row}."
        if before:
            items = int(before[name + "prior_year_items"] + before[name + "change"])
        else:
            items = draw_count(rng, size * 4)
        figures[name + "prior_year_items"] = Decimal(items)
        figures[name + "change"] = Decimal(max(-items, rng.choice((0, 0, 0, 1, 2, -1, -3, 19))))
        if row != "fees":
            figures[name + "decisions"] = Decimal(draw_count(rng, size * 90))
    figures["proactive.fees.amount"] = draw_money(rng, size * 20)
    figures["proactive.procurement.items"] = Decimal(draw_count(rng, size * 12))
    if figures["proactive.procurement.items"]:
        figures["proactive.procurement.amount"] = draw_money(rng, size * 400) + Decimal("0.5")


def draw_money(rng: random.Random, mean: float) -> Decimal:
    """Draw an amount in 万元 with up to six decimals, written as an office would write it."""
    decimals = rng.choice((0, 1, 2, 2, 4, 6))
    units = draw_count(rng, mean * 10**decimals)
    return Decimal(units).scaleb(-decimals) if units else _ZERO
