"""A line's words to segments: what the page sets apart on one line, and which of them look like values."""

import re
from dataclasses import dataclass

from ogi.documents.layout.lines import line_text
from ogi.documents.layout.model import Word
from ogi.documents.layout.table import Line

# In type sizes: a gap this wide parts two texts, a text from a value, two values.
_TEXT_GAP, _VALUE_GAP = 1.0, 0.6
# A text spread over its cell: so many characters at least, with gaps this even.
_FEWEST_SPREAD = 3
_EVEN = 1.6
# In widths of a character: how far apart two may be.
_WIDEST_PAIR = 3.0
_NUMBER = re.compile(r"^\d{1,2}[.、．]$")
_VALUE = re.compile(
    r"^(?:[+\-−－]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?(?:万元|亿元|元|件|条|项|个|次|篇|人|份|宗)?(?:[（(].*[）)])?"
    r"|[/／\\]|[-－—–―]{1,3}|无|不涉及|不适用)$"
)


@dataclass(slots=True)
class Segment:
    """Words of one line that belong together."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words with spaces where they are apart."""
        return line_text(self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def centre(self) -> float:
        """The middle between both."""
        return (self.left + self.right) / 2

    @property
    def is_value(self) -> bool:
        """Whether it is a figure or a mark for 'not applicable'."""
        return bool(_VALUE.match(self.text.replace(" ", "")))


def split_line(line: Line) -> list[Segment]:
    """Split a line where its words are far apart, and between figures wherever they are apart at all."""
    size = line.height
    segments = [Segment([line.words[0]])]
    for word in line.words[1:]:
        before = segments[-1]
        gap = word.left - before.right
        values = Segment([before.words[-1]]).is_value + Segment([word]).is_value
        most = (_TEXT_GAP, _VALUE_GAP, 0.0)[values] * size
        if gap > most:
            segments.append(Segment([word]))
        else:
            before.words.append(word)
    return _join_spread_text(segments)


def _join_spread_text(segments: list[Segment]) -> list[Segment]:
    """Join single characters set apart evenly: a text spread over the width of its cell."""
    joined: list[Segment] = []
    index = 0
    while index < len(segments):
        end = _spread_end(segments, index)
        if end - index >= _FEWEST_SPREAD or _is_spread_pair(segments[index:end]):
            joined.append(Segment([word for segment in segments[index:end] for word in segment.words]))
            index = end
        else:
            joined.append(segments[index])
            index += 1
    return joined


def _spread_end(segments: list[Segment], start: int) -> int:
    """Return one past the run of single characters with even gaps that begins here."""
    end = start
    gaps: list[float] = []
    while end < len(segments) and _is_spread_part(segments[end].text, end == start):
        if end > start:
            gaps.append(segments[end].left - segments[end - 1].right)
            if max(gaps) > _EVEN * min(gaps):
                break
        end += 1
    run = segments[start:end]
    return start if all(segment.is_value for segment in run) else end


def _is_spread_pair(run: list[Segment]) -> bool:
    """Tell whether a run is two characters of one short word (`万　元`), not a number and not two marks."""
    if len(run) != 2 or any(s.is_value or len(s.text) > 1 for s in run):  # noqa: PLR2004 - a pair
        return False
    first, second = run
    return second.left - first.right <= _WIDEST_PAIR * (first.right - first.left)


def _is_spread_part(text: str, is_first: bool) -> bool:
    """Tell whether a text is one character, or the number that a spread text may begin with (`2.`)."""
    return (len(text) == 1 and not text.isdigit() and text not in "/／-－—") or (
        is_first and bool(_NUMBER.match(text))
    )


def is_value_line(segments: list[Segment]) -> bool:
    """Tell whether a line holds values as a row of a table does: after a label, or several."""
    values = sum(segment.is_value for segment in segments)
    return values > 1 or (values == 1 and len(segments) > 1 and not segments[0].is_value)
