"""What a run did, for the person who reads it in the morning: Chinese first, English beside."""

from collections.abc import Iterator

from ogi.warehouse.audit import FailedExpectation
from ogi.warehouse.home import DATABASE
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
}


def summarise(run: Run) -> str:
    """Write the summary of a run, however far it came."""
    taken_in = [_files(run), _quarantined(run), _problems(run), _rosters(run)]
    judged = [_marts(run), _identities(run), _audit(run), _findings(run)]
    return "\n".join(line for part in [*taken_in, *judged, _outcome(run), _seconds(run)] for line in part)


def _files(run: Run) -> Iterator[str]:
    intake = run.intake
    if intake is None:
        return
    yield "文件 / files"
    yield _figure("见到 / seen", intake.seen)
    yield _figure("新增 / new", intake.new)
    yield _figure("未变 / unchanged", intake.unchanged)
    yield _figure("退回 / quarantined", run.quarantined_files)
    if intake.problems:
        yield _figure("未能读取 / not read", len(intake.problems))


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
    yield from (_figure(f"marts.{name}", count) for name, count in run.counts.marts.items())


def _identities(run: Run) -> Iterator[str]:
    if run.counts is None:
        return
    by_status = run.counts.identities
    held, broken = by_status.get("holds", 0), by_status.get("broken", 0)
    yield "勾稽关系 / identities"
    yield _figure("已核 / assessed", held + broken)
    yield _figure("成立 / held", held)
    yield _figure("不成立 / broken", broken)
    yield _figure("无法核对 / not assessable", by_status.get("not_assessable", 0))


def _audit(run: Run) -> Iterator[str]:
    audited = run.audited
    if audited is None:
        return
    passed = audited.expectations_run - len(audited.expectations_failed) - len(audited.warnings)
    yield "审核 / expectations"
    yield _figure("通过 / passed", passed)
    yield _figure("警告 / warnings", len(audited.warnings))
    yield _figure("未通过 / failed", len(audited.expectations_failed))
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


def _findings(run: Run) -> Iterator[str]:
    """Say what is wrong with the reports themselves, each leading to the printed cell."""
    if run.findings:
        yield f"报告的问题 / findings about the reports: {len(run.findings)}"
        lines = [
            f"{finding.agency} {finding.year}（{finding.path}"
            + (f"，{finding.place}" if finding.place else "")
            + f"）：{finding.statement_zh}"
            + ("（也可能是读取有误，请核对原文）" if finding.may_be_misread else "")
            for finding in run.findings
        ]
        yield from _listed(lines, "marts.fct_finding")


def _outcome(run: Run) -> Iterator[str]:
    """Say what was published and where it is; a failure's message is the error's own."""
    current = run.home.current_release()
    if run.published is not None:
        yield "发布 / published"
        yield f"  {run.published}"
        yield f"  {run.home.releases / run.published / DATABASE}"
        yield f"  {run.home.warehouse}"
    elif run.parsing is not None and not run.has_news:
        stays = f"当前发布仍为 {current} / nothing new, release {current} stays" if current else "nothing new"
        yield f"没有新内容，未重新发布；{stays}" if current else f"没有可发布的内容 / {stays}"


def _seconds(run: Run) -> Iterator[str]:
    yield "用时（秒） / seconds"
    yield from (f"  {_STAGES.get(name, name):<24}{seconds:>10.2f}" for name, seconds in run.seconds.items())


def _figure(label: str, number: int) -> str:
    """Set a figure behind its label; a Chinese character is two columns wide."""
    width = sum(2 if ord(character) > 0x2E80 else 1 for character in label)  # noqa: PLR2004 - where CJK begins
    return f"  {label}{' ' * max(1, 34 - width)}{number:>10}"


def _listed(lines: list[str], where_all: str) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  … 其余 {len(lines) - _SHOWN} 项见 {where_all} / {len(lines) - _SHOWN} more in {where_all}"
