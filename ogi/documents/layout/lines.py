"""Words to lines, and lines to text."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ogi.documents.layout.model import Word
from ogi.documents.layout.table import Line

# In heights of a word: further apart in height is another line; a wider gap between words is a space.
_SAME_LINE = 0.5
_SPACE = 0.15
_TALL = 2.5
_VERTICAL_LABEL_LINES = 2


def to_lines(words: Iterable[Word]) -> list[Line]:
    """Group words into lines from top to bottom, each from left to right."""
    lines: list[Line] = []
    middle = 0.0
    for word in sorted(words, key=_middle):
        at, height = _middle(word), word.bottom - word.top
        if lines and at - middle <= _SAME_LINE * min(
            height, lines[-1].words[0].bottom - lines[-1].words[0].top
        ):
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
            middle = at
    for line in lines:
        line.words.sort(key=lambda w: w.left)
    return lines


def line_text(words: Sequence[Word]) -> str:
    """Return the text of one line; a space stands where the words are apart."""
    parts = [words[0].text]
    for before, after in pairwise(words):
        if after.left - before.right > _SPACE * (after.bottom - after.top):
            parts.append(" ")
        parts.append(after.text)
    return "".join(parts)


def cell_text(words: Sequence[Word]) -> str:
    """Return the text of a cell, its lines separated by line breaks; a vertical label reads as one line."""
    if not words:
        return ""
    if len(words) == 1:
        return words[0].text
    lines = to_lines(words)
    texts = [line_text(line.words) for line in lines]
    if is_vertical(lines):
        return "".join(text.replace(" ", "") for text in texts)
    return "\n".join(texts)


def is_vertical(lines: Sequence[Line]) -> bool:
    """Tell whether lines are a label printed downwards, one character a line (and its comma or bracket)."""
    if len(lines) < _VERTICAL_LABEL_LINES:
        return False
    return all(
        len(line.words) == 1 and len(line.words[0].text.strip("、.．（）()")) <= 1 for line in lines
    ) and not any(line.words[0].text.isdigit() for line in lines)


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2
