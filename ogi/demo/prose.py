"""The prose of a report: sentences with counts, and others with numbers that are none of the form's measures."""

import random
from collections.abc import Mapping
from decimal import Decimal

from ogi.reports.model import NarrativeCount

# Wordings of each measure; the unit follows the number
_SENTENCES: dict[str, tuple[tuple[str, str], ...]] = {
    "disclosed_this_year": (
        ("全年主动公开政府信息{}条", "条"),
        ("本年度通过各类渠道主动公开政府信息{}条", "条"),
        ("我单位共主动公开政府信息{}条", "条"),
    ),
    "policy_interpretations": (("发布政策解读{}篇", "篇"), ("制作政策解读材料{}篇", "篇")),
    "requests_received": (
        ("共收到政府信息公开申请{}件", "件"),
        ("新收政府信息公开申请{}件", "件"),
        ("全年受理政府信息公开申请{}件", "件"),
    ),
    "requests_carried_over": (("上年结转申请{}件", "件"), ("上年度结转{}件", "件")),
    "total_processed": (("办结{}件", "件"), ("办理完毕{}件", "件")),
    "carried_forward": (("结转下年度{}件", "件"), ("结转下年度继续办理{}件", "件")),
}
_WITH_SEPARATORS = 0.1
_PROACTIVE = ("disclosed_this_year", "policy_interpretations")
_ON_REQUEST = ("requests_received", "requests_carried_over", "total_processed", "carried_forward")
_OTHER_SENTENCES = (
    "召开专题会议{}次，研究栏目更新和保密审查。",
    "举办业务培训{}期，参训人员覆盖各股室。",
    "对门户网站栏目开展{}轮自查，逾期未更新的栏目均已整改。",
    "较上年增长{}.5%，主要来自民生领域信息。",
)
_PROBLEMS = (
    "一是部分信息更新不够及时；二是解读形式比较单一。下一步将完善发布台账，丰富图表和问答。",
    "主要问题是业务科室主动报送意识不强。今后将把公开要求写入办文流程，由办公室按季核对。",
    "存在栏目分类过细、群众查找不便的情况。将合并栏目，并在首页设置检索入口。",
)


def draw_prose(
    rng: random.Random, counts: Mapping[str, int]
) -> tuple[list[str], list[str], list[NarrativeCount]]:
    """Return the paragraphs on proactive disclosure, those on requests, and the counts they state."""
    first, stated = _sentence(rng, counts, _PROACTIVE)
    second, more = _sentence(rng, counts, _ON_REQUEST)
    other = rng.choice(_OTHER_SENTENCES).format(rng.randint(1, 12))
    return [f"{first}。{other}"], [f"{second}。"], stated + more


def problems_paragraph(rng: random.Random) -> str:
    """Return a paragraph for the section on problems and improvements."""
    return rng.choice(_PROBLEMS)


def _sentence(
    rng: random.Random, counts: Mapping[str, int], measures: tuple[str, ...]
) -> tuple[str, list[NarrativeCount]]:
    clauses, stated = [], []
    for measure in measures:
        if measure in counts:
            wording, unit = rng.choice(_SENTENCES[measure])
            count = f"{counts[measure]:,}" if rng.random() < _WITH_SEPARATORS else str(counts[measure])
            clause = wording.format(count)
            clauses.append(clause)
            stated.append(NarrativeCount(measure, Decimal(counts[measure]), unit, clause))
    return "，".join(clauses), stated
