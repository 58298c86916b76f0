"""The check in words for an official: each broken identity with formula, figures, difference and place."""

from ogi.identities.evaluate import Verdict
from ogi.reports.check import CheckedReport, SuspectCell
from ogi.reports.model import Cell, Place
from ogi.reports.not_given import not_given
from ogi.reports.templates import cell_label


def explain(checked: CheckedReport) -> str:
    """Return the text that `ogi check` prints for one report: Chinese first, the English beside what matters."""
    result = checked.result
    report = result.report
    if report is None:
        return "\n".join(problem.message for problem in result.problems)
    lines = [f"{report.agency or '（未署名）'} {report.year or '（年度不明）'}（{result.source.path}）"]
    assessed = [v for v in checked.verdicts if v.status != "not_assessable"]
    unassessed = len(checked.verdicts) - len(assessed)
    if not assessed:
        lines.append("  勾稽关系：没有一个能够核对 / not one identity could be assessed")
    elif not result.broken:
        lines.append(f"  勾稽关系：{len(assessed)} 个全部成立 / {len(assessed)} identities hold")
    else:
        lines.append(f"  勾稽关系：{len(result.broken)} 个不成立 / broken identities: {len(result.broken)}")
        broken = [v for v in checked.verdicts if v.status == "broken"]
        for number, verdict in enumerate(broken, start=1):
            lines.extend(_broken(number, verdict, checked.cells, report.template))
    if unassessed:
        lines.append(
            f"  另有 {unassessed} 个因有空白、缺失或非数字而无法核对 / {unassessed} could not be assessed"
        )
    lines.extend(f"  · {line}" for line in not_given(checked.cells, report.template))
    for finding in result.findings:
        whose = "" if finding.side == "source" else "（也可能是读取有误，请核对原文）"
        lines.append(f"  ▶ {finding.statement_zh}{whose}")
        lines.append(f"    {finding.statement_en}")
        lines.extend(f"    位置：{_suspect(s, report.template)}" for s in finding.cells)
    lines.extend(f"  ！{p.message}{_at(p.where)}" for p in result.problems)
    if result.broken:
        lines.append(
            "  请对照底稿核实后改正，再运行一次 ogi check。"
            " / Correct the report from your records, then run `ogi check` again."
        )
    return "\n".join(lines)


def _suspect(suspect: SuspectCell, template: str | None) -> str:
    printed = "未填" if suspect.printed is None else f"印为 {suspect.printed}"
    return f"{where(suspect.where)}，{cell_label(template, suspect.cell)} {printed}"


def _broken(number: int, verdict: Verdict, cells: dict[str, Cell], template: str | None) -> list[str]:
    identity = verdict.identity
    sides = {}
    for side in ("left", "right"):
        terms = [t for t in verdict.terms if t.side == side]
        # Zeros are left out of long sums only
        told = [t for t in terms if len(terms) == 1 or cells[t.cell].value != 0]
        sides[side] = "＋".join(f"{cells[t.cell].value}（{cell_label(template, t.cell)}）" for t in told)
    return [
        f"  {number}. {identity.statement_zh}  [{identity.id}]",
        f"     {identity.statement_en}",
        f"     左边 {sides['left'] or '0'} = {verdict.left}",
        f"     右边 {sides['right'] or '0'} = {verdict.right}",
        f"     相差 {verdict.residual:+}",
    ]


def where(place: Place) -> str:
    """Return a place in words, from the page down to the cell."""
    parts = [
        ("第{}页", place.page),
        ("第{}个表", place.table),
        ("第{}行", place.row),
        ("第{}列", place.column),
    ]
    parts.append(("原文第{}行", place.line))
    return "".join(text.format(number) for text, number in parts if isinstance(number, int)) or "（无位置）"


def _at(place: Place) -> str:
    words = where(place)
    return "" if words == "（无位置）" else f"（{words}）"
