"""The labels under which government sites print what they know of a page, in tables of their own beside the article."""

import re

# GB/T 21063 and the sites' templates
_LABELS_AS_PRINTED = (
    "索引号 信息索引号 发布机构 发布机关 发布单位 发文机构 发文机关 发文单位 公开机构 公开主体 信息来源 来源"
    " 发布日期 发布时间 发文日期 成文日期 成文时间 生成日期 生成时间 公开日期 公开时间 印发日期"
    " 文号 发文字号 文件编号 标题 名称 信息名称 主题分类 主题词 体裁分类 公开方式 公开范围"
)
_LABELS = frozenset(_LABELS_AS_PRINTED.split())
# Most cells are figures: their first character alone tells that they are no label
LABEL_BEGINNINGS = frozenset(label[0] for label in _LABELS)
_LONGEST = 12
_COLON = re.compile("[:：]")


def site_line(cell: str, following: str) -> str | None:
    """Return `label：value` where a cell is one of these labels, the value beside it or in the next cell; else None."""
    label, *rest = _COLON.split(cell, maxsplit=1)
    if len(label) > _LONGEST or "".join(label.split()) not in _LABELS:
        return None
    value = (rest[0] if rest else "").strip() or following
    return f"{''.join(label.split())}：{value}" if value else None
