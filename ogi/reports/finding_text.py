"""A finding in words, Chinese and English: what was printed, what would make the identities hold."""

from collections.abc import Callable

from ogi.identities.diagnose import Finding, Suspect
from ogi.identities.explanations import FindingKind
from ogi.reports.templates import cell_label

_Words = Callable[[str, str, int], tuple[str, str]]

# What the cells print and should print, in words, is put in; the number is that of the identities concerned
_CERTAIN: dict[FindingKind, _Words] = {
    "misprinted_cell": lambda zh, en, count: (
        f"疑似印错：{zh}，则相关的 {count} 个等式全部成立。",
        f"Probably misprinted: {en}; then all {count} identities hold.",
    ),
    "total_zero_over_parts": lambda zh, en, count: (
        f"合计印为 0，各分项却不为零：{zh}，则相关的 {count} 个等式全部成立。",
        f"A total of 0 over parts that are not: {en}; then all {count} identities hold.",
    ),
    "wrong_applicant_column": lambda zh, en, _: (
        f"疑似把申请计入了错误的类别（一列多、另一列少，合计不变）：{zh}。",
        f"Requests seem to be filed in the wrong column: {en}.",
    ),
    "split_number": lambda zh, en, _: (
        f"疑似一个两位数被拆在相邻两格：{zh}。",
        f"A number of two digits seems to be split over two cells: {en}.",
    ),
    "shifted_row": lambda zh, en, _: (
        f"疑似整行数字错位一列：{zh}。",
        f"The figures of a row seem to stand one column off: {en}.",
    ),
    "total_omitted": lambda zh, en, _: (
        f"合计未填，各分项之和不为零：{zh}。",
        f"Totals are left blank over parts that are not zero: {en}.",
    ),
}


def state_finding(finding: Finding, template: str | None) -> tuple[str, str]:
    """Return the statement of a finding in Chinese and in English."""
    suspects = finding.suspects
    count = len(finding.identities)
    if all(suspect.implied is not None for suspect in suspects) and finding.kind in _CERTAIN:
        zh = "；".join(_repair_zh(suspect, template) for suspect in suspects)
        en = ", ".join(_repair_en(suspect) for suspect in suspects)
        return _CERTAIN[finding.kind](zh, en, count)
    what_zh, what_en = "不能确定是哪个数字有误", "which figure is wrong cannot be pinned down"
    if finding.kind == "wrong_applicant_column":
        what_zh = "疑似把申请计入了错误的类别，但不能确定是哪一行"
        what_en = "requests seem to be filed in the wrong column, but in which row is not certain"
    return (
        f"{count} 个等式不成立，{what_zh}；请逐一核对所列 {len(suspects)} 个数字。",
        f"Broken identities: {count}; {what_en}: check the {len(suspects)} figures listed.",
    )


def _repair_zh(suspect: Suspect, template: str | None) -> str:
    printed = "未填" if suspect.printed is None else f"印为 {suspect.printed}"
    return f"{cell_label(template, suspect.cell)} {printed}，若为 {suspect.implied}"


def _repair_en(suspect: Suspect) -> str:
    printed = "is blank" if suspect.printed is None else f"prints {suspect.printed}"
    return f"{suspect.cell} {printed}, should it be {suspect.implied}"
