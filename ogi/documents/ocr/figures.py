"""When a reading of a figure is sure: several looks at it agree. What is not sure is marked, and so is no number."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from ogi.documents.ocr.engine import Reading

UNSURE = "?"
# Certainties, chosen on scans whose content is known: with these no agreed figure was wrong.
_SURE, _LIKELY, _POSSIBLE = 0.8, 0.6, 0.5
MOST_LOOKS = 4
_UNITS = "万亿元件条项个次篇人份宗"
_IDEOGRAPH = re.compile(rf"(?![{_UNITS}一])[\u3400-\u9fff]")
# A table's figures have no letters: these are how the recogniser sees a zero.
_ZEROS = str.maketrans("Oo○〇", "0000")
_DASH = re.compile(r"^[一\-_—–]+$")
_NUMBER = re.compile(r"\d[\d,.]*")
_ORDINAL = re.compile(r"^\d{1,2}[.、．]")


def is_label(text: str) -> bool:
    """Tell whether a text is more than a figure: it has ideographs that are no units, and is no lone character."""
    return len(text) > 1 and bool(_IDEOGRAPH.search(text))


def settle(readings: Sequence[Reading]) -> str | None:
    """Return the figure that the looks at it agree on, or None where they do not.

    Two looks that agree, one of them sure, are enough; else three of four, with none that likely differs.
    """
    texts = [_plain(r.text) for r in readings]
    text, votes = Counter(texts).most_common(1)[0]
    if not text:
        return None
    agreeing = [r.certainty for r, t in zip(readings, texts, strict=True) if t == text]
    differing = [r.certainty for r, t in zip(readings, texts, strict=True) if t != text]
    if not differing and max(agreeing) >= _SURE and min(agreeing) >= _POSSIBLE:
        return text
    is_voted = len(readings) >= MOST_LOOKS and votes >= MOST_LOOKS - 1
    if is_voted and sum(agreeing) / votes >= _LIKELY and max(differing, default=0.0) < _POSSIBLE:
        return text
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
