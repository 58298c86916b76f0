"""Who is told of a run, and what: against receivers on this machine."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from ogi.settings.model import Receivers, Settings
from ogi.warehouse.alert import alert_of, send
from ogi.warehouse.audit import AuditResult, FailedExpectation
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake, SourceProblem
from ogi.warehouse.parsing import Parsing
from ogi.warehouse.run import Run
from ogi.warehouse.summary import summarise


def finding(name: str, nights: int) -> FailedExpectation:
    return FailedExpectation(
        name=name, suite="s", kind="sources", meaning_zh="", meaning_en="", observed=4, rows=[], nights=nights
    )


@pytest.fixture
def run(home: Home, tmp_path: Path) -> Run:
    """A run that published with one warning, for the third night."""
    run = Run(home, Settings(), tmp_path)
    run.unloaded = ["batch"]
    run.published = "20261123T020000.123Z"
    run.audited = AuditResult(
        passed=True, could_run=True, expectations_run=62, warnings=[finding("report_late", 3)]
    )
    return run


@pytest.fixture
def receiver() -> Iterator[SimpleNamespace]:
    """A web server that keeps what is posted to it."""
    got = SimpleNamespace(bodies=[], url="")

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Keep)
    got.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield got
    server.shutdown()


def test_a_published_run_with_warnings_is_told_with_their_age(run: Run, receiver: SimpleNamespace) -> None:
    alert = alert_of(run, "summary")
    assert alert is not None
    assert send(alert, Receivers(webhook=receiver.url)) == []
    [body] = receiver.bodies
    assert (body["status"], body["release"]) == ("published_with_warnings", run.published)
    assert (body["warnings"], body["nights"]) == ({"report_late": 4}, {"report_late": 3})
    assert body["text"] == "summary"


def test_a_run_that_published_nothing_is_told_with_the_expectation(
    run: Run, receiver: SimpleNamespace
) -> None:
    run.published = None
    run.audited = AuditResult(
        passed=False, could_run=True, expectations_run=62, expectations_failed=[finding("key_unique.x", 1)]
    )
    alert = alert_of(run, "why")
    assert alert is not None
    send(alert, Receivers(webhook=receiver.url))
    assert [(b["status"], b["failed"]) for b in receiver.bodies] == [("not_published", ["key_unique.x"])]


def test_a_run_that_broke_off_is_told_with_its_reason() -> None:
    alert = alert_of(None, "disk full")
    assert alert is not None
    assert (alert.status, alert.text) == ("not_published", "disk full")


def test_a_quiet_night_is_not_told(run: Run) -> None:
    run.audited = AuditResult(passed=True, could_run=True, expectations_run=62)
    assert alert_of(run, "summary") is None


def test_a_night_that_only_missed_a_source_is_told(run: Run) -> None:
    run.published, run.unloaded, run.audited, run.parsing = None, [], None, Parsing()
    run.intake = Intake(run.started)
    assert alert_of(run, "summary") is None
    run.intake.sources.append(SourceProblem("share", "source_unreachable", "来源“share”：不存在"))
    alert = alert_of(run, summarise(run))
    assert alert is not None
    assert (alert.status, alert.sources) == ("sources_not_reached", ["share"])
    assert "1 个来源未能收取" in alert.subject
    assert "[source_unreachable] 来源“share”：不存在" in alert.text


def test_a_warning_with_more_rows_than_are_shown_says_how_many_and_where(run: Run) -> None:
    rows = [{"agency_id": str(number)} for number in range(6)]
    warning = replace(finding("report_late", 1), observed=8, rows=rows)
    run.audited = AuditResult(passed=True, could_run=True, expectations_run=62, warnings=[warning])
    assert "其余 3 项" in summarise(run)


def test_nobody_is_told_where_nobody_is_named(run: Run) -> None:
    alert = alert_of(run, "summary")
    assert alert is not None
    assert send(alert, Receivers()) == []


def test_a_receiver_that_does_not_answer_fails_nothing_and_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    alert = alert_of(run, "summary")
    assert alert is not None
    [said] = send(alert, Receivers(webhook=f"http://127.0.0.1:{port}/"))
    assert "alert.webhook" in said


def test_an_e_mail_carries_the_summary(run: Run) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    received: list[str] = []
    answering = threading.Thread(target=_answer_smtp, args=(listener, received), daemon=True)
    answering.start()
    alert = alert_of(run, "入库小结")
    assert alert is not None
    said = send(
        alert,
        Receivers(email="operator@example.org", smtp=f"127.0.0.1:{listener.getsockname()[1]}"),
    )
    answering.join(10)
    assert said == []
    assert any(line.upper().startswith("RCPT TO:<OPERATOR@EXAMPLE.ORG>") for line in received)
    assert "入库小结" in received


def test_a_password_is_never_said_without_tls(run: Run) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    received: list[str] = []
    threading.Thread(target=_answer_smtp, args=(listener, received), daemon=True).start()
    alert = alert_of(run, "summary")
    assert alert is not None
    server = f"127.0.0.1:{listener.getsockname()[1]}"
    login = {"smtp_user": "user", "smtp_password": "secret"}
    [said] = send(alert, Receivers.model_validate({"email": "operator@example.org", "smtp": server, **login}))
    assert "alert.email" in said
    assert "STARTTLS" in said
    assert not any("AUTH" in line.upper() for line in received)


def _answer_smtp(listener: socket.socket, received: list[str]) -> None:
    """Answer one mail as a mail server does."""
    connection, _ = listener.accept()
    with connection, connection.makefile("rw", encoding="utf-8", newline="\r\n") as lines:

        def say(line: str) -> None:
            lines.write(line + "\r\n")
            lines.flush()

        say("220 here")
        in_data = False
        for line in lines:
            received.append(line.rstrip("\r\n"))
            if in_data:
                if line.strip() == ".":
                    in_data = False
                    say("250 kept")
            elif line.upper().startswith("DATA"):
                in_data = True
                say("354 go on")
            elif line.upper().startswith("QUIT"):
                say("221 bye")
                return
            else:
                say("250 ok")
