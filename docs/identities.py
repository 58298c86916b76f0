"""The page of the accounting identities, rendered from the seeds."""

from collections.abc import Iterator
from itertools import groupby

from ogi.identities.model import Identity, Term, identities
from ogi.reports.templates import templates

_HEAD = """\
# 勾稽关系 / The accounting identities

<!-- Rendered from seeds/identities.csv and seeds/identity_terms.csv by `make docs`; change those, not this page. -->

每条勾稽关系都是一个线性等式（少数为不等式 ≤）。左右两边均为报告所印的数字，任何一个数字未填报（空白、“/”、无法辨认、
缺失），该关系即为“无法核对”（`not_assessable`），既不算成立，也不算不成立。件数的容差为 0；金额的容差为各数字最末一位的
半个单位（目前没有涉及金额的等式）。所印的合计永不改动。

Each identity is linear. An operand that is not `reported` makes it `not_assessable`: neither held nor broken, but counted.
The tolerance is 0 for counts. A printed total is never overwritten.

| 类别 / class | 含义 / meaning |
|---|---|
| `within` | 同一报告的表内 / within the tables of one report |
| `across_years` | 与上一年度的报告之间 / between a report and that of the year before |
| `prose_and_table` | 正文与表格之间；正文常有合理的不同口径 / between prose and table, which may differ for a good reason |

| 模板 / template | 依据 / legal basis |
|---|---|
| `2014` | 国务院办公厅《政府信息公开情况统计表》 |
| `2019` | 国办公开办函〔2019〕60号 |
| `2021` | 国办公开办函〔2021〕30号 |

## 能查到哪一格 / Which cell can be named

表三的每个数字同时在一个行等式和一至两个列等式里，所在等式的组合各不相同，所以一格印错就能指出是哪一格、应为多少。下列情形
不能唯一确定，只列出候选：

- **表四**：每行只有一个等式，五个数字的地位相同；除非只有一种改法不出现负数。
- **两列一多一少、合计不变**：能确定是哪两列、几件，但凡该数量够减的行都有可能，通常不止一行。
- **有空白的表**：总计列整列空白时没有行等式，一列中的各行不能区分。
- **2014年统计表**：每个等式的各部分只在该等式里，不能区分；合计印为 0 而部分不为 0 的除外。

A cell of table 三 stands in one row identity and one or two column identities, in a combination no other cell has: one
misprint names itself. The cells of table 四 and of the form of 2014 stand in one identity each, and so do those of a table
whose totals are blank: only candidates are given. Requests in the wrong column give the columns and the number, but every row
that has as many is a candidate.
"""


def identities_page() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(line for template in templates() for line in _template(template))


def _template(template: str) -> Iterator[str]:
    yield f"\n## {template}\n"
    for family, members in groupby(identities(template).values(), key=lambda i: i.id.rpartition(".")[0]):
        rows = list(members)
        yield f"\n### {family}\n\n"
        yield f"例 / example：{_example(rows[0])}\n\n"
        yield "| 标识 / id | 说明 / statement | 等式 / formula | 类别 / class | 严重程度 / severity |\n"
        yield "|---|---|---|---|---|\n"
        for identity in rows:
            formulas = "<br>或 / or<br>".join(
                _formula(identity, terms) for terms in identity.variants.values()
            )
            statement = f"{identity.statement_zh}<br>{identity.statement_en}"
            yield (
                f"| `{identity.id}` | {statement} | {formulas} | {identity.identity_class} | {identity.severity} |\n"
            )


def _formula(identity: Identity, terms: tuple[Term, ...]) -> str:
    return f"{_side(terms, 'left')} {_sign(identity)} {_side(terms, 'right')}"


def _sign(identity: Identity) -> str:
    return "≤" if identity.relation == "le" else "="


def _side(terms: tuple[Term, ...], side: str) -> str:
    """Write one side as people write it: the coefficients carry the sign of left minus right."""
    sign = 1 if side == "left" else -1
    parts = []
    for term in terms:
        if term.side == side:
            factor = sign * term.coefficient
            year = f"[{term.year_offset:+d}]" if term.year_offset else ""
            shown = f"`{term.cell}`{year}" if abs(factor) == 1 else f"{abs(factor)} × `{term.cell}`{year}"
            parts.append(("− " if factor < 0 else "+ " if parts else "") + shown)
    return " ".join(parts)


def _example(identity: Identity) -> str:
    """Put small figures in the place of the cells, so that the identity holds."""
    terms = next(iter(identity.variants.values()))
    left = [term.coefficient for term in terms if term.side == "left"]
    right = [-term.coefficient for term in terms if term.side == "right"]
    longer, shorter = (left, right) if len(left) > len(right) else (right, left)
    summed = [factor * figure for factor, figure in zip(longer, [2, 1, *[0] * len(longer)], strict=False)]
    balanced = [sum(summed) - len(shorter) + 1, *[1] * (len(shorter) - 1)]
    sides = (summed, balanced) if longer is left else (balanced, summed)
    return f" {_sign(identity)} ".join(
        " ".join(_signed(n, k == 0) for k, n in enumerate(side)) for side in sides
    )


def _signed(number: int, is_first: bool) -> str:
    if is_first:
        return str(number)
    return f"− {-number}" if number < 0 else f"+ {number}"
