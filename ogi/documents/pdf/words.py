"""Characters to words: what stands side by side without a gap; duplicates that imitate bold print are dropped."""

from bisect import bisect_left
from collections.abc import Sequence

from ogi.documents.layout.model import Rule, Word
from ogi.documents.pdf.characters import BREAK, Character, plain

# In heights of the character: further apart is another word, further back is another place.
_GAP = 0.3
_OVERLAP = 0.6
_OFF_LINE = 0.4
# The number of a note is set smaller, and stands above the line, in heights of the figure before it.
_RAISED_SIZE, _RAISED = 0.75, 0.15
# In widths of the character: an equal one this near is the same, printed again.
_PRINTED_OVER = 0.35


def build_words(characters: Sequence[Character], rules: Sequence[Rule]) -> list[Word]:
    """Join characters into words, in the file's order; a ruling line between two characters parts them too."""
    words: list[Word] = []
    uprights = _Uprights(rules)
    run: list[Character] = []
    last = BREAK
    barrier = 0.0
    is_note = False
    for character in characters:
        if character is BREAK:
            if run:
                words.append(_word(run, is_note=is_note))
                last, run = run[-1], []
            continue
        if run:
            last = run[-1]
            if _is_printed_twice(last, character):
                continue
        is_raised = _is_raised(last, character)
        if run:
            if not is_raised and _continues(last, character) and character[1] + character[3] < 2 * barrier:
                run.append(character)
                continue
            words.append(_word(run, is_note=is_note))
        run, is_note = [character], is_raised
        barrier = uprights.next_right_of(character)
    if run:
        words.append(_word(run, is_note=is_note))
    return _without_duplicates(words)


def _continues(before: Character, after: Character) -> bool:
    _, left, top, right, bottom = before
    _, next_left, next_top, _, next_bottom = after
    height = min(bottom - top, next_bottom - next_top)
    if not -_OVERLAP * height <= next_left - right <= _GAP * height or next_left <= left:
        return False
    return abs(top + bottom - next_top - next_bottom) <= 2 * _OFF_LINE * height


def _is_raised(before: Character, after: Character) -> bool:
    """Tell whether a digit is the number of a note at the figure before it: smaller, and above its line."""
    if not (after[0].isdigit() and before[0].isdigit()):
        return False
    height = before[4] - before[2]
    is_small = after[4] - after[2] < _RAISED_SIZE * height
    return is_small and before[4] - after[4] > _RAISED * height and -height < after[1] - before[3] < height


def _is_printed_twice(before: Character, after: Character) -> bool:
    """Tell whether a character is the one before again, shifted a little to look bold."""
    if before[0] != after[0]:
        return False
    most = _PRINTED_OVER * (before[3] - before[1])
    return abs(after[1] - before[1]) < most and abs(after[2] - before[2]) < most


def _word(run: Sequence[Character], *, is_note: bool) -> Word:
    """Make a word of its characters; the number of a note goes in brackets, as plain text writes it."""
    if is_note:
        text, left, top, right, bottom = run[0]
        run = [("（" + text, left, top, right, bottom), *run[1:], ("）", run[-1][3], top, run[-1][3], bottom)]
    if len(run) == 1:
        text, left, top, right, bottom = run[0]
        return Word(plain(text), left, top, right, bottom)
    texts, _, tops, _, bottoms = zip(*run, strict=True)
    return Word(plain("".join(texts)), run[0][1], min(tops), run[-1][3], max(bottoms))


def _without_duplicates(words: list[Word]) -> list[Word]:
    """Drop a word that is printed over an equal one."""
    seen: dict[str, list[Word]] = {}
    kept = []
    for word in words:
        alike = seen.setdefault(word.text, [])
        most = _PRINTED_OVER * (word.right - word.left) / len(word.text)
        if any(abs(w.left - word.left) < most and abs(w.top - word.top) < most for w in alike):
            continue
        alike.append(word)
        kept.append(word)
    return kept


class _Uprights:
    """The vertical rules of a page, sorted, to ask which is the next beside a character."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._lines = sorted(
            ((r.left + r.right) / 2, r.top, r.bottom) for r in rules if r.bottom - r.top > r.right - r.left
        )
        self._xs = [x for x, _, _ in self._lines]

    def next_right_of(self, character: Character) -> float:
        """Return the x of the first rule right of a character's middle, at its height."""
        _, left, top, right, bottom = character
        middle = (top + bottom) / 2
        for x, start, end in self._lines[bisect_left(self._xs, (left + right) / 2) :]:
            if start <= middle <= end:
                return x
        return float("inf")
