"""`ogi serve`: a load by the schedule, what Prefect's pages show of it, and an end that leaves nothing behind."""

import base64
import contextlib
import json
import os
import re
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.command_line import TITLE, copy_home, query, release_of, run_ogi, start_ogi

pytestmark = pytest.mark.integration

SECONDS = 240


class Served:
    """A schedule at work."""

    def __init__(self, home: Path, inbox: Path, *options: str) -> None:
        self.home = home
        self.inbox = inbox
        self.process = start_ogi(home, "serve", str(inbox), *options)
        assert self.process.stdout is not None
        started, pages = self.process.stdout.readline(), self.process.stdout.readline()
        assert "调度已启动" in started, started + pages
        (self.address,) = re.findall(r"http://127\.0\.0\.1:\d+", pages)

    def get(self, path: str, body: object = None, *, password: str | None = None) -> bytes:
        password = password or (self.home / "serve.password").read_text(encoding="utf-8").strip()
        request = urllib.request.Request(
            self.address + path,
            None if body is None else json.dumps(body).encode(),
            {
                "Authorization": f"Basic {base64.b64encode(password.encode()).decode()}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def runs(self, state: str) -> list[dict[str, Any]]:
        body = {"flow_runs": {"state": {"type": {"any_": [state]}}}}
        return json.loads(self.get("/api/flow_runs/filter", body))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=SECONDS)
        return self.process.returncode


@pytest.fixture(scope="module")
def served(published: Path, tmp_path_factory: pytest.TempPathFactory, street_2020: bytes) -> Iterator[Served]:
    """A schedule on a copy of the published samples, after a first load of one new document."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "inbox").mkdir()
    newer = street_2020.decode().replace(TITLE, TITLE.replace("2020", "2018"))
    (folder / "inbox" / "newer.txt").write_text(newer, encoding="utf-8")
    (folder / "inbox" / "empty.txt").touch()
    served = Served(copy_home(published, folder / "home"), folder / "inbox", "--now")
    try:
        wait_until(lambda: bool(served.runs("COMPLETED")))
        yield served
    finally:
        served.process.kill()
        served.process.communicate()


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.5)


def processes_of(home: Path) -> list[int]:
    """List the processes that work for an OGI_HOME."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and int(folder.name) != os.getpid():
            with contextlib.suppress(OSError):
                if f"OGI_HOME={home}\0".encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
    return found


def artefacts(served: Served) -> dict[str, dict[str, Any]]:
    return {a["key"]: a for a in json.loads(served.get("/api/artifacts/filter", {}))}


def test_the_load_is_published_and_its_run_bears_the_name_of_the_run(served):
    assert "newer.txt" in {
        path for (path,) in query(served.home, "select source_path from marts.fct_report_version")
    }
    (run,) = served.runs("COMPLETED")
    written = json.loads(
        (served.home / "releases" / release_of(served.home) / "run.json").read_text(encoding="utf-8")
    )
    assert run["name"] == written["run"]
    tasks = json.loads(served.get("/api/task_runs/filter", {"flow_runs": {"id": {"any_": [run["id"]]}}}))
    assert {task["state_type"] for task in tasks} == {"COMPLETED"}
    assert {task["name"].split("-")[0] for task in tasks} == {
        "收件 take in",
        "解析 parse",
        "入库 load",
        "建模 build",
        "审核 audit",
        "发布 publish",
        "导出 export",
    }


def test_the_summary_the_quarantine_and_the_findings_are_there_to_be_read(served):
    summary = {
        row["项目 / item"]: row["数 / figure"] for row in json.loads(artefacts(served)["summary"]["data"])
    }
    assert (summary["新增 / new"], summary["发布 / published"]) == ("1", release_of(served.home))
    put_aside = json.loads(artefacts(served)["quarantine"]["data"])
    assert "empty_file" in {row["代码 / code"] for row in put_aside}
    findings = artefacts(served)["findings"]
    count = query(served.home, "select count(*) from marts.fct_finding")[0][0]
    assert f"{count} findings" in findings["description"]
    assert len(json.loads(findings["data"])) == count


def test_the_link_leads_to_the_audit_of_the_release(served):
    (link,) = re.findall(r"\((http[^)]+)\)", artefacts(served)["data-docs"]["data"])
    assert link.startswith(served.address)
    page = served.home / "releases" / release_of(served.home) / "data_docs" / "index.html"
    assert served.get(link.removeprefix(served.address)) == page.read_bytes()


@pytest.mark.parametrize("release", ["..", "20200101T000000.000Z", "%2e%2e%2f%2e%2e"])
def test_no_other_file_is_served(served, release):
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.get(f"/data-docs/{release}")
    assert refused.value.code == 404


def test_the_runs_are_shown_to_who_has_the_password(served):
    assert b"<html" in served.get("/").lower()
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.get("/api/flow_runs/filter", {}, password="ogi:guessed")
    assert refused.value.code == 401
    assert (served.home / "serve.password").stat().st_mode & 0o077 == 0


def test_loads_are_planned_for_two_in_beijing_and_on_sundays_at_four_one_that_builds_all_anew(served):
    def planned() -> set[tuple[str, bool]]:
        return {
            (run["expected_start_time"][11:16], run["parameters"].get("full_refresh", False))
            for run in served.runs("SCHEDULED")
        }

    wait_until(lambda: len(planned()) > 1)
    assert planned() == {("18:00", False), ("20:00", True)}


def test_a_second_schedule_is_refused_and_says_so(served):
    second = run_ogi(served.home, "serve")
    assert second.returncode == 1
    assert "调度已在运行" in second.stderr


def test_a_load_that_was_cut_off_by_a_kill_is_taken_up_at_once_and_an_end_leaves_no_process(served):
    """The last test here: it ends the schedule."""
    # With news, so that it is not over before it is cut off
    newest = (served.inbox / "newer.txt").read_text(encoding="utf-8").replace("2018", "2017")
    (served.inbox / "newest.txt").write_text(newest, encoding="utf-8")
    (deployment,) = json.loads(served.get("/api/deployments/filter", {}))
    anew = {"parameters": {"full_refresh": True}}
    served.get(f"/api/deployments/{deployment['id']}/create_flow_run", anew)
    wait_until(lambda: bool(served.runs("RUNNING")))
    served.process.kill()
    served.process.communicate()
    wait_until(lambda: processes_of(served.home) == [])
    again = Served(served.home, served.inbox)
    try:
        wait_until(lambda: len(again.runs("CRASHED")) == 1 and len(again.runs("COMPLETED")) == 2)
        run = again.home / "releases" / release_of(again.home) / "run.json"
        assert json.loads(run.read_text(encoding="utf-8"))["is_full_refresh"]
        assert again.stop() == 0
        assert processes_of(again.home) == []
    finally:
        again.process.kill()
        again.process.communicate()
