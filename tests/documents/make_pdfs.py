"""Draws the PDF documents of this folder and writes what they print; run it after changing a shape.

The figures below are the source of both files, so that what is expected never comes from the reader. The fonts are not
embedded (the PDF names them), which keeps the files small.
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
FONT, SIZE, LEADING, PAD = "STSong-Light", 9.0, 11.5, 4.0
LEFT, TOP, BOTTOM, WIDTH = 60.0, 770.0, 70.0, 475.0

APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
GROUPS = (
    (
        "（三）不予公开",
        (
            "1.属于国家秘密",
            "2.其他法律行政法规禁止公开",
            "3.危及“三安全一稳定”",
            "4.保护第三方合法权益",
            "5.属于三类内部事务信息",
            "6.属于四类过程性信息",
            "7.属于行政执法案卷",
            "8.属于行政查询事项",
        ),
    ),
    (
        "（四）无法提供",
        ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确"),
    ),
    (
        "（五）不予处理",
        (
            "1.信访举报投诉类申请",
            "2.重复申请",
            "3.要求提供公开出版物",
            "4.无正当理由大量反复申请",
            "5.要求行政机关确认或重新出具已获取信息",
        ),
    ),
    (
        "（六）其他处理",
        (
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            "3.其他",
        ),
    ),
)
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
ROW_CODES = [
    "new_requests",
    "carried_over",
    "granted",
    "partly_granted",
    "refused_state_secret",
    "refused_other_law",
    "refused_safety_stability",
    "refused_third_party",
    "refused_internal_affairs",
    "refused_process_information",
    "refused_enforcement_file",
    "refused_inquiry_matter",
    "unavailable_not_held",
    "unavailable_needs_creation",
    "unavailable_unclear",
    "unprocessed_petition",
    "unprocessed_repeat",
    "unprocessed_publication",
    "unprocessed_excessive",
    "unprocessed_reconfirmation",
    "other_overdue_correction",
    "other_overdue_fee",
    "other_misc",
    "total_processed",
    "carried_forward",
]
COLUMN_CODES = ["natural_person", "business", "research", "social_org", "legal_service", "other_org", "total"]


@dataclass(frozen=True)
class Figures:
    """What one document prints: table 二, the outcome rows of table 三 (six applicants each), table 四."""

    proactive: tuple[str, ...]
    outcomes: tuple[tuple[int, ...], ...]
    carried_over: tuple[int, ...]
    carried_forward: tuple[int, ...]
    reviews: tuple[int, ...]

    def applications(self) -> list[list[int]]:
        """The 25 rows of table 三 with their totals."""
        total = [sum(row[c] for row in self.outcomes) for c in range(6)]
        new = [t + f - o for t, f, o in zip(total, self.carried_forward, self.carried_over, strict=True)]
        rows = [new, self.carried_over, *self.outcomes, total, self.carried_forward]
        return [[*row, sum(row)] for row in rows]


FIGURES = Figures(
    proactive=("2", "1", "17", "9", "4", "58", "30127", "4416", "35", "208.74"),
    outcomes=(
        (214, 12, 0, 1, 6, 3), (48, 2, 0, 0, 0, 0),
        (1, 0, 0, 0, 0, 0), (7, 1, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0), (5, 2, 0, 0, 1, 0),
        (9, 0, 0, 0, 0, 0), (13, 0, 0, 0, 0, 1), (2, 0, 0, 0, 0, 0), (31, 4, 0, 0, 0, 0),
        (126, 8, 1, 0, 2, 0), (10, 0, 0, 0, 0, 0), (3, 0, 0, 0, 0, 0),
        (44, 1, 0, 0, 0, 0), (16, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0), (2, 0, 0, 0, 0, 0),
        (19, 1, 0, 0, 0, 0), (4, 0, 0, 0, 0, 0), (27, 0, 0, 0, 3, 0),
    ),
    carried_over=(11, 0, 0, 0, 1, 0),
    carried_forward=(23, 2, 0, 0, 0, 0),
    reviews=(18, 3, 6, 2, 29, 7, 1, 0, 2, 10, 4, 0, 1, 0, 5),
)  # fmt: skip


@dataclass
class Cell:
    """A cell to draw: where it starts in its table, what it covers, how it is set."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    align: str = "centre"
    is_vertical: bool = False


@dataclass
class Table:
    """A table to draw: widths in shares, cells, rows of header."""

    widths: list[float]
    cells: list[Cell]
    header_rows: int = 0
    row_count: int = 0


@dataclass
class Style:
    """How a document is set."""

    rules: str = "all"  # all, horizontal, none
    row_padding: float = PAD
    repeat_header: bool = False
    vertical_labels: bool = False
    split_label_at: str | None = None
    heads: tuple[str, ...] = field(default_factory=tuple)


def table_two(f: Figures) -> Table:
    p = f.proactive
    lines = [
        ["第二十条第（一）项"], ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", *p[0:3]], ["行政规范性文件", *p[3:6]],
        ["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", p[6]],
        ["第二十条第（六）项"], ["信息内容", "本年处理决定数量"], ["行政处罚", p[7]], ["行政强制", p[8]],
        ["第二十条第（八）项"], ["信息内容", "本年收费金额（单位：万元）"], ["行政事业性收费", p[9]],
    ]  # fmt: skip
    cells = []
    for row, texts in enumerate(lines):
        spans = {1: [4], 2: [1, 3], 4: [1, 1, 1, 1]}[len(texts)]
        column = 0
        for text, span in zip(texts, spans, strict=True):
            cells.append(Cell(text, row, column, 1, span))
            column += span
    return Table([1, 1, 1, 1], cells, 0, len(lines))


def table_three(f: Figures, style: Style) -> Table:
    cells = [
        Cell("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 0, 0, 3, 3),
        Cell("申请人情况", 0, 3, 1, 7), Cell("自然人", 1, 3, 2), Cell("法人或其他组织", 1, 4, 1, 5), Cell("总计", 1, 9, 2),
        *(Cell(name, 2, 4 + i) for i, name in enumerate(APPLICANTS[1:])),
        Cell("一、本年新收政府信息公开申请数量", 3, 0, 1, 3, "left"),
        Cell("二、上年结转政府信息公开申请数量", 4, 0, 1, 3, "left"),
        Cell("三、本年度办理结果", 5, 0, 22, 1, "centre", style.vertical_labels),
        Cell("（一）予以公开", 5, 1, 1, 2, "left"),
        Cell("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 6, 1, 1, 2, "left"),
    ]  # fmt: skip
    row = 7
    for group, items in GROUPS:
        cells.append(Cell(group, row, 1, len(items), 1))
        cells.extend(Cell(item, row + i, 2, 1, 1, "left") for i, item in enumerate(items))
        row += len(items)
    cells.append(Cell("（七）总计", row, 1, 1, 2, "left"))
    cells.append(Cell("四、结转下年度继续办理", row + 1, 0, 1, 3, "left"))
    for i, values in enumerate(f.applications()):
        cells.extend(Cell(str(v), 3 + i, 3 + c) for c, v in enumerate(values))
    widths = [0.6 if style.vertical_labels else 1.0, 1.2, 4.2, 1.1, 1.1, 1.1, 1.1, 1.1, 1.0, 1.1]
    return Table(widths, cells, 3, row + 2)


def table_four(f: Figures) -> Table:
    cells = [Cell("行政复议", 0, 0, 1, 5), Cell("行政诉讼", 0, 5, 1, 10)]
    cells += [Cell(name, 1, i, 2) for i, name in enumerate(RESULTS)]
    cells += [Cell("未经复议直接起诉", 1, 5, 1, 5), Cell("复议后起诉", 1, 10, 1, 5)]
    cells += [Cell(name, 2, 5 + i) for i, name in enumerate(RESULTS * 2)]
    cells += [Cell(str(v), 3, i) for i, v in enumerate(f.reviews)]
    return Table([1.0] * 15, cells, 3, 4)


class Pen:
    """Draws text and tables from the top down, with a new page where one is full."""

    def __init__(self, path: Path, style: Style, *, turned: bool = False) -> None:
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1)
        self.style, self.turned = style, turned
        self.width, self.top, self.bottom = WIDTH, TOP, BOTTOM
        if turned:
            self.width, self.top, self.bottom = 720.0, 535.0, 50.0
        self.page = 1
        self.y = self.top
        self._begin()

    def _begin(self) -> None:
        if self.turned:
            # the page is portrait, its content lies on its side, and the viewer is not told to turn it
            self.canvas.translate(A4[0], 0)
            self.canvas.rotate(90)
        self.canvas.setFont(FONT, SIZE)
        self.canvas.setLineWidth(0.6)

    def new_page(self) -> None:
        self.canvas.setFont(FONT, SIZE)
        self.canvas.drawCentredString(LEFT + self.width / 2, self.bottom - 32, f"- {self.page} -")
        for head in self.style.heads:
            self.canvas.drawString(LEFT, self.top + 30, head)
        self.canvas.showPage()
        self.page += 1
        self.y = self.top
        self._begin()

    def text(self, text: str, size: float = 11.0, *, centred: bool = False, indent: float = 0.0) -> None:
        lines = wrap("　" * int(indent) + text, self.width, size)
        for line in lines:
            if self.y - size * 1.6 < self.bottom:
                self.new_page()
            self.y -= size * 1.6
            self.canvas.setFont(FONT, size)
            x = LEFT + (self.width - pdfmetrics.stringWidth(line, FONT, size)) / 2 if centred else LEFT
            self.canvas.drawString(x, self.y, line)
        self.canvas.setFont(FONT, SIZE)
        self.y -= 6

    def table(self, table: Table) -> None:
        unit = self.width / sum(table.widths)
        xs = [LEFT + unit * sum(table.widths[:i]) for i in range(len(table.widths) + 1)]
        heights = self._heights(table, xs)
        start = 0
        while start < table.row_count:
            repeat = self.style.repeat_header and start > 0
            room = self.y - self.bottom - (sum(heights[: table.header_rows]) if repeat else 0)
            end = start
            while end < table.row_count and sum(heights[start : end + 1]) <= room:
                end += 1
            if end == start:
                self.new_page()
                continue
            if repeat:
                self._part(table, xs, heights, 0, table.header_rows)
            self._part(table, xs, heights, start, end)
            start = end
            if start < table.row_count:
                self.new_page()
        self.y -= 14

    def _heights(self, table: Table, xs: list[float]) -> list[float]:
        heights = [LEADING + 2 * self.style.row_padding] * table.row_count
        for cell in table.cells:
            if cell.rows == 1 and not cell.is_vertical:
                count = len(wrap(cell.text, xs[cell.column + cell.columns] - xs[cell.column] - 2 * PAD, SIZE))
                heights[cell.row] = max(heights[cell.row], count * LEADING + 2 * self.style.row_padding)
        return heights

    def _part(self, table: Table, xs: list[float], heights: list[float], start: int, end: int) -> None:
        ys = [self.y - sum(heights[start:row]) for row in range(start, end + 1)]
        for cell in table.cells:
            first, last = max(cell.row, start), min(cell.row + cell.rows, end)
            if first >= last:
                continue
            box = (xs[cell.column], ys[first - start], xs[cell.column + cell.columns], ys[last - start])
            self._borders(box)
            self._cell_text(cell, box, first, last)
        self.y = ys[-1]

    def _borders(self, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        if self.style.rules in ("all", "horizontal"):
            self.canvas.line(left, top, right, top)
            self.canvas.line(left, bottom, right, bottom)
        if self.style.rules == "all":
            self.canvas.line(left, top, left, bottom)
            self.canvas.line(right, top, right, bottom)

    def _cell_text(self, cell: Cell, box: tuple[float, float, float, float], first: int, last: int) -> None:
        left, top, right, bottom = box
        lines = wrap(cell.text, right - left - 2 * PAD, SIZE)
        if cell.is_vertical:
            lines = list(cell.text.replace("、", ""))
        if (first, last) != (cell.row, cell.row + cell.rows):
            # a page ends inside the cell: what fits stands on this page, the rest on the next
            fits = math.floor((last - first) * (LEADING + 2 * self.style.row_padding) / LEADING)
            if cell.text == self.style.split_label_at:
                fits = 1
            lines = lines[:fits] if first == cell.row else lines[fits:]
        y = (top + bottom) / 2 + len(lines) * LEADING / 2 - LEADING * 0.8
        for line in lines:
            width = pdfmetrics.stringWidth(line, FONT, SIZE)
            x = left + PAD if cell.align == "left" else (left + right - width) / 2
            self.canvas.drawString(x, y, line)
            y -= LEADING

    def save(self) -> None:
        self.new_page()
        self.canvas.save()


def wrap(text: str, width: float, size: float) -> list[str]:
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, FONT, size) > width:
            lines.append("")
        lines[-1] += character
    return lines


PROSE = (
    "本年度，本机关围绕中心工作推进政务公开，通过门户网站主动公开政府信息 1286 条，办理依申请公开事项，"
    "接受社会监督，公开的内容、程序和时限均符合规定。"
)


def report(pen: Pen, f: Figures, paragraphs: int) -> None:
    pen.text("临河县交通运输局2023年政府信息公开工作年度报告", 16, centred=True)
    pen.text("一、总体情况", 13)
    for _ in range(paragraphs):
        pen.text(PROSE, indent=2)
    pen.text("二、主动公开政府信息情况", 13)
    pen.table(table_two(f))
    pen.text("三、收到和处理政府信息公开申请情况", 13)
    pen.table(table_three(f, pen.style))
    pen.text("四、政府信息公开行政复议、行政诉讼情况", 13)
    pen.table(table_four(f))
    pen.text("五、存在的主要问题及改进情况", 13)
    pen.text("公开的深度还不够，下一年度将加强培训。", indent=2)
    pen.text("六、其他需要报告的事项", 13)
    pen.text("本年度没有收取信息处理费。", indent=2)
    pen.save()


def expected(f: Figures) -> dict[str, object]:
    names = [
        f"proactive.{row}.{column}"
        for row in ("regulations", "normative_documents")
        for column in ("issued", "repealed", "in_force")
    ]
    names += [
        f"proactive.{name}"
        for name in ("licensing.decisions", "penalties.decisions", "coercion.decisions", "fees.amount")
    ]
    values = [float(v) if "." in v else int(v) for v in f.proactive]
    for code, row in zip(ROW_CODES, f.applications(), strict=True):
        names += [f"applications.{code}.{column}" for column in COLUMN_CODES]
        values += row
    names += [
        f"reviews.{kind}.{result}"
        for kind in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
        for result in ("upheld", "corrected", "other", "pending", "total")
    ]
    values += f.reviews
    return {
        "report": {"agency": "临河县交通运输局", "year": 2023, "template": "2021"},
        "cells": [{"cell": n, "value": v, "state": "reported"} for n, v in zip(names, values, strict=True)],
    }


# shape -> style, paragraphs above the tables (they decide where the pages end), content lying on its side
SHAPES: dict[str, tuple[Style, int, bool]] = {
    "pdf-header-repeated-on-each-page": (Style(row_padding=9, repeat_header=True, heads=("临河县交通运输局",)), 10, False),
    "pdf-group-label-cut-by-page-end": (Style(split_label_at="（四）无法提供"), 12, False),
    "pdf-section-heading-ends-page": (Style(), 18, False),
    "pdf-no-ruling-lines": (Style(rules="none", row_padding=3), 3, False),
    "pdf-no-ruling-lines-no-space-between-rows": (Style(rules="none", row_padding=0), 2, False),
    "pdf-horizontal-rules-only": (Style(rules="horizontal"), 6, False),
    "pdf-vertical-labels": (Style(vertical_labels=True), 0, False),
    "pdf-content-lying-on-its-side": (Style(), 1, True),
}  # fmt: skip


def main() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    for shape, (style, paragraphs, turned) in SHAPES.items():
        folder = HERE / shape
        folder.mkdir(exist_ok=True)
        report(Pen(folder / "document.pdf", style, turned=turned), FIGURES, paragraphs)
        text = json.dumps(expected(FIGURES), ensure_ascii=False, indent=1)
        (folder / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
