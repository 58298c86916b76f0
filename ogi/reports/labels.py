"""Labels as printed against labels of the form: normalised, misprints tolerated."""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

# The ordinal before a label: 一、 （三） (1) 2. ③ — after NFKC, which turns （ into ( and ③ into 3.
_ORDINAL = re.compile(r"^\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)[、.,:]?|[、.,:](?!\d))")
_NOTE = re.compile(r"\([^()]*\)")
_NOT_WORDS = re.compile(r"[\W_]")
# One misprinted, lost or added character in three; shorter labels differ by single characters from each other.
_MOST_ERRORS = 1 / 3
_SHORTEST_FUZZY = 5


def squeeze(text: str) -> str:
    """Return the text in its compatibility form (NFKC) without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def ordinal(text: str) -> str | None:
    """Return the ordinal that a label begins with (`一、`, `(三)`, `2.`), or None."""
    match = _ORDINAL.match(squeeze(text))
    return match.group() if match else None


def without_notes(squeezed: str) -> str:
    """Return a squeezed text without its notes in brackets."""
    return _NOTE.sub("", squeezed)


def normalise(text: str) -> str:
    """Return what identifies a label: no white space, ordinal, note in brackets or punctuation."""
    plain = _ORDINAL.sub("", squeeze(text))
    return _NOT_WORDS.sub("", without_notes(plain) or plain)


def find_label(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the code of the label that a text is, or None.

    Args:
        text: a cell's text as printed.
        labels: normalised label -> code.

    An exact match wins; else the one label within a third of its length in edits, if there is exactly one such and
    the text is long enough for that to mean something.
    """
    key = normalise(text)
    if not key:
        return None
    if key in labels:
        return labels[key]
    if len(key) < _SHORTEST_FUZZY:
        return None
    near: set[str] = set()
    for label, code in labels.items():
        most = int(max(len(label), len(key)) * _MOST_ERRORS)
        if len(label) >= _SHORTEST_FUZZY and Levenshtein.distance(key, label, score_cutoff=most) <= most:
            near.add(code)
    return near.pop() if len(near) == 1 else None
