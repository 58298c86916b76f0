"""Documents that are no annual report, though they look like one or come in the same folder."""

import random

from ogi.demo.content import Block, Content, Line, Slot, Table
from ogi.demo.document import MARK
from ogi.demo.forms.applications import applications_table
from ogi.demo.forms.cells import form_cells
from ogi.demo.forms.proactive import proactive_tables
from ogi.demo.forms.reviews import reviews_table
from ogi.demo.histories import Facts
from ogi.demo.layouts import Layout
from ogi.demo.truth import Printed

KINDS = ("blank_form", "guide", "news", "budget", "other_report")
_FORM = Layout("official", ())


def distractor(rng: random.Random, facts: Facts, kind: str) -> Content:
    """Write a document of one of `KINDS`, of the agency and year of a report."""
    name, year = facts.agency.full_name, facts.year
    title, body = {
        "blank_form": (f"关于做好{year}年政府信息公开工作年度报告编制发布工作的通知", _blank_form(rng, year)),
        "guide": (f"{name}政府信息公开指南", _guide(name)),
        "news": (f"{name}召开{year}年政务公开工作推进会", _news(rng, name, year)),
        "budget": (f"{name}{year}年部门预算公开", _budget(rng, year)),
        "other_report": (f"{name}{year}年法治政府建设年度报告", _other_report(rng, year)),
    }[kind]
    return Content(title, [Line(MARK), Line(title, level=1), *body, Line(MARK)])


def _blank_form(rng: random.Random, year: int) -> list[Block]:
    """Return a notice with the form to fill in: every label and no figure."""
    cells = form_cells("2021")
    empty = {cell.cell: Printed("", "blank", None, cell.unit) for cell in cells if not cell.is_optional}
    return [
        Line("各乡镇人民政府、街道办事处，区直各单位："),
        Line(f"现将{year}年度报告的格式印发给你们，请于{year + 1}年1月20日前将本单位的年度报告报送我办。"),
        Line("附件：年度报告格式", level=2),
        Line("二、主动公开政府信息情况", level=2),
        *proactive_tables(rng, "2021", empty, _FORM),
        Line("三、收到和处理政府信息公开申请情况", level=2),
        applications_table("2021", empty, _FORM),
        Line("四、政府信息公开行政复议、行政诉讼情况", level=2),
        reviews_table("2021", empty, _FORM),
    ]


def _guide(name: str) -> list[Block]:
    return [
        Line("一、主动公开的信息", level=2),
        Line(f"{name}主动公开机构职能、规范性文件、行政许可、行政处罚等信息，具体见本机关政府信息公开目录。"),
        Line("二、依申请公开", level=2),
        Line("本机关自收到申请之日起20个工作日内予以答复，需要延长的，延长期限最长不超过20个工作日。"),
    ]


def _news(rng: random.Random, name: str, year: int) -> list[Block]:
    return [
        Line(f"{year}年{rng.randint(3, 11)}月{rng.randint(1, 28)}日，{name}召开政务公开工作推进会。"),
        Line(
            f"会议通报，上半年主动公开政府信息{rng.randint(20, 900)}条，收到政府信息公开申请{rng.randint(1, 30)}件。"
        ),
    ]


def _budget(rng: random.Random, year: int) -> list[Block]:
    rows = [[Slot("项目"), Slot("本年预算数（万元）"), Slot("上年执行数（万元）")]]
    for item in ("一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "住房保障支出", "总计"):
        rows.append([Slot(item), Slot(str(rng.randint(10, 9000))), Slot(str(rng.randint(10, 9000)))])
    return [Line(f"{year}年收支预算总表", level=2), Table(rows, 1)]


def _other_report(rng: random.Random, year: int) -> list[Block]:
    return [
        Line("一、主要举措和成效", level=2),
        Line(
            f"{year}年，共办理行政复议案件{rng.randint(1, 40)}件，行政诉讼案件{rng.randint(1, 40)}件，制定规范性文件{rng.randint(1, 9)}件。"
        ),
        Line("二、存在的不足和原因", level=2),
        Line("执法力量有待加强。"),
    ]
