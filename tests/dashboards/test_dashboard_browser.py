"""The page in a real browser, served as `ogi dashboard` serves it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

Publish = Callable[..., Path]
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(
        CHROMIUM is None and os.environ.get("CI") != "true", reason="Chromium is not installed"
    ),
]


@pytest.fixture
def address(publish: Publish, home: Path) -> Iterator[str]:
    """Serve a release on a free port of the loopback, from a folder that is not the repository."""
    publish()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home / "dashboard.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", f"from dashboards.serve import serve; serve({port})"],
            cwd=home,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the dashboard did not start:\n{log.read_text()}")


def test_an_official_reads_the_page_and_changes_the_year(address: str, publish: Publish):
    complaints: list[str] = []
    elsewhere: list[str] = []
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": 1280, "height": 1600}, accept_downloads=True)
        page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda r: elsewhere.append(r.url) if r.url.startswith("http") and address not in r.url else None,
        )
        page.goto(address)

        expect(page.get_by_role("heading", level=1)).to_have_text("政府信息公开年度报告：地区对比")
        table = page.get_by_role("region", name="指标对比表")
        expect(table.get_by_role("rowheader").filter(has_text="鲤城区")).to_be_visible()
        expect(table.locator("caption")).to_contain_text("2024 年度")
        expect(table).to_have_attribute("tabindex", "0")  # scrolls by keyboard
        charts = page.locator("[data-testid=stVegaLiteChart]").locator("canvas, svg.marks")
        expect(charts).to_have_count(2)
        expect(charts.first).to_be_visible()

        page.get_by_role("combobox", name="年度 Year").click()
        page.get_by_role("option", name="2019").click()
        expect(table.locator("caption")).to_contain_text("2019 年度")
        expect(table).to_contain_text("123.46")

        with page.expect_download() as download:
            page.get_by_role("button", name="下载此表").click()
        assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")

        publish("20261123T180000.000Z")
        page.reload()
        expect(page.get_by_text("20261123T180000.000Z")).to_be_visible()
        browser.close()
    assert complaints == []
    assert elsewhere == []
