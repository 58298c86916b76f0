"""Tables whose cells a converter wrote into running text: cut at the labels of the forms, never inside a figure.

What stands between two labels stays together unless white space separates it. Where a row of several columns prints
another number of figures than it has columns, separators were lost: a run of digits (640020470) could be split in many
ways, so all rows of several columns keep their runs as they are, which fill no cell.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from ogi.documents.model import Grid, Text
from ogi.reports.labels import normalise, squeeze, without_notes
from ogi.reports.templates import templates

# What stands at the head of a table; without it a text that names labels is prose
_TABLE_HEADS = ("信息内容", "指标名称", "统计指标", "申请人情况")
_FEWEST_LABELS = 12
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
_UNIT_AND_FIGURE = re.compile(r"^(条|件|次|篇|个|人次|人|万元|元)(\d[\d.,]*)$")


def unfold(blocks: Sequence[Text | Grid]) -> list[Text | Grid]:
    """Return the blocks with each text that holds whole tables cut into one text a cell, in printed order."""
    unfolded: list[Text | Grid] = []
    for block in blocks:
        if isinstance(block, Text) and any(head in block.text for head in _TABLE_HEADS):
            unfolded.extend(_cut(block))
        else:
            unfolded.append(block)
    return unfolded


def _cut(block: Text) -> list[Text]:
    text = " ".join(unicodedata.normalize("NFKC", block.text).split())
    start = min(text.index(head) for head in _TABLE_HEADS if head in text)
    # The heading of the first block stands just before
    start = max(text.rfind("第二十条第", 0, start), text.rfind("主动公开政府信息情况", 0, start), 0) or start
    labels = list(_labels().finditer(text, start))
    if len(labels) < _FEWEST_LABELS:
        return [block]
    parts = [text[: labels[0].start()]]
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        parts.append(label.group())
        parts.append(text[label.end() : following.start() if following else len(text)])
    texts = parts[:1] + [piece for part in _cells(parts[1:]) for piece in part]
    return [Text(part.strip(), block.line, block.page) for part in texts if part.strip()]


def _cells(parts: Sequence[str]) -> Iterator[list[str]]:
    """Yield the cells of each label and of what follows it; runs of digits are cut at white space, if at all."""
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    widths = [_width(label) for label, _ in pairs]
    runs = [_FIGURES.match(rest) for _, rest in pairs]
    counts = [len(run.group().split()) if run else 0 for run in runs]
    is_separated = all(w is None or w == 1 or not n or n == w for w, n in zip(widths, counts, strict=True))
    for (label, rest), run, width in zip(pairs, runs, widths, strict=True):
        figures = run.group().split() if run else []
        if width != 1 and not is_separated:
            figures = [" ".join(figures)]
        after = rest[run.end() :] if run else rest
        yield [squeeze(label), *figures, *_unit_and_figure(after)]


def _unit_and_figure(text: str) -> list[str]:
    """Split `条 6` and `条6` into unit and figure; any other text stays whole."""
    joined = _UNIT_AND_FIGURE.match(squeeze(text))
    return list(joined.groups()) if joined else [text]


def _width(label: str) -> int | None:
    """Return how many values stand after a row's label, None for what is no row."""
    return _widths().get(normalise(label))


@cache
def _widths() -> dict[str, int]:
    columns: dict[tuple[str, str, str], set[str]] = {}
    for template in templates().values():
        for cell in template.cells:
            if cell.table != "reviews":
                key = (template.name, cell.table, normalise(cell.row_path[-1]))
                columns.setdefault(key, set()).add(cell.column_code)
    widths: dict[str, int] = {}
    for (_, _, label), codes in columns.items():
        widths[label] = max(widths.get(label, 0), len(codes))
    return widths


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
