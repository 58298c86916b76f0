"""What a run did, for the person who reads it in the morning: Chinese first, English beside."""

from collections.abc import Iterator

from ogi.warehouse.audit import FailedExpectation
from ogi.warehouse.home import DATABASE
from ogi.warehouse.release_diff_text import changed_figures, figure_line
from ogi.warehouse.run import Run

_SHOWN = 20
_SHOWN_ROWS = 5
_STAGES = {
    "take_in": "收件 / take in",
    "parse": "解析 / parse",
    "copy": "复制上一版 / copy",
    "load": "入库 / load",
    "build": "建模 / build",
    "audit": "审核 / audit",
    "publish": "发布 / publish",
    "export": "导出 / export",
}


def summarise(run: Run) -> str:
    """Write the summary of a run, however far it came."""
    taken_in = [_sources(run), _files(run), _quarantined(run), _problems(run), _rosters(run)]
    judged = [_marts(run), _identities(run), _audit(run), _findings(run), _changes(run)]
    return "\n".join(
        line for part in [*taken_in, *judged, _outcome(run), _exported(run), _seconds(run)] for line in part
    )


def figures(run: Run) -> list[tuple[str, str]]:
    """Return what a run came to as names and figures, as far as it came."""
    lines: list[tuple[str, str]] = []
    if run.intake is not None:
        lines += [
            ("见到的文件 / files seen", str(run.intake.seen)),
            ("新增 / new", str(run.intake.new)),
            ("未变 / unchanged", str(run.intake.unchanged)),
            ("未能读取 / not read", str(len(run.intake.problems))),
            ("退回 / quarantined", str(run.quarantined_files)),
        ]
    if run.parsing is not None:
        lines.append(("解析的文档 / documents parsed", str(run.parsing.documents)))
        lines.append(("待以后重读 / to be read again", str(run.parsing.waiting)))
    if run.counts is not None:
        lines.append(("报告 / reports", str(run.counts.reports)))
        lines += [(f"勾稽关系 / identities: {status}", str(n)) for status, n in run.counts.identities.items()]
        lines.append(("报告的问题 / findings", str(run.counts.marts.get("fct_finding", 0))))
    if run.audited is not None:
        lines += [
            ("审核项 / expectations run", str(run.audited.expectations_run)),
            ("未通过 / failed", str(len(run.audited.expectations_failed))),
            ("警告 / warnings", str(len(run.audited.warnings))),
        ]
    lines.append(("发布 / published", run.published or "—"))
    lines += [(f"用时（秒） / seconds: {_STAGES.get(name, name)}", str(s)) for name, s in run.seconds.items()]
    return lines


def _sources(run: Run) -> Iterator[str]:
    """Name the sources that were not reached first: what they lack is no news about their documents."""
    problems = run.intake.sources if run.intake else []
    if problems:
        yield "未能收取的来源 / sources that could not be reached"
        yield from _listed([f"[{problem.code}] {problem.message}" for problem in problems], "run.json")


def _files(run: Run) -> Iterator[str]:
    intake = run.intake
    if intake is None:
        return
    yield "文件 / files"
    yield figure_line("见到 / seen", intake.seen)
    yield figure_line("新增 / new", intake.new)
    yield figure_line("未变 / unchanged", intake.unchanged)
    yield figure_line("退回 / quarantined", run.quarantined_files)
    if intake.problems:
        yield figure_line("未能读取 / not read", len(intake.problems))
    if run.parsing is not None and run.parsing.waiting:
        yield figure_line("待以后重读 / to be read again", run.parsing.waiting)


def _quarantined(run: Run) -> Iterator[str]:
    quarantined = run.parsing.quarantined if run.parsing else []
    if quarantined:
        yield f"本次退回的文档 / documents quarantined in this run: {len(quarantined)}"
        yield from _listed([f"[{item.code}] {item.message}" for item in quarantined], "ogi quarantine")


def _problems(run: Run) -> Iterator[str]:
    problems = [*(run.intake.problems if run.intake else []), *(run.parsing.lost if run.parsing else [])]
    if problems:
        yield "未能读取的文件 / files that could not be read"
        yield from _listed([f"[{problem.code}] {problem.message}" for problem in problems], "run.json")


def _rosters(run: Run) -> Iterator[str]:
    if run.rosters.problems:
        yield "机关名册 / rosters of agencies"
        yield from _listed(run.rosters.problems, "run.json")


def _marts(run: Run) -> Iterator[str]:
    if run.counts is None:
        return
    yield "各表行数 / rows per mart"
    yield from (figure_line(f"marts.{name}", count) for name, count in run.counts.marts.items())


def _identities(run: Run) -> Iterator[str]:
    if run.counts is None:
        return
    by_status = run.counts.identities
    held, broken = by_status.get("holds", 0), by_status.get("broken", 0)
    yield "勾稽关系 / identities"
    yield figure_line("已核 / assessed", held + broken)
    yield figure_line("成立 / held", held)
    yield figure_line("不成立 / broken", broken)
    yield figure_line("无法核对 / not assessable", by_status.get("not_assessable", 0))


def _audit(run: Run) -> Iterator[str]:
    audited = run.audited
    if audited is None:
        return
    passed = audited.expectations_run - len(audited.expectations_failed) - len(audited.warnings)
    yield "审核 / expectations"
    yield figure_line("通过 / passed", passed)
    yield figure_line("警告 / warnings", len(audited.warnings))
    yield figure_line("未通过 / failed", len(audited.expectations_failed))
    for name, reason in audited.not_run.items():
        yield f"  未能运行 / could not run: {name}: {' '.join(reason.split())[:300]}"
    for failure in audited.expectations_failed:
        yield from _finding("未通过 / failed", failure)
    for warning in audited.warnings:
        yield from _finding("警告 / warning", warning)


def _finding(verdict: str, finding: FailedExpectation) -> Iterator[str]:
    since = f"，连续第 {finding.nights} 次 / {finding.nights} in a row" if finding.nights > 1 else ""
    yield f"  {verdict}: {finding.name} — {finding.meaning_zh} / {finding.meaning_en} ({finding.observed}{since})"
    for row in finding.rows[:_SHOWN_ROWS]:
        yield "    " + ", ".join(f"{name}={value}" for name, value in row.items() if value is not None)
    left = finding.observed - _SHOWN_ROWS
    if finding.rows and left > 0:
        yield f"    … 其余 {left} 项，查询语句见 data_docs/index.html / {left} more: their query is in data_docs/index.html"


def _findings(run: Run) -> Iterator[str]:
    """Say what is wrong with the reports themselves, each leading to the printed cell."""
    if run.findings and run.counts:
        in_all = run.counts.marts["fct_finding"]
        yield f"报告的问题 / findings about the reports: {in_all}"
        lines = [
            f"{finding.agency} {finding.year}（{finding.path}"
            + (f"，{finding.place}" if finding.place else "")
            + f"）：{finding.statement_zh}"
            + ("（也可能是读取有误，请核对原文）" if finding.may_be_misread else "")
            for finding in run.findings
        ]
        yield from _listed(lines, "marts.fct_finding", in_all)


def _changes(run: Run) -> Iterator[str]:
    if run.changes is not None:
        yield from changed_figures(run.changes)


def _outcome(run: Run) -> Iterator[str]:
    """Say what was published and where it is; a failure's message is the error's own."""
    current = run.home.current_release()
    if run.published is not None:
        yield "发布 / published"
        yield f"  {run.published}"
        yield f"  {run.home.releases / run.published / DATABASE}"
        yield f"  {run.home.warehouse}"
    elif run.held is not None and run.pin is not None:
        yield "已通过审核，但未发布 / passed its audit, and is held back"
        yield f"  {run.held.folder}"
        yield f"  {run.pin.in_words()}"
    elif run.parsing is not None and not run.has_news and run.pin is not None:
        yield "没有新内容 / nothing new"
        yield f"  {run.pin.in_words()}"
    elif run.parsing is not None and not run.has_news:
        stays = f"当前发布仍为 {current} / nothing new, release {current} stays" if current else "nothing new"
        yield f"没有新内容，未重新发布；{stays}" if current else f"没有可发布的内容 / {stays}"


def _exported(run: Run) -> Iterator[str]:
    exported = run.exported
    if exported is not None:
        yield "导出 / exported"
        yield f"  {run.home.exports / (run.home.current_release() or '')}"
        yield figure_line("文件 / files", exported.files)
        yield figure_line("其中未变 / of them unchanged", exported.linked)
    if run.export_failure is not None:
        yield f"导出失败，数据已发布 / the export failed, the release stands: {run.export_failure}"


def _seconds(run: Run) -> Iterator[str]:
    yield "用时（秒） / seconds"
    yield from (f"  {_STAGES.get(name, name):<24}{seconds:>10.2f}" for name, seconds in run.seconds.items())


def _listed(lines: list[str], where_all: str, in_all: int | None = None) -> Iterator[str]:
    """Show the first lines; `in_all` where there are more than these."""
    yield from (f"  {line}" for line in lines[:_SHOWN])
    left = (len(lines) if in_all is None else in_all) - _SHOWN
    if left > 0:
        yield f"  … 其余 {left} 项见 {where_all} / {left} more in {where_all}"
