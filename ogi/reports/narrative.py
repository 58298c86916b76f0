"""The counts that the prose states, each with the words around it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from ogi.documents.model import Document, Text
from ogi.reports.labels import squeeze
from ogi.reports.model import NarrativeCount, Place
from ogi.reports.narrative_patterns import PATTERNS, Pattern

_LONGEST_QUOTE = 60
_SHORTEST_CUT_LINE = 20
# A number before anything that is counted, or words that say there was none
_MAY_COUNT = re.compile(r"\d(?:余|多)?[条件项篇次个份宗起期类元万卷%]|[未没无].{0,30}申请")
_STARTS_ANEW = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")


def read_narrative(document: Document) -> list[NarrativeCount]:
    """Find the counts in a document's prose, in printed order; what the words say is kept, nothing is added up."""
    found: dict[tuple[int, int, str], NarrativeCount] = {}
    for order, passage in enumerate(_passages(document)):
        if not _MAY_COUNT.search(passage.plain):
            continue
        for pattern in PATTERNS:
            if not passage.holds_one_of(pattern.words):
                continue
            for match in pattern.pattern.finditer(passage.plain):
                if pattern.is_about_requests and not passage.speaks_of_requests(match):
                    continue
                key = (order, match.start("value"), pattern.measure)
                found.setdefault(key, passage.count(pattern, match))
    return [found[key] for key in sorted(found)]


class _Passage:
    """A paragraph put together again where a page end cut it, without white space and in compatibility form."""

    def __init__(self, blocks: Sequence[Text]) -> None:
        self._blocks = blocks
        self.plain = "".join(squeeze(block.text) for block in blocks)

    @cached_property
    def _printed(self) -> list[tuple[Text, int]]:
        """For each character of the squeezed text the block and the index where it was printed."""
        return [place for block in self._blocks for place in _places(block)]

    def holds_one_of(self, words: Sequence[str]) -> bool:
        """Tell whether one of these words stands in the passage."""
        plain = self.plain
        for word in words:  # noqa: SIM110 - any() with a generator takes three times as long
            if word in plain:
                return True
        return False

    def speaks_of_requests(self, match: re.Match[str]) -> bool:
        """Tell whether the sentence up to the match, or right after it, names requests."""
        start = self.plain.rfind("。", 0, match.start()) + 1
        return "申请" in self.plain[start : match.end() + len("的申请")]

    def count(self, pattern: Pattern, match: re.Match[str]) -> NarrativeCount:
        """Make the count that a pattern found."""
        groups = match.groupdict()
        block, _ = self._printed[match.start("value")]
        return NarrativeCount(
            measure=pattern.measure,
            value=Decimal(0) if pattern.zero else Decimal(match["value"].replace(",", "")),
            unit=groups.get("unit"),
            quote=self._quote(match),
            where=Place(page=block.page, line=block.line),
            label=groups.get("label"),
        )

    def _quote(self, match: re.Match[str]) -> str:
        """Return the printed words of the match with the rest of their clause."""
        start, end = match.span()
        earliest = max(0, end - _LONGEST_QUOTE)
        while start > earliest and self.plain[start - 1] not in "。;!?,":
            start -= 1
        # One printed character (㎡, …) may have become several
        return "".join(block.text[index] for block, index in dict.fromkeys(self._printed[start:end]))


def _places(block: Text) -> Iterator[tuple[Text, int]]:
    text = block.text
    visible = [index for index, character in enumerate(text) if not character.isspace()]
    if len(visible) == len(squeeze(text)):
        return ((block, index) for index in visible)
    return ((block, index) for index in visible for _ in squeeze(text[index]))


def _passages(document: Document) -> Iterator[_Passage]:
    """Join the paragraphs that a page end cut: the first ends without a full stop, the second starts mid-sentence."""
    open_blocks: list[Text] = []
    for block in document.blocks:
        if not isinstance(block, Text):
            continue
        if open_blocks and not _continues(open_blocks[-1], block):
            yield _Passage(open_blocks)
            open_blocks = []
        open_blocks.append(block)
    if open_blocks:
        yield _Passage(open_blocks)


def _continues(first: Text, second: Text) -> bool:
    if first.is_heading or second.is_heading:
        return False
    ended = first.text.rstrip()[-1:] in "。;!?:)；！？：）"
    return not ended and len(first.text) > _SHORTEST_CUT_LINE and not _STARTS_ANEW.match(squeeze(second.text))
