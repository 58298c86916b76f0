"""What a government site says of a page beside its text: publisher, date, document number (索引号, 发布机构, 发文字号 …).

Printed as lines (`发布机构：甲县财政局`), as tables of label and value, or kept in the page's meta elements.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from ogi.documents.model import Document, Grid, Text
from ogi.reports.dates import apart_from_time
from ogi.reports.labels import squeeze

_LABELS = {
    "agency": "发布机构 发布机关 发布单位 发文机构 发文机关 发文单位 公开机构 公开主体 信息来源 来源",
    "date": "发布日期 发布时间 公开日期 公开时间",
    # Of publication only where nothing says more of it
    "other_date": "发文日期 成文日期 成文时间 生成日期 生成时间 印发日期 更新时间 时间 日期",
    "number": "文号 发文字号 文件编号",
    "title": "标题 名称 信息名称",
    "other": "索引号 信息索引号 主题分类 主题词 体裁分类 公开方式 公开范围 浏览次数 浏览量 阅读次数 阅读量 访问量 点击数 点击量 "
    "栏目 原文链接 字体 字号 作者 编辑 责任编辑 打印",
}
_KIND_OF = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_LABEL = re.compile(
    r"(?<![一-鿿])("
    + "|".join(r"\s*".join(label) for label in sorted(_KIND_OF, key=len, reverse=True))
    + r")\s*[:：]"
)
# Names of GB/T-like meta elements that the sites' templates write
_META = {
    "ArticleTitle": "title",
    "title": "title",
    "PubDate": "date",
    "publishdate": "date",
    "ContentSource": "agency",
    "SiteName": "site",
}
_LONGEST_LINE = 200
_LONGEST_LABEL = 20
_FIRST_CHARACTERS = frozenset(label[0] for label in _KIND_OF)


@dataclass(slots=True)
class SiteFacts:
    """The values by kind (`agency`, `date`, `other_date`, `number`, `title`, `site`), the printed ones first."""

    values: dict[str, list[str]] = field(default_factory=dict)

    def of(self, kind: str) -> list[str]:
        """Return the values of a kind in the order found, squeezed."""
        return self.values.get(kind, [])


def read_site_facts(document: Document) -> SiteFacts:
    """Collect what lines, tables of labels and meta elements say; values are squeezed, empty ones left out."""
    facts = SiteFacts()
    for block in document.blocks:
        found = _in_line(block.text) if isinstance(block, Text) else _in_grid(block)
        for kind, value in found:
            _add(facts, kind, value)
    for name, value in document.properties.items():
        for known, kind in _META.items():
            if name.lower() == known.lower():
                _add(facts, kind, value)
    return facts


def _add(facts: SiteFacts, kind: str, value: str) -> None:
    if squeezed := squeeze(apart_from_time(value)):
        facts.values.setdefault(kind, []).append(squeezed)


def _in_line(text: str) -> Iterator[tuple[str, str]]:
    if len(text) > _LONGEST_LINE or not (":" in text or "：" in text):
        return
    labels = list(_LABEL.finditer(text))
    for label, following in zip_longest(labels, labels[1:]):
        value = text[label.end() : following.start() if following else len(text)]
        yield _KIND_OF[squeeze(label[1])], re.split(r"\s{2,}|\||　", value.strip())[0]


def _in_grid(grid: Grid) -> Iterator[tuple[str, str]]:
    for row in grid.rows:
        for cell, following in zip_longest(row, row[1:]):
            if cell.text[:1] not in _FIRST_CHARACTERS:
                continue
            kind = _KIND_OF.get(squeeze(cell.text).rstrip(":")) if len(cell.text) <= _LONGEST_LABEL else None
            if kind is not None and following is not None:
                yield kind, following.text
            elif kind is None:
                yield from _in_line(cell.text)
