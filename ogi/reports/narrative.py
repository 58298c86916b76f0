"""The counts that the prose states, each with the words around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ogi.documents.model import Document, Text
from ogi.reports.labels import squeeze
from ogi.reports.model import NarrativeCount, Place

_N = r"(?P<value>\d[\d,]*(?:\.\d+)?)"
_U = r"(?P<unit>条|件|项|篇|次|个|份|宗|类)"
_LONGEST_QUOTE = 60
_SHORTEST_CUT_LINE = 20
_STARTS_ANEW = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、])")


@dataclass(frozen=True, slots=True)
class _Pattern:
    """One way to state a measure; a `label` group in the pattern says which one of several of its kind."""

    measure: str
    pattern: re.Pattern[str]


def _p(measure: str, pattern: str) -> _Pattern:
    return _Pattern(measure, re.compile(pattern))


# 国办公开办函〔2021〕30号 asks for these in section 一; the wordings are those of published reports.
_PATTERNS = (
    _p("disclosed_cumulative", rf"历年累计(?:主动)?公开(?:各类)?(?:政府)?信息(?:总数)?(?:达|共|为)?{_N}{_U}"),
    _p(
        "disclosed_this_year",
        rf"(?<!累计)主动(?:在门户网站)?公开(?!.{{0,4}}目录)[^,。;\d]{{0,12}}?(?:政府)?信息(?:总数)?(?:共|达|为|共计)?{_N}(?P<unit>条|件|项)",
    ),
    _p("disclosed_category", rf"(?P<label>[一-鿿()]{{2,12}}?类信息){_N}(?P<unit>条)"),
    _p("disclosed_category_share", rf"(?P<label>[一-鿿()]{{2,12}}?类信息)\d+条,占(?:比)?{_N}(?P<unit>%)"),
    _p(
        "policy_interpretations",
        rf"(?:发布|公开|制作)(?:各类)?政策(?:文件)?解读(?:信息|材料|稿件)?(?:共)?{_N}(?P<unit>条|篇|件|份|次)",
    ),
    _p(
        "normative_documents_issued",
        rf"(?:制发|制定|出台|印发)(?:行政)?规范性文件(?:共)?{_N}(?P<unit>件|份|个)",
    ),
    _p(
        "requests_received",
        rf"(?:受理|收到|新收)(?:各类)?(?:政府)?(?:信息)?(?:依申请)?(?:公开)?(?:政府)?(?:信息)?(?:的)?(?:申请)?(?:共|共计|为|总数)?{_N}(?P<unit>条|件|宗)(?:申请)?",
    ),
    _p("requests_received_online", rf"网络平台(?:受理|申请|收到){_N}(?P<unit>条|件)"),
    _p("requests_carried_over", rf"上年(?:度)?结转[^,。;\d]{{0,12}}{_N}(?P<unit>件|条)"),
    _p("requests_answered", rf"已答复(?:件数)?(?:为)?{_N}(?P<unit>件|条)"),
    _p("requests_pending", rf"待答复(?:件数)?(?:为)?{_N}(?P<unit>件|条)"),
    _p("total_processed", rf"(?:办结|办理完毕)(?:申请)?(?:共)?{_N}(?P<unit>件|条)"),
    _p(
        "carried_forward",
        rf"(?:结转(?:至|到)?下(?:一)?年(?:度)?(?:继续)?(?:办理)?(?:的)?(?:申请)?(?:共)?){_N}(?P<unit>件|条)",
    ),
    _p("carried_forward", rf"{_N}(?P<unit>件|条)(?:申请)?结转(?:至|到)?下(?:一)?年"),
    _p(
        "requests_received_online",
        rf"(?:受理|收到)依申请公开信息{_N}(?P<unit>条|件)[^。]*?受理(?:方式|渠道)为:?网络平台(?:受理)?",
    ),
    _p("answered_unavailable", rf"“无法提供”的件数为{_N}(?P<unit>件)"),
    _p("archived_records", rf"(?P<label>永久|长期|短期|\d\d年){_N}(?P<unit>件|卷)"),
    _p("archived_records_total", rf"(?:永久|长期|短期|\d\d年)\d+件[,、]合计{_N}(?P<unit>件|卷)"),
    _p("columns", rf"等{_N}(?P<unit>个)栏目"),
)


def read_narrative(document: Document) -> list[NarrativeCount]:
    """Find the counts in a document's prose, in printed order; what the words say is kept, nothing is added up."""
    found: list[tuple[int, int, NarrativeCount]] = []
    for order, passage in enumerate(_passages(document)):
        for pattern in _PATTERNS:
            for match in pattern.pattern.finditer(passage.plain):
                found.append((order, match.start("value"), passage.count(pattern, match)))
    unique = {(order, start, count.measure): count for order, start, count in found}
    return [unique[key] for key in sorted(unique)]


class _Passage:
    """A paragraph put together again where a page end cut it, without white space and in compatibility form."""

    def __init__(self, blocks: list[Text]) -> None:
        plain: list[str] = []
        self._printed: list[tuple[Text, int]] = []
        for block in blocks:
            for index, character in enumerate(block.text):
                for part in squeeze(character):
                    plain.append(part)
                    self._printed.append((block, index))
        self.plain = "".join(plain)

    def count(self, pattern: _Pattern, match: re.Match[str]) -> NarrativeCount:
        groups = match.groupdict()
        block, _ = self._printed[match.start("value")]
        return NarrativeCount(
            measure=pattern.measure,
            value=Decimal(match["value"].replace(",", "")),
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
        printed: list[str] = []
        before: tuple[Text, int] | None = None
        for position in self._printed[start:end]:
            if position != before:
                printed.append(position[0].text[position[1]])
            before = position
        return "".join(printed)


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
    ended = squeeze(first.text)[-1:] in "。;!?:)"
    return not ended and len(first.text) > _SHORTEST_CUT_LINE and not _STARTS_ANEW.match(squeeze(second.text))
