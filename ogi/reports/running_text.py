"""Tables whose cells a converter wrote into running text: cut at the labels of the forms, never inside a figure.

What stands between two labels stays together unless white space separates it. Where a row of several columns prints
another number of figures than it has columns, separators were lost: a run of digits (640020470) could be split in many
ways, so all rows of several columns keep their runs as they are, which fill no cell.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from ogi.documents.model import Grid, Text
from ogi.reports.labels import normalise, squeeze, without_notes
from ogi.reports.regions import GAP
from ogi.reports.templates import templates

# What stands at the head of a table; without it a text that names labels is prose
_TABLE_HEADS = ("信息内容", "指标名称", "统计指标", "申请人情况")
_FEWEST_LABELS = 12
_LONGEST_ROW = 200
_ORDINAL = r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|\d[.、])"
_HEADINGS = (
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    r"第二十条第\([一五六八九]\)项",
    "信息内容",
    "申请人情况",
)
_FIGURES = re.compile(r"[\d.,+\-/%\s]*\d[\d.,]*\s*|[\s/\-]+")
# A row of table 四 has no label
_FIGURES_ALONE = re.compile(r"\d+(?: \d+){4,}")
# The row of table 四 stands right behind the last label of its header
_REVIEWS = 15
# Below a label of several lines: 条 193
_UNIT_AND_FIGURE_ALONE = re.compile(r"^(?:条|件|次|篇|个|人次|人|万元|元) \d[\d.,]*$")
_UNIT_AND_FIGURE = re.compile(r"^(条|件|次|篇|个|人次|人|万元|元)(\d[\d.,]*)?$")


def unfold(blocks: Sequence[Text | Grid]) -> list[Text | Grid]:
    """Return the blocks with each text that holds whole tables, or a whole row, cut into one text a cell."""
    cut = {id(block): parts for block in blocks if isinstance(block, Text) and (parts := _cut(block.text))}
    if not cut:
        return list(blocks)
    is_separated = _is_separated([part for parts in cut.values() for part in parts])
    unfolded: list[Text | Grid] = []
    for block in blocks:
        if isinstance(block, Text) and id(block) in cut:
            unfolded.extend(
                Text(text, block.line, block.page)
                for text in _cells(cut[id(block)], is_separated=is_separated)
                if text
            )
        else:
            unfolded.append(block)
    return unfolded


@dataclass(frozen=True, slots=True)
class _Part:
    """A label, what stands behind it up to the next, and its figures: the digits right behind the label."""

    label: str
    figures: tuple[str, ...]
    rest: str


def _cut(printed: str) -> list[_Part]:
    """Cut a text at its labels; an empty list for prose, and for a text that is one cell."""
    is_long = any(head in printed for head in _TABLE_HEADS) and len(printed) > _LONGEST_ROW
    is_prose = len(printed) > _LONGEST_ROW or "。" in printed
    if not is_long and (is_prose or normalise(printed) in _names()):
        return []
    if not is_long and GAP.search(printed):
        # Its cells stand apart
        return []
    text = " ".join(unicodedata.normalize("NFKC", printed).split())
    if alone := _without_label(text):
        return [alone]
    start = 0
    if is_long:
        head = min(text.index(head) for head in _TABLE_HEADS if head in text)
        # The heading of the first block stands just before
        start = max(text.rfind("第二十条第", 0, head), text.rfind("主动公开政府信息情况", 0, head), 0) or head
    elif not _labels().match(text):
        return []
    labels = list(_labels().finditer(text, start))
    parts = [_Part("", (), text[: labels[0].start()])] if labels else []
    for label, following in zip_longest(labels, labels[1:]):
        behind = text[label.end() : following.start() if following else len(text)]
        run = _FIGURES.match(behind)
        figures = tuple(run.group().split()) if run else ()
        parts.append(
            _Part(squeeze(label.group()), figures, behind[run.end() :].strip() if run else behind.strip())
        )
    if is_long:
        return parts if len(labels) >= _FEWEST_LABELS else []
    is_row = all(_is_note(part.rest) for part in parts)
    has_two = len(labels) > 1 or any(part.figures or part.rest for part in parts)
    return parts if is_row and has_two else []


def _without_label(text: str) -> _Part | None:
    """Return the figures of a row, or a unit and a figure, that stand in a line of their own below their label."""
    if _FIGURES_ALONE.fullmatch(text):
        return _Part("", tuple(text.split()), "")
    return _Part("", (), text) if _UNIT_AND_FIGURE_ALONE.match(text) else None


def _is_note(text: str) -> bool:
    plain = squeeze(text)
    return not without_notes(plain) or bool(_UNIT_AND_FIGURE.match(plain))


def _is_separated(parts: Sequence[_Part]) -> bool:
    """Tell whether each row of several columns prints as many figures as it has columns in one of the forms."""
    return any(_fit(parts, widths) for widths in _widths_by_form())


def _fit(parts: Sequence[_Part], widths: Mapping[str, int]) -> bool:
    for part in parts:
        label = normalise(part.label)
        width = widths.get(label, _widths().get(label))
        if width not in (None, 1) and part.figures and len(part.figures) not in (width, _REVIEWS):
            return False
    return True


def _cells(parts: Sequence[_Part], *, is_separated: bool) -> Iterator[str]:
    """Yield the cells of each label and of what follows it; where separators were lost runs of digits stay whole."""
    for part in parts:
        figures = part.figures
        if figures and not is_separated and _widths().get(normalise(part.label)) != 1:
            figures = (" ".join(figures),)
        if not figures and part.rest.startswith("("):
            # 本年收费金额（单位：元）: the note belongs to the label
            yield part.label + part.rest
            continue
        yield part.label
        yield from figures
        yield from _unit_and_figure(part.rest)


def _unit_and_figure(text: str) -> list[str]:
    """Split `条 6` and `条6` into unit and figure; any other text stays whole."""
    joined = _UNIT_AND_FIGURE.match(squeeze(text))
    return [part for part in joined.groups() if part] if joined else [text]


@cache
def _names() -> frozenset[str]:
    return frozenset(_widths()) | {normalise(head) for head in _TABLE_HEADS}


@cache
def _widths_by_form() -> list[dict[str, int]]:
    """Return for each form how many columns its rows have, by normalised label, the most where several read alike."""
    forms: list[dict[str, int]] = []
    for template in templates().values():
        columns: dict[tuple[str, str], set[str]] = {}
        for cell in template.cells:
            if cell.table != "reviews":
                columns.setdefault((cell.table, normalise(cell.row_path[-1])), set()).add(cell.column_code)
        widths: dict[str, int] = {}
        for (_, label), codes in columns.items():
            widths[label] = max(widths.get(label, 0), len(codes))
        forms.append(widths)
    return forms


@cache
def _widths() -> dict[str, int]:
    """Return the most columns that a row of any form has, by normalised label."""
    return {
        label: max(form.get(label, 0) for form in _widths_by_form())
        for form in _widths_by_form()
        for label in form
    }


@cache
def _labels() -> re.Pattern[str]:
    """Match any label of the forms with its ordinal, the longest first, white space between its characters."""
    words: set[str] = set()
    for template in templates().values():
        for cell in template.cells:
            for label in (*cell.row_path, *cell.column_path):
                plain = re.sub(rf"^{_ORDINAL}", "", squeeze(label))
                words.update((plain, without_notes(plain)))
    escaped = sorted((r"\s?".join(map(re.escape, word)) for word in words), key=len, reverse=True)
    return re.compile(rf"{_ORDINAL}?\s?(?:{'|'.join([*_HEADINGS, *escaped])})")
