"""Web addresses as a source: what counts as new, what a page leads to, and what one address costs the others."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from conftest import REPOSITORY
from web_site import Site, web_site

from ogi.settings.model import Settings
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake
from ogi.warehouse.ledger import LandedDocument, open_ledger
from ogi.warehouse.parsing import parse_landed
from ogi.warehouse.sources import take_in_sources

NOTICE = "<html><head><title>财政局2023年政府信息公开工作年度报告</title></head><body>{}</body></html>"
LINK = '<a href="/report.pdf">附件：report.pdf</a>'
HTML_REPORT = REPOSITORY / "tests" / "documents" / "html-whole-report-in-one-table" / "document.html"

Load = Callable[..., Intake]


@pytest.fixture
def site() -> Iterator[Site]:
    with web_site() as served:
        yield served


@pytest.fixture
def load(home: Home, site: Site) -> Load:
    """Take in the paths of the site, once."""

    def take_in(*paths: str, **changed: object) -> Intake:
        source = {"name": "site", "urls": [site.url(path) for path in paths]} | changed
        fetch = {
            "allow_private_addresses": True,
            "ports": [site.port, 1],
            "delay_seconds": 0,
            "max_bytes": 2_000_000,
        }
        settings = {"home": home.root, "fetch": fetch, "source": [source]}
        return take_in_sources(home, Settings.model_validate(settings))

    return take_in


def counts(intake: Intake) -> tuple[int, int, list[tuple[str, str]]]:
    return intake.new, intake.unchanged, [(urlsplit(p.path).path, p.code) for p in intake.problems]


def landed(home: Home) -> list[LandedDocument]:
    with open_ledger(home) as ledger:
        return list(ledger.queue.new())


def test_a_document_is_known_by_its_address(home: Home, site: Site, load: Load) -> None:
    site.give("/a.txt", b"one")
    assert counts(load("/a.txt")) == (1, 0, [])
    assert [document.path for document in landed(home)] == [site.url("/a.txt")]


def test_what_the_site_calls_unchanged_or_sends_again_is_unchanged(site: Site, load: Load) -> None:
    site.give_version("/version.txt", b"one", '"1"')
    site.give("/again.txt", b"two")
    load("/version.txt", "/again.txt")
    assert counts(load("/version.txt", "/again.txt")) == (0, 2, [])
    site.give_version("/version.txt", b"another", '"2"')
    assert counts(load("/version.txt", "/again.txt")) == (1, 1, [])


def test_a_document_that_the_landing_zone_lost_is_fetched_again(home: Home, site: Site, load: Load) -> None:
    site.give_version("/a.txt", b"one", '"1"')
    load("/a.txt")
    [document] = landed(home)
    home.landed(document.sha256).unlink()
    assert counts(load("/a.txt")) == (0, 1, [])
    assert home.landed(document.sha256).read_bytes() == b"one"


def test_an_address_that_gives_nothing_costs_no_other(site: Site, load: Load) -> None:
    site.give("/a.txt", b"one")
    site.give("/large.txt", b"x" * 2_000_001)
    intake = load("/gone.txt", "/large.txt", "/a.txt")
    assert counts(intake) == (1, 0, [("/gone.txt", "url_not_found"), ("/large.txt", "url_too_large")])
    assert intake.problems[0].message.startswith(site.url("/gone.txt"))


def test_a_host_that_does_not_answer_is_one_problem_of_the_source(site: Site, load: Load) -> None:
    site.give("/a.txt", b"one")
    down = [f"http://127.0.0.1:1/{number}" for number in range(3)]
    intake = load(urls=[*down, site.url("/a.txt")])
    assert counts(intake) == (1, 0, [])
    assert [(problem.source, problem.code) for problem in intake.sources] == [("site", "source_unreachable")]
    assert "127.0.0.1:1（3 个网址" in intake.sources[0].message


def test_addresses_come_from_a_file_too_and_a_bad_line_is_a_problem(
    tmp_path: Path, site: Site, load: Load
) -> None:
    site.give("/a.txt", b"one")
    lines = ["\ufeff# comment", "", site.url("/a.txt"), site.url("/a.txt"), "nonsense"]
    (tmp_path / "urls.txt").write_text("\n".join(lines), encoding="utf-8")
    intake = load(urls=[], url_file=tmp_path / "urls.txt")
    assert (intake.new, intake.seen) == (1, 2)
    assert [(p.path, p.code) for p in intake.problems] == [("site/urls.txt:5", "url_invalid")]


def test_a_file_of_addresses_that_is_not_there_is_a_problem_of_the_source(tmp_path: Path, load: Load) -> None:
    [problem] = load(urls=[], url_file=tmp_path / "gone.txt").sources
    assert "gone.txt" in problem.message


def test_a_page_without_figures_leads_to_its_attachment(home: Home, site: Site, load: Load) -> None:
    site.give("/page.html", NOTICE.format(LINK).encode())
    site.give("/report.pdf", b"one")
    assert counts(load("/page.html")) == (1, 0, [])
    [document] = landed(home)
    assert (document.path, document.page_url) == (site.url("/report.pdf"), site.url("/page.html"))


def test_a_page_that_is_the_report_is_taken_itself(home: Home, site: Site, load: Load) -> None:
    page = HTML_REPORT.read_bytes().replace(b"</body>", LINK.encode() + b"</body>")
    site.give("/page.html", page)
    assert LINK.encode() in page
    assert counts(load("/page.html")) == (1, 0, [])
    assert [document.path for document in landed(home)] == [site.url("/page.html")]


def test_an_attachment_is_asked_for_again_though_its_page_has_not_changed(site: Site, load: Load) -> None:
    site.give_version("/page.html", NOTICE.format(LINK).encode(), '"page"')
    assert counts(load("/page.html")) == (0, 0, [("/report.pdf", "url_not_found")])
    site.give_version("/report.pdf", b"one", '"1"')
    assert counts(load("/page.html")) == (1, 0, [])
    assert counts(load("/page.html")) == (0, 1, [])
    site.give_version("/report.pdf", b"corrected", '"2"')
    assert counts(load("/page.html")) == (1, 0, [])


def test_a_page_that_leads_elsewhere_now_is_followed_there(site: Site, load: Load) -> None:
    site.give("/page.html", NOTICE.format(LINK).encode())
    site.give("/report.pdf", b"one")
    load("/page.html")
    site.give("/page.html", NOTICE.format(LINK.replace("report", "corrected")).encode())
    site.give("/corrected.pdf", b"two")
    load("/page.html")
    site.asked.clear()
    assert counts(load("/page.html")) == (0, 1, [])
    assert site.asked == ["/robots.txt", "/page.html", "/corrected.pdf"]


def test_a_wrong_charset_of_the_server_breaks_nothing(home: Home, site: Site, load: Load) -> None:
    text = "泉州市鲤城区财政局2023年政府信息公开工作年度报告\n正文。"
    site.give("/a.txt", text.encode("gb18030"), Content_Type="text/plain; charset=utf-8")
    load("/a.txt")
    [batch] = parse_landed(home, again_seconds=0).batches
    assert pl.read_parquet(home.parsed / batch / "report-*.parquet")["agency"].to_list() == [
        "泉州市鲤城区财政局"
    ]


def test_the_report_of_an_attachment_says_which_page_led_to_it(home: Home, site: Site, load: Load) -> None:
    site.give("/page.html", NOTICE.format(LINK).encode())
    site.give("/report.pdf", "财政局2023年政府信息公开工作年度报告\n正文。".encode())
    load("/page.html", district="350502")
    [batch] = parse_landed(home, again_seconds=0).batches
    problems = pl.read_parquet(home.parsed / batch / "problem-*.parquet")
    [message] = problems.filter(pl.col("code") == "found_as_attachment")["message"].to_list()
    assert site.url("/page.html") in message
    report = pl.read_parquet(home.parsed / batch / "report-*.parquet")
    assert report["printed_division_code"].to_list() == ["350502"]
