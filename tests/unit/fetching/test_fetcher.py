"""One address: what is asked, what is refused, and when it ends."""

import gzip
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest
from web_site import Site

from ogi.warehouse.fetching.errors import FetchFailed
from ogi.warehouse.fetching.fetcher import Fetcher, Validators
from ogi.warehouse.home import Home

Make = Callable[..., Fetcher]


def refusal(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchFailed) as failed:
        fetcher.fetch(url)
    assert "\n" not in str(failed.value)
    return failed.value.code


def nothing_landed(home: Home) -> bool:
    return not home.landing.exists() or not any(path.is_file() for path in home.landing.rglob("*"))


def test_a_document_lands_with_its_validators(home: Home, site: Site, fetcher: Make) -> None:
    site.give("/a.txt", b"one", ETag='"1"', Last_Modified="Wed, 25 Nov 2026 00:00:00 GMT")
    landed = fetcher().fetch(site.url("/a.txt"))
    assert landed is not None
    assert home.landed(landed.sha256).read_bytes() == b"one"
    assert landed.validators == Validators('"1"', "Wed, 25 Nov 2026 00:00:00 GMT")


def test_we_say_who_we_are_after_reading_robots(site: Site, fetcher: Make) -> None:
    site.give("/a.txt", b"one")
    fetcher().fetch(site.url("/a.txt"))
    assert site.asked == ["/robots.txt", "/a.txt"]
    assert site.headers["User-Agent"].startswith("ogi-warehouse/")


def test_a_known_version_is_not_sent_again(site: Site, fetcher: Make) -> None:
    site.give_version("/a.txt", b"one", '"1"')
    assert fetcher().fetch(site.url("/a.txt"), Validators('"1"')) is None
    assert fetcher().fetch(site.url("/a.txt"), Validators('"0"')) is not None


def test_a_packed_answer_is_unpacked(home: Home, site: Site, fetcher: Make) -> None:
    site.give("/a.txt", gzip.compress(b"one"), Content_Encoding="gzip")
    landed = fetcher().fetch(site.url("/a.txt"))
    assert landed is not None
    assert home.landed(landed.sha256).read_bytes() == b"one"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (404, "url_not_found"),
        (410, "url_not_found"),
        (403, "url_forbidden"),
        (500, "url_failed"),
        (206, "url_failed"),
    ],
)
def test_what_is_no_document_is_refused(
    home: Home, site: Site, fetcher: Make, status: int, code: str
) -> None:
    site.give("/a.txt", b"sorry", status=status)
    assert refusal(fetcher(), site.url("/a.txt")) == code
    assert nothing_landed(home)


def test_what_is_declared_too_large_is_not_read(home: Home, site: Site, fetcher: Make) -> None:
    site.give("/a.txt", b"x" * 101)
    assert refusal(fetcher(max_bytes=100), site.url("/a.txt")) == "url_too_large"
    assert nothing_landed(home)


@pytest.mark.parametrize("packed", [False, True])
def test_what_turns_out_too_large_is_cut_off(home: Home, site: Site, fetcher: Make, packed: bool) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if packed:
            handler.send_header("Content-Encoding", "gzip")
        handler.end_headers()
        piece = gzip.compress(b"\0" * 10_000_000) if packed else b"\0" * 100_000
        for _ in range(1 if packed else 1_000):
            handler.wfile.write(piece)

    site.answers["/a.txt"] = endless
    assert refusal(fetcher(max_bytes=1_000_000), site.url("/a.txt")) == "url_too_large"
    assert nothing_landed(home)


@pytest.mark.parametrize("in_headers", [False, True])
def test_a_site_that_drips_is_left_when_the_time_is_over(
    home: Home, site: Site, fetcher: Make, in_headers: bool
) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX: " if in_headers else b"HTTP/1.0 200 OK\r\n\r\n")
        for _ in range(1_000):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.01)

    site.answers["/a.txt"] = drip
    patient = fetcher(read_seconds=5, total_seconds=0.2)
    assert refusal(patient, site.url("/a.txt")) == "url_timed_out"
    assert nothing_landed(home)


def test_a_site_that_says_nothing_is_left(site: Site, fetcher: Make) -> None:
    site.answers["/a.txt"] = lambda _: time.sleep(0.5)
    assert refusal(fetcher(read_seconds=0.1), site.url("/a.txt")) == "url_timed_out"


def test_a_transfer_that_breaks_off_lands_nothing(home: Home, site: Site, fetcher: Make) -> None:
    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")

    site.answers["/a.txt"] = break_off
    assert refusal(fetcher(), site.url("/a.txt")) == "url_failed"
    assert nothing_landed(home)


def test_a_host_that_does_not_answer_is_named(site: Site, fetcher: Make) -> None:
    url = site.url("/a.txt").replace(str(site.port), "1")
    with pytest.raises(FetchFailed) as failed:
        fetcher(ports=[1]).fetch(url)
    assert failed.value.unreachable_host == "127.0.0.1:1"


def test_a_redirect_is_followed_and_the_last_address_kept(site: Site, fetcher: Make) -> None:
    site.give("/old", status=301, Location="/new")
    site.give("/new", b"one")
    landed = fetcher().fetch(site.url("/old"))
    assert landed is not None
    assert landed.url == site.url("/new")


def test_redirects_without_end_are_left(site: Site, fetcher: Make) -> None:
    site.give("/a", status=302, Location="/a")
    assert refusal(fetcher(), site.url("/a")) == "url_redirects"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("http://169.254.169.254:{port}/latest", "url_address_refused"),
        ("http://[::ffff:169.254.169.254]:{port}/", "url_address_refused"),
        ("http://0.0.0.0:{port}/", "url_address_refused"),
        ("http://127.0.0.1:22/", "url_port_refused"),
        ("file:///etc/passwd", "url_invalid"),
        ("http://user:secret@127.0.0.1:{port}/", "url_invalid"),
        ("http://[::1", "url_failed"),
    ],
)
def test_a_redirect_to_where_we_must_not_go_is_refused(
    site: Site, fetcher: Make, target: str, code: str
) -> None:
    site.give("/a", status=302, Location=target.format(port=site.port))
    assert refusal(fetcher(), site.url("/a")) == code


def test_the_loopback_is_refused_unless_the_settings_allow_it(site: Site, fetcher: Make) -> None:
    assert (
        refusal(fetcher(allow_private_addresses=False), site.url("/a", "localhost")) == "url_address_refused"
    )
    assert site.asked == []


def test_a_name_that_changes_its_address_leads_nowhere_else(
    site: Site, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])

    def resolve(_host: str, port: int, **_: object) -> list[tuple]:
        return [(2, 1, 6, "", (next(answers), port))]

    connected: list[str] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> None:
        connected.append(address[0])
        raise OSError("not in a test")

    monkeypatch.setattr("ogi.warehouse.fetching.addresses.socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.create_connection", connect)
    url = site.url("/a", "rebinding.example")
    assert refusal(fetcher(allow_private_addresses=False), url) == "url_unreachable"
    assert connected == ["93.184.216.34"]


def test_robots_txt_is_obeyed(site: Site, fetcher: Make) -> None:
    site.give("/robots.txt", b"\xef\xbb\xbfUser-agent: ogi-warehouse\nDisallow: /private/\n")
    site.give("/public/a", b"one")
    site.give("/private/a", b"one")
    asking = fetcher()
    assert refusal(asking, site.url("/private/a")) == "url_robots"
    assert asking.fetch(site.url("/public/a")) is not None
    assert site.asked == ["/robots.txt", "/public/a"]


def test_a_site_whose_robots_txt_fails_is_not_asked(site: Site, fetcher: Make) -> None:
    site.give("/robots.txt", status=503)
    assert refusal(fetcher(), site.url("/a")) == "url_robots"


def test_requests_to_a_host_keep_their_pause(
    site: Site, fetcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("ogi.warehouse.fetching.turns.time.sleep", slept.append)
    site.give("/robots.txt", b"User-agent: *\nCrawl-delay: 7\n")
    site.give("/a", b"one")
    asking = fetcher(delay_seconds=3)
    asking.fetch(site.url("/a"))
    asking.fetch(site.url("/a"))
    assert [round(seconds) for seconds in slept] == [0, 3, 7]
