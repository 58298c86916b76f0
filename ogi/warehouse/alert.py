"""Tell someone what a run came to: a webhook, an e-mail, or both, as the settings say."""

import json
import logging
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Literal

from ogi.settings.model import Receivers
from ogi.warehouse.run import Run

_log = logging.getLogger(__name__)
_SECONDS = 20

Status = Literal["not_published", "held", "published_with_warnings", "sources_not_reached"]


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told: `text` is the run's summary, `warnings` counts rows by expectation.

    `sources_not_reached` is the status of a night whose only news that is.
    """

    status: Status
    subject: str
    release: str | None
    failed: list[str]
    warnings: dict[str, int]
    nights: dict[str, int]
    sources: list[str]
    text: str


def alert_of(run: Run | None, text: str) -> Alert | None:
    """Return what there is to tell of a run; None for a night without anything to look at.

    Args:
        run: what is known of the run; None if it did not come so far.
        text: the summary, or the reason why nothing was published.
    """
    audited = run.audited if run else None
    warnings = audited.warnings if audited else []
    sources = [problem.source for problem in run.intake.sources] if run and run.intake else []
    is_published = run is not None and run.published is not None
    is_idle = run is not None and not run.has_news and run.parsing is not None
    if (is_published or is_idle) and not warnings and not sources:
        return None
    failed = [f.name for f in audited.expectations_failed] + list(audited.not_run) if audited else []
    status: Status = "not_published"
    if is_published:
        status = "published_with_warnings"
    elif is_idle:
        status = "sources_not_reached"
    elif run is not None and run.held is not None:
        status = "held"
    return Alert(
        status=status,
        subject=_subject(status, len(warnings), len(sources)),
        release=run.published if run else None,
        failed=failed,
        warnings={warning.name: warning.observed for warning in warnings},
        nights={warning.name: warning.nights for warning in warnings},
        sources=sources,
        text=text,
    )


def _subject(status: Status, warnings: int, sources: int) -> str:
    words = {
        "published_with_warnings": f"已发布，{warnings} 项提醒 / published, {warnings} warnings",
        "sources_not_reached": "没有新内容 / nothing new",
        "not_published": "未发布 / not published",
        "held": "已通过审核，发布被固定，未发布 / passed, held back: a release is pinned",
    }
    missed = f"；{sources} 个来源未能收取 / {sources} sources not reached" if sources else ""
    return f"政府信息公开年报入库：{words[status]}{missed}"


def tell(run: Run | None, text: str, receivers: Receivers) -> list[str]:
    """Tell who wants to know what there is to tell of a run; return, in words, what could not be sent."""
    alert = alert_of(run, text)
    return send(alert, receivers) if alert else []


def send(alert: Alert, receivers: Receivers) -> list[str]:
    """Send an alert to everyone who is named; return, in words, what could not be sent.

    A receiver that does not answer never fails a run: what it misses is in the run's log and exit text.
    """
    ways: dict[str, Callable[[], None]] = {}
    if receivers.webhook:
        url = receivers.webhook.get_secret_value()
        ways["alert.webhook"] = lambda: _post(url, alert)
    if receivers.email:
        addresses = receivers.email
        ways["alert.email"] = lambda: _mail(receivers, addresses, alert)
    failures = []
    for name, way in ways.items():
        try:
            way()
            _log.info("alert sent", extra={"to": name, "status": alert.status})
        except Exception as error:  # whatever a receiver does, the run is done
            _log.exception("alert not sent", extra={"to": name})
            failures.append(
                f"提醒未能发出，请检查 {name} / the alert could not be sent, check {name}: {error}"
            )
    return failures


def _post(url: str, alert: Alert) -> None:
    body = json.dumps(asdict(alert), ensure_ascii=False).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json; charset=utf-8"})  # noqa: S310
    urllib.request.urlopen(request, timeout=_SECONDS).close()  # noqa: S310 - the settings check the scheme


def _mail(receivers: Receivers, addresses: str, alert: Alert) -> None:
    message = EmailMessage()
    message["Subject"] = alert.subject
    message["From"] = "ogi"
    message["To"] = addresses
    message.set_content(alert.text)
    host, _, port = receivers.smtp.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=_SECONDS) as smtp:
        if receivers.smtp_user and receivers.smtp_password:  # the settings have both or neither
            smtp.starttls(context=ssl.create_default_context())
            smtp.login(receivers.smtp_user, receivers.smtp_password.get_secret_value())
        smtp.send_message(message)
