"""The forms as offices print them, as grids with spans, from hand-written layouts: for tests that vary them.

The layouts follow the notices' own tables (国办公开办函〔2019〕60号, 〔2021〕30号) and are not made by the code that reads
them. A figure is looked up by the cell's name; what is not given prints 0.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.reports.model import ParsedReport, Source
from ogi.reports.parse import parse_document

APPLICANTS = ("natural_person", "business", "research", "social_org", "legal_service", "other_org", "total")
PARTS = APPLICANTS[:-1]
RESULTS = ("upheld", "corrected", "other", "pending", "total")
RESULT_LABELS = ("结果\n维持", "结果\n纠正", "其他\n结果", "尚未\n审结", "总\n计")
KINDS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
TITLE = "泉州市鲤城区财政局2023年政府信息公开工作年度报告"

_REFUSED = [
    ("1.属于国家秘密", "refused_state_secret"),
    ("2.其他法律行政法规禁止公开", "refused_other_law"),
    ("3.危及“三安全一稳定”", "refused_safety_stability"),
    ("4.保护第三方合法权益", "refused_third_party"),
    ("5.属于三类内部事务信息", "refused_internal_affairs"),
    ("6.属于四类过程性信息", "refused_process_information"),
    ("7.属于行政执法案卷", "refused_enforcement_file"),
    ("8.属于行政查询事项", "refused_inquiry_matter"),
]
_UNAVAILABLE = [
    ("1.本机关不掌握相关政府信息", "unavailable_not_held"),
    ("2.没有现成信息需要另行制作", "unavailable_needs_creation"),
    ("3.补正后申请内容仍不明确", "unavailable_unclear"),
]
_UNPROCESSED = [
    ("1.信访举报投诉类申请", "unprocessed_petition"),
    ("2.重复申请", "unprocessed_repeat"),
    ("3.要求提供公开出版物", "unprocessed_publication"),
    ("4.无正当理由大量反复申请", "unprocessed_excessive"),
    ("5.要求行政机关确认或重新出具已获取信息", "unprocessed_reconfirmation"),
]
_OTHER = [
    ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other_overdue_correction"),
    ("2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "other_overdue_fee"),
    ("3.其他", "other_misc"),
]
GROUPS = [
    ("（三）不予公开", _REFUSED),
    ("（四）无法提供", _UNAVAILABLE),
    ("（五）不予处理", _UNPROCESSED),
    ("（六）其他处理", _OTHER),
]


@dataclass(frozen=True)
class Printed:
    """One printed cell: its text and how many rows and columns it covers."""

    text: str
    rows: int = 1
    columns: int = 1


Printing = list[list[Printed]]
Figures = Mapping[str, str]


def figures_2021(seed: int) -> dict[str, str]:
    """Make figures for every cell of the form of 2021 under which all its identities hold."""
    chance = random.Random(seed)
    cells: dict[str, str] = {}
    outcomes = [code for _, rows in GROUPS for _, code in rows]
    processed = dict.fromkeys(PARTS, 0)
    for code in ("granted", "partly_granted", *outcomes):
        counts = {part: chance.choice([0, 0, 1, 2, 13, 250]) for part in PARTS}
        for part in PARTS:
            processed[part] += counts[part]
        _add_row(cells, code, counts)
    forward = {part: chance.randrange(4) for part in PARTS}
    over = {part: chance.randrange(3) for part in PARTS}
    new = {part: processed[part] + forward[part] - over[part] + 3 for part in PARTS}
    forward = {part: forward[part] + 3 for part in PARTS}
    for code, counts in (
        ("total_processed", processed),
        ("carried_forward", forward),
        ("carried_over", over),
        ("new_requests", new),
    ):
        _add_row(cells, code, counts)
    for kind in KINDS:
        parts = [chance.choice([0, 1, 2, 10]) for _ in range(4)]
        for result, value in zip(RESULTS, [*parts, sum(parts)], strict=True):
            cells[f"reviews.{kind}.{result}"] = str(value)
    for name in ("regulations", "normative_documents"):
        for column in ("issued", "repealed", "in_force"):
            cells[f"proactive.{name}.{column}"] = str(chance.randrange(40))
    for name in ("licensing", "penalties", "coercion"):
        cells[f"proactive.{name}.decisions"] = str(chance.randrange(5000))
    cells["proactive.fees.amount"] = f"{chance.randrange(10**6)}.{chance.randrange(1, 10**4):04}"
    return cells


def _add_row(cells: dict[str, str], code: str, counts: Mapping[str, int]) -> None:
    for part in PARTS:
        cells[f"applications.{code}.{part}"] = str(counts[part])
    cells[f"applications.{code}.total"] = str(sum(counts.values()))


def table_three(figures: Figures, columns: Sequence[str] = APPLICANTS) -> Printing:
    """Print table 三 of 2021: a header of three levels, groups over their rows, figures in the order of `columns`."""
    labels = {
        "business": "商业企业",
        "research": "科研机构",
        "social_org": "社会公益\n组织",
        "legal_service": "法律服务\n机构",
        "other_org": "其他",
    }
    inner = [column for column in columns if column in labels]
    second: list[Printed] = []
    for column in columns:
        if column == "natural_person":
            second.append(Printed("自然人", rows=2))
        elif column == "total":
            second.append(Printed("总计", rows=2))
        elif column == inner[0]:
            second.append(Printed("法人或其他组织", columns=5))
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [[Printed(note, 3, 3), Printed("申请人情况", 1, 7)], second, [Printed(labels[c]) for c in inner]]

    def line(labels: list[Printed], code: str) -> None:
        rows.append([*labels, *(Printed(figures.get(f"applications.{code}.{c}", "0")) for c in columns)])

    line([Printed("一、本年新收政府信息公开申请数量", columns=3)], "new_requests")
    line([Printed("二、上年结转政府信息公开申请数量", columns=3)], "carried_over")
    line([Printed("三、本年度办理结果", rows=22), Printed("（一）予以公开", columns=2)], "granted")
    partly = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    line([Printed(partly, columns=2)], "partly_granted")
    for group, members in GROUPS:
        for index, (label, code) in enumerate(members):
            line(
                [Printed(group, rows=len(members)), Printed(label)] if index == 0 else [Printed(label)], code
            )
    line([Printed("（七）总计", columns=2)], "total_processed")
    line([Printed("四、结转下年度继续办理", columns=3)], "carried_forward")
    return rows


def table_four(figures: Figures) -> Printing:
    """Print table 四: fifteen figures in a row under a header of three levels."""
    top = [Printed("行政复议", columns=5), Printed("行政诉讼", columns=10)]
    middle = [
        *(Printed(label, rows=2) for label in RESULT_LABELS),
        Printed("未经复议直接起诉", columns=5),
        Printed("复议后起诉", columns=5),
    ]
    inner = [Printed(label) for label in RESULT_LABELS * 2]
    return [
        top,
        middle,
        inner,
        [Printed(figures.get(f"reviews.{k}.{r}", "0")) for k in KINDS for r in RESULTS],
    ]


def table_two(figures: Figures) -> Printing:
    """Print table 二 of 2021: four blocks, each under the article and the header of its own."""

    def row(label: str, name: str, columns: Sequence[str], span: int = 1) -> list[Printed]:
        return [Printed(label), *(Printed(figures[f"proactive.{name}.{c}"], 1, span) for c in columns)]

    stock = ("issued", "repealed", "in_force")
    decisions = [Printed("信息内容"), Printed("本年处理决定数量", columns=3)]
    return [
        [Printed("第二十条第（一）项", columns=4)],
        [Printed("信息内容"), Printed("本年制发件数"), Printed("本年废止件数"), Printed("现行有效件数")],
        row("规章", "regulations", stock),
        row("行政规范性文件", "normative_documents", stock),
        [Printed("第二十条第（五）项", columns=4)],
        decisions,
        row("行政许可", "licensing", ["decisions"], 3),
        [Printed("第二十条第（六）项", columns=4)],
        decisions,
        row("行政处罚", "penalties", ["decisions"], 3),
        row("行政强制", "coercion", ["decisions"], 3),
        [Printed("第二十条第（八）项", columns=4)],
        [Printed("信息内容"), Printed("本年收费金额（单位：万元）", columns=3)],
        row("行政事业性收费", "fees", ["amount"], 3),
    ]


def grid(printing: Printing, number: int = 1, *, is_aligned: bool = True) -> Grid:
    """Resolve spans as a reader of markup does: each cell gets the first column that none above covers."""
    covered: dict[int, set[int]] = {}
    rows: list[list[GridCell]] = []
    for row, printed in enumerate(printing, start=1):
        column = 1
        cells: list[GridCell] = []
        for cell in printed:
            while column in covered.get(row, set()):
                column += 1
            cells.append(GridCell(cell.text, row, column, None, cell.rows, cell.columns))
            for below in range(row, row + cell.rows):
                covered.setdefault(below, set()).update(range(column, column + cell.columns))
            column += cell.columns
        rows.append(cells)
    return Grid(number, rows, is_aligned)


def report(*blocks: Grid | str) -> ParsedReport:
    """Read a report of these tables and paragraphs under a title."""
    texts: list[Text | Grid] = [Text(TITLE, 1)]
    for line, block in enumerate(blocks, start=2):
        texts.append(Text(block, line) if isinstance(block, str) else block)
    return parse_document(Document("html", texts), Source("report.html", "0" * 64, "html", 1))


def whole_report(two: Printing, three: Printing, four: Printing) -> ParsedReport:
    """Read a report of the three tables under their headings."""
    return report(
        "二、主动公开政府信息情况",
        grid(two, 1),
        "三、收到和处理政府信息公开申请情况",
        grid(three, 2),
        "四、政府信息公开行政复议、行政诉讼情况",
        grid(four, 3),
    )


def read_values(parsed: ParsedReport) -> dict[str, str]:
    """Return the figures read, by cell, as printed."""
    return {cell.cell: f"{cell.value}" for cell in parsed.cells if cell.state == "reported"}


def states(parsed: ParsedReport, prefix: str = "") -> dict[str, str]:
    """Return the states of the cells whose names begin so."""
    return {cell.cell: cell.state for cell in parsed.cells if cell.cell.startswith(prefix)}


def codes(parsed: ParsedReport) -> set[str]:
    """Return the codes of the problems."""
    return {problem.code for problem in parsed.problems}
