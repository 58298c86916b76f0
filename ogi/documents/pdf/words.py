"""Characters to words: what stands side by side without a gap; duplicates that imitate bold print are dropped."""

from bisect import bisect_left
from collections.abc import Sequence

from ogi.documents.layout.model import Rule, Word
from ogi.documents.pdf.characters import BREAK, Character, plain

# In heights of the character: further apart is another word, further back is another place.
_GAP = 0.3
_OVERLAP = 0.6
_OFF_LINE = 0.4


def build_words(characters: Sequence[Character], rules: Sequence[Rule]) -> list[Word]:
    """Join characters into words, in the file's order; a ruling line between two characters parts them too."""
    words: list[Word] = []
    uprights = _Uprights(rules)
    run: list[Character] = []
    for character in characters:
        if character is BREAK:
            _flush(run, words)
        elif not run:
            run.append(character)
        elif _is_printed_twice(run[-1], character):
            continue
        else:
            if not _continues(run[-1], character) or uprights.part(run[-1], character):
                _flush(run, words)
            run.append(character)
    _flush(run, words)
    return _without_duplicates(words)


def _continues(before: Character, after: Character) -> bool:
    height = min(before[4] - before[2], after[4] - after[2])
    gap = after[1] - before[3]
    if gap > _GAP * height or gap < -_OVERLAP * height or after[1] <= before[1]:
        return False
    return abs((before[2] + before[4]) - (after[2] + after[4])) <= 2 * _OFF_LINE * height


def _is_printed_twice(before: Character, after: Character) -> bool:
    """Tell whether a character is the one before again, shifted a little to look bold."""
    if before[0] != after[0]:
        return False
    most = 0.35 * (before[3] - before[1])
    return abs(after[1] - before[1]) < most and abs(after[2] - before[2]) < most


def _flush(run: list[Character], words: list[Word]) -> None:
    if run:
        text = plain("".join([c[0] for c in run]))
        words.append(Word(text, run[0][1], min([c[2] for c in run]), run[-1][3], max([c[4] for c in run])))
        run.clear()


def _without_duplicates(words: list[Word]) -> list[Word]:
    """Drop a word that is printed over an equal one."""
    seen: dict[str, list[Word]] = {}
    kept = []
    for word in words:
        alike = seen.setdefault(word.text, [])
        most = 0.35 * (word.right - word.left) / max(1, len(word.text))
        if any(abs(w.left - word.left) < most and abs(w.top - word.top) < most for w in alike):
            continue
        alike.append(word)
        kept.append(word)
    return kept


class _Uprights:
    """The vertical rules of a page, sorted, to ask whether one stands between two characters."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        lines = sorted(
            ((r.left + r.right) / 2, r.top, r.bottom) for r in rules if r.bottom - r.top > r.right - r.left
        )
        self._xs = [x for x, _, _ in lines]
        self._lines = lines

    def part(self, before: Character, after: Character) -> bool:
        left, right = (before[1] + before[3]) / 2, (after[1] + after[3]) / 2
        index = bisect_left(self._xs, left)
        middle = (after[2] + after[4]) / 2
        while index < len(self._xs) and self._xs[index] < right:
            _, top, bottom = self._lines[index]
            if top <= middle <= bottom:
                return True
            index += 1
        return False
