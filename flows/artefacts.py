"""What Prefect's user interface shows of a run. The truth lies in OGI_HOME; this is a view that may be lost."""

import logging

from prefect.artifacts import create_link_artifact, create_table_artifact
from prefect.settings import PREFECT_API_URL

from flows.server_process import DATA_DOCS
from ogi.warehouse.ledger import Quarantined, open_ledger
from ogi.warehouse.run import Run
from ogi.warehouse.summary import figures

_SHOWN = 500
_log = logging.getLogger(f"ogi.{__name__}")

# Prefect keeps the history of an artefact by its key
SUMMARY, QUARANTINE, FINDINGS, DOCS = "summary", "quarantine", "findings", "data-docs"


def leave_artefacts(run: Run) -> None:
    """Leave the artefacts of a run, however far it came; what Prefect refuses never fails the run."""
    try:
        _summary(run)
        _quarantine(run)
        if run.counts is not None:
            _findings(run)
        if run.published is not None:
            _data_docs(run.published)
    except Exception:  # a view that is missing is no reason to call a published release a failure
        _log.exception("artefacts not left", extra={"run": run.id})


def _summary(run: Run) -> None:
    create_table_artifact(
        [{"项目 / item": name, "数 / figure": value} for name, value in figures(run)],
        key=SUMMARY,
        description=f"运行 {run.id} 的摘要 / what run {run.id} came to",
    )


def _quarantine(run: Run) -> None:
    with open_ledger(run.home) as ledger:
        quarantined = ledger.quarantined()
    create_table_artifact(
        [_put_aside(item) for item in quarantined[:_SHOWN]],
        key=QUARANTINE,
        description=f"退回 {len(quarantined)} 份 / {len(quarantined)} documents gave no report"
        + _more(len(quarantined), "ogi quarantine"),
    )


def _put_aside(item: Quarantined) -> dict[str, str]:
    return {
        "文件 / file": item.path,
        "代码 / code": item.code,
        "原因 / reason": item.message,
        "SHA-256": item.source_sha256[:12],
    }


def _findings(run: Run) -> None:
    in_all = run.counts.marts["fct_finding"] if run.counts else 0
    create_table_artifact(
        [
            {
                "机关 / agency": finding.agency,
                "年度 / year": finding.year,
                "文件 / file": finding.path,
                "位置 / place": finding.place,
                "说明 / finding": finding.statement_zh,
            }
            for finding in run.findings[:_SHOWN]
        ],
        key=FINDINGS,
        description=f"报告的问题 {in_all} 项 / {in_all} findings about the reports"
        + _more(in_all, "ogi findings"),
    )


def _data_docs(release: str) -> None:
    server = str(PREFECT_API_URL.value()).removesuffix("/api")
    create_link_artifact(
        server + DATA_DOCS.format(release=release),
        link_text=f"审核结果 / audit of {release}",
        key=DOCS,
        description=f"版本 {release} 的审核结果 / what the audit of release {release} found",
    )


def _more(count: int, command: str) -> str:
    return f"；其余见 {command} / the others: `{command}`" if count > _SHOWN else ""
