"""The scores as the page `docs/accuracy.md`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.accuracy.compare import Score
from benchmarks.accuracy.sample import DIGITAL, SCANS

_HEAD = """# 准确度 / Accuracy

合成语料的每个数字都已知，由与读取程序无关的代码写出；下表逐格比对数值和状态。
Every figure of the synthetic corpus is known, and its documents are written by code that no reader shares; the tables
compare each cell's value and state. 数字印错（合计不符等）也照印出的读。 / A misprint is read as printed.
读得多快，见本页末。 / How fast documents are read stands at the end of this page.

"""
_NAMES = (
    "documents",
    "no report",
    "cells",
    "cells right",
    "wrong numbers",
    "metadata right",
    "prose counts found",
    "prose counts wrong",
    "broken identities found",
    "false alarms",
    "seconds a document",
)


@dataclass(frozen=True)
class Bar:
    """A bar and what was measured."""

    name: str
    measured: str
    is_met: bool


def accuracy_page(scores: Mapping[tuple[str, str], Score], seconds: Mapping[str, float], how: str) -> str:
    """Return the whole page in Markdown."""
    by_format = _by_format(scores)
    lines = [_HEAD + how, "", "## 指标 / Bars", "", "| bar | measured | |", "|---|---|---|"]
    lines += [
        f"| {bar.name} | {bar.measured} | {'met' if bar.is_met else 'MISSED'} |" for bar in bars(scores)
    ]
    lines += ["", "## 按格式 / By format", "", _row(("format", *_NAMES)), "|" + "---|" * (len(_NAMES) + 1)]
    lines += [_score_row(name, score, seconds[name]) for name, score in by_format.items()]
    for name in by_format:
        lines += ["", f"## {name}", "", _row(("layout", *_NAMES[:-1])), "|" + "---|" * len(_NAMES)]
        found = sorted((layout, score) for (f, layout), score in scores.items() if f == name)
        lines += [_score_row(layout, score) for layout, score in found]
    return "\n".join(lines) + "\n"


def bars(scores: Mapping[tuple[str, str], Score]) -> list[Bar]:
    """Return the bars that the product is held to."""
    by_format = _by_format(scores)
    digital, scans = Score(), Score()
    for name, score in by_format.items():
        (digital if name in DIGITAL else scans).add(score)
    found = []
    if digital.documents:
        found += [
            *(_cells_bar(name, by_format[name], 0.999) for name in DIGITAL if name in by_format),
            Bar("digital: wrong numbers 0", str(digital.wrong_numbers), digital.wrong_numbers == 0),
            Bar(
                "digital: metadata ≥ 99 %",
                _share(digital.fields_right, digital.fields),
                digital.fields_right >= 0.99 * digital.fields,
            ),
            Bar(
                "digital: every broken identity found",
                f"{digital.broken_found} of {digital.broken}",
                digital.broken_found == digital.broken,
            ),
            Bar("digital: false alarms 0", str(digital.false_alarms), digital.false_alarms == 0),
        ]
    if scans.documents:
        per_cell = 1 / 2000
        found += [
            _cells_bar("scans", scans, 0.98),
            Bar(
                "scans: wrong numbers ≤ 1 in 2,000",
                f"{scans.wrong_numbers} in {scans.cells:,}",
                scans.wrong_numbers <= per_cell * scans.cells,
            ),
        ]
    return found


def _cells_bar(name: str, score: Score, floor: float) -> Bar:
    measured = _share(score.cells_right, score.cells)
    return Bar(f"{name}: cells right ≥ {floor:.1%}", measured, score.cells_right >= floor * score.cells)


def _by_format(scores: Mapping[tuple[str, str], Score]) -> dict[str, Score]:
    found: dict[str, Score] = defaultdict(Score)
    for name in (*DIGITAL, *SCANS):
        for (document_format, _), score in scores.items():
            if document_format == name:
                found[name].add(score)
    return dict(found)


def _score_row(name: str, score: Score, seconds: float | None = None) -> str:
    fields = [
        name,
        str(score.documents),
        str(score.unread),
        f"{score.cells:,}",
        _share(score.cells_right, score.cells),
        str(score.wrong_numbers),
        _share(score.fields_right, score.fields),
        _share(score.counts_found, score.counts),
        str(score.counts_wrong),
        f"{score.broken_found} of {score.broken}",
        str(score.false_alarms),
    ]
    return _row([*fields, f"{seconds / score.documents:.3f}"] if seconds is not None else fields)


def _row(fields: "tuple[str, ...] | list[str]") -> str:
    return "| " + " | ".join(fields) + " |"


def _share(part: int, whole: int) -> str:
    """Write a share so that only all is 100 %."""
    if not whole:
        return "—"
    return "100 %" if part == whole else f"{min(part / whole, 0.99999):.3%}"
