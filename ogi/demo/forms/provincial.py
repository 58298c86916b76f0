"""Tables of provinces and departments before 2019: not the national form, whatever their labels look like."""

import random

from ogi.demo.content import Slot, Table

# Names that look like the national form's, and others; the second figure counts from the first year on
_INDICATORS = (
    ("主动公开文件数（不含不同渠道和方式公开相同文件数）", "条"),
    ("其中：1.政府网站公开数", "条"),
    ("2.政府公报公开数", "条"),
    ("网站专栏页面访问量", "次"),
    ("现场接待人数", "人次"),
    ("咨询电话接听数", "次"),
    ("依申请公开信息总数", "条"),
    ("1.当面申请数", "条"),
    ("2.传真申请数", "条"),
    ("3.网上申请数", "条"),
    ("4.信函申请数", "条"),
    ("对申请的答复总数", "条"),
    ("1.同意公开答复数", "条"),
    ("2.不予公开答复数", "条"),
    ("行政复议数", "件"),
    ("行政诉讼数", "件"),
    ("依申请公开信息收取费用", "元"),
)
_FEWEST_ROWS = 6


def provincial_table(rng: random.Random) -> Table:
    """Return a table of indicators with the year's figure, and in most the one of all years."""
    has_cumulative = rng.random() < 0.8  # noqa: PLR2004 - four in five
    rows = [[Slot("指标名称"), Slot("计量单位"), Slot("本年度")] + [Slot("历年累计")] * has_cumulative]
    for name, unit in _INDICATORS[: rng.randint(_FEWEST_ROWS, len(_INDICATORS))]:
        year = rng.choice((0, 0, rng.randint(1, 90)))
        row = [Slot(name), Slot(unit), Slot(str(year))]
        rows.append(row + [Slot(str(year + rng.randint(0, 800)))] * has_cumulative)
    return Table(rows, 1)
