"""The page of the accounting identities, rendered from the seeds."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from ogi.identities.model import Identity, Term, identities
from ogi.project import read_seed
from ogi.reports.templates import templates

_HEAD = """\
# 勾稽关系 / The accounting identities

<!-- Rendered from seeds/identities.csv, identity_terms.csv and identity_families.csv by `make docs`; change those. -->

每条勾稽关系都是一个线性等式（少数为不等式 ≤）。左右两边均为报告所印的数字，任何一个数字未填报（空白、“/”、无法辨认、
缺失），该关系即为“无法核对”（`not_assessable`），既不算成立，也不算不成立。容差为 0：各关系都只涉及件数，没有金额。
所印的合计永不改动。

Each identity is linear. An operand that is not `reported` makes it `not_assessable`: neither held nor broken, but counted.
The tolerance is 0: all of them are over counts, none over money. A printed total is never overwritten.

| 类别 / class | 含义 / meaning |
|---|---|
| `within` | 同一报告的表内 / within the tables of one report |
| `across_years` | 与上一年度的报告之间 / between a report and that of the year before |
| `prose_and_table` | 正文与表格之间；正文常有合理的不同口径 / between prose and table, which may differ for a good reason |
| `hierarchy` | 政府的汇总与所属机关之和，须有机关名册 / a government's summary and its agencies, by a roster |

| 模板 / template | 依据 / legal basis |
|---|---|
| `2014` | 国务院办公厅《政府信息公开情况统计表》 |
| `2019` | 国办公开办函〔2019〕60号 |
| `2021` | 国办公开办函〔2021〕30号 |

## 政府的汇总 / A government's summary

人民政府的报告（不是其办公室的报告）汇总全地区。只有操作者用 `rosters.csv` 声明了该地区当年的全部机关，并且名册上的机关都报告了该数字，
才把汇总与各机关之和逐格比较；否则为 `not_assessable`，`fct_identity_check.missing` 写明没有名册或缺哪些机关。垂直管理系统（税务、海关）
即使列入名册也不计入。比较的是由一个机关各自办理、可以相加的件数：表三、表四的全部数字，行政许可、处罚、强制等处理决定数量，采购项目数量，
以及2014年统计表三至六项；规范性文件（联合发文、政府自身发文）、事项数（各机关相同的事项）、金额（单位不明）不能相加，不比较。
报告的表式不同时，只比较各机关都有的单元格。

The report of a government, not that of its office, covers its whole district. It is compared cell by cell with the sum of its
agencies only where `rosters.csv` declares all agencies of the district in that year and each of them printed the figure;
otherwise the verdict is `not_assessable` and `fct_identity_check.missing` says that there is no roster, or whose figure is
lacking. Vertical systems (tax, customs) never count, even if on the roster. Compared are the counts of matters that one agency
handles by itself: tables 三 and 四, decisions, procurement items, and parts 三 to 六 of the form of 2014. Normative documents
(issued jointly, or by the government itself), numbers of items (the same in several agencies) and amounts (whose unit may be
unknown) are no sums.

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

_OF_AGENCIES = "agencies."


def identities_page() -> str:
    """Return the page in Markdown."""
    return _HEAD + "".join(line for template in templates() for line in _template(template))


def _template(template: str) -> Iterator[str]:
    sources = {row["family"]: row for row in read_seed("identity_families")}
    yield f"\n## {template}\n"
    for family, members in groupby(identities(template).values(), key=lambda i: _family(i, sources)):
        rows = list(members)
        yield f"\n### {family}\n\n"
        yield f"来源 / source：{sources[family]['source_zh']}。 / {sources[family]['source_en']}.\n\n"
        yield f"例 / example：{_example(rows[0])}\n\n"
        yield (
            "| 标识 / id | 说明 / statement | 等式 / formula | 类别 / class | 严重程度 / severity "
            "| 容差 / tolerance |\n|---|---|---|---|---|---|\n"
        )
        for identity in rows:
            formulas = "<br>或 / or<br>".join(
                _formula(identity, terms) for terms in identity.variants.values()
            )
            statement = f"{identity.statement_zh}<br>{identity.statement_en}"
            yield (
                f"| `{identity.id}` | {statement} | {formulas} | {identity.identity_class} | {identity.severity} | 0 |\n"
            )


def _family(identity: Identity, families: Iterable[str]) -> str:
    """Return the longest family whose name the identity's begins with."""
    return max((family for family in families if identity.id.startswith(f"{family}.")), key=len)


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
            name = f"`{term.cell}`{year}"
            if term.cell.startswith(_OF_AGENCIES):
                name = f"Σ `{term.cell.removeprefix(_OF_AGENCIES)}`（名册各机关 / agencies of the roster）"
            shown = name if abs(factor) == 1 else f"{abs(factor)} × {name}"
            parts.append(("− " if factor < 0 else "+ " if parts else "") + shown)
    return " ".join(parts)


def _example(identity: Identity) -> str:
    """Put small figures in the place of the cells, so that the identity holds."""
    terms = next(iter(identity.variants.values()))
    if any(term.cell.startswith(_OF_AGENCIES) for term in terms):
        return "3 = 2 + 1（两个机关 / two agencies）"
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
