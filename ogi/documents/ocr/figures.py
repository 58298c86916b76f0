"""When a reading of a figure is sure: several looks at it agree. What is not sure is marked, and so is no number."""

import re
import unicodedata
from collections.abc import Sequence

from ogi.documents.ocr.engine import Reading

UNSURE = "?"
# Certainties, chosen on scans whose content is known: with these no agreed figure was wrong.
_SURE, _LIKELY, _POSSIBLE = 0.8, 0.6, 0.5
_ENOUGH, _TIMES = 1.5, 3
MOST_LOOKS = 4
_UNITS = "万亿元件条项个次篇人份宗"
_IDEOGRAPH = re.compile(rf"(?![{_UNITS}一])[\u3400-\u9fff]")
# A table's figures have no letters: these are how the recogniser sees a zero.
_ZEROS = str.maketrans("Oo○〇", "0000")
_DASH = re.compile(r"^[一\-_—–]+$")
_NUMBER = re.compile(r"\d[\d,.]*")
_FIGURE = re.compile(r"^[\d/\-+].*")
_ORDINAL = re.compile(r"^\d{1,2}[.、．]")


def is_label(text: str) -> bool:
    """Tell whether a text is more than a figure, its unit, and a dash that looks like 一."""
    has_digit = any(c.isdigit() for c in text)
    return bool(_IDEOGRAPH.search(text)) or (not has_digit and any(unit in text for unit in _UNITS))


def settle(readings: Sequence[Reading]) -> str | None:
    """Return the figure that the looks at it agree on, or None where they do not.

    Two looks that agree, one of them sure, are enough. After all looks the certainties of those that read the same are
    added up; a look that saw no figure counts for none.
    """
    weights: dict[str, float] = {}
    for reading in readings:
        text = _plain(reading.text)
        if _FIGURE.match(text):
            weights[text] = weights.get(text, 0.0) + reading.certainty
    if not weights:
        return None
    best, *others = sorted(weights, key=lambda text: -weights[text])
    certainties = [r.certainty for r in readings]
    all_agree = len(readings) > 1 and all(_plain(r.text) == best for r in readings)
    if all_agree and max(certainties) >= _SURE and min(certainties) >= _POSSIBLE:
        return best
    is_last_look = len(readings) == MOST_LOOKS
    if is_last_look and weights[best] >= max([_ENOUGH, *(_TIMES * weights[o] for o in others)]):
        return best
    return None


def mark_unsure_numbers(reading: Reading) -> str:
    """Return the text of a line with a mark after each number that has a digit which is not likely."""
    marked, end = [], 0
    ordinal = _ORDINAL.match(reading.text)
    for number in _NUMBER.finditer(reading.text, ordinal.end() if ordinal else 0):
        marked.append(reading.text[end : number.end()])
        end = number.end()
        if min(reading.certainties[number.start() : end]) < _LIKELY:
            marked.append(UNSURE)
    return "".join([*marked, reading.text[end:]])


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "").translate(_ZEROS)
    return "-" if _DASH.match(plain) else plain
