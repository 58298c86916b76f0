"""Fetch one address: every step of a redirect checked, everything within the limits, the bytes into the landing zone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from ogi import __version__
from ogi.settings.model import Fetch
from ogi.settings.source import check_url
from ogi.warehouse.fetching.errors import FetchFailed
from ogi.warehouse.fetching.robots import Robots
from ogi.warehouse.fetching.transport import CheckedTransport
from ogi.warehouse.fetching.turns import Turns
from ogi.warehouse.landing import LandingZone

AGENT = "ogi-warehouse"
_MOST_REDIRECTS = 5
_MOST_ROBOTS_BYTES = 512_000
_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (archive of annual reports)",
    "Accept-Encoding": "gzip, deflate",
}
_PORTS = {"http": 80, "https": 443}
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site said of a version, so that it can tell whether there is another."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """An address gave a document, which has landed; `url` is where it was in the end."""

    url: str
    sha256: str
    size: int
    validators: Validators


class Fetcher:
    """Fetches for one run; may be used by several threads."""

    def __init__(self, limits: Fetch, landing: LandingZone) -> None:
        """Start with no site asked yet."""
        self._limits = limits
        self._landing = landing
        self._turns = Turns()
        self._robots = Robots(AGENT, self._read_robots)

    def fetch(self, url: str, known: Validators | None = None) -> Landed | None:
        """Fetch a document; None if it is still the known one.

        Raises:
            FetchFailed: the address gave no document, and why.
            WarehouseError: the landing zone cannot be written.
        """
        seconds_left = self._limits.total_seconds
        headers = _conditions(known) if known else {}
        for _ in range(_MOST_REDIRECTS + 1):
            delay = self._robots.delay(self._check(url))
            with self._ask(url, seconds_left, delay, headers) as (response, deadline):
                if response.has_redirect_location:
                    url = urljoin(url, response.headers["location"])
                elif known and response.status_code == _NOT_MODIFIED:
                    return None
                else:
                    return self._land(url, response)
            seconds_left = deadline - time.monotonic()
        raise FetchFailed(
            "url_redirects",
            "网址不停地跳转；请核对网址。",
            "It redirects again and again: check the address.",
        )

    def _check(self, url: str) -> str:
        """Refuse what is no plain web address on an allowed port."""
        try:
            parts = urlsplit(check_url(url))
            port = parts.port or _PORTS[parts.scheme]
        except ValueError as error:
            raise FetchFailed(
                "url_invalid", f"网址（或跳转到的网址）不能用：{url}。", f"The address cannot be used: {url}."
            ) from error
        if port not in self._limits.ports:
            raise FetchFailed(
                "url_port_refused",
                f"端口 {port} 不在允许之列，未访问；如需要请加入 fetch.ports。",
                f"Port {port} is not allowed; add it to fetch.ports if it is needed.",
            )
        return url

    @contextmanager
    def _ask(
        self, url: str, seconds: float, delay: float = 0.0, headers: dict[str, str] | None = None
    ) -> Iterator[tuple[httpx.Response, float]]:
        """Ask a host when its turn has come, and turn what goes wrong with it into a problem of the address.

        Yields the response with the moment at which its connection ends.
        """
        host = urlsplit(url).netloc
        with self._turns.turn(host, max(delay, self._limits.delay_seconds)):
            deadline = time.monotonic() + seconds
            transport = CheckedTransport(deadline, allow_private=self._limits.allow_private_addresses)
            client = httpx.Client(
                transport=transport,
                trust_env=False,
                timeout=self._limits.read_seconds,
                headers={**_HEADERS, **(headers or {})},
            )
            try:
                with client, client.stream("GET", url) as response:
                    yield response, deadline
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                raise FetchFailed(
                    "url_unreachable",
                    f"网站 {host} 无法连接（{error}）；请检查网址和网络，下次运行会再试。",
                    "The site cannot be reached: check address and network; the next run tries again.",
                    unreachable_host=host,
                ) from error
            except httpx.TimeoutException as error:
                raise _too_slow(self._limits) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise FetchFailed(
                    "url_failed",
                    f"读取中断（{error or type(error).__name__}）；下次运行会再试。",
                    "The transfer broke off: the next run tries again.",
                ) from error

    def _land(self, url: str, response: httpx.Response) -> Landed:
        if response.status_code != httpx.codes.OK:
            raise _refused(response.status_code)
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self._limits.max_bytes:
            raise _too_large(self._limits)
        sha256, size = self._landing.land(_pieces(response, self._limits.max_bytes, _too_large(self._limits)))
        validators = Validators(response.headers.get("etag"), response.headers.get("last-modified"))
        return Landed(url, sha256, size, validators)

    def _read_robots(self, url: str) -> tuple[int, bytes]:
        for _ in range(_MOST_REDIRECTS + 1):
            with self._ask(self._check(url), self._limits.total_seconds) as (response, _):
                if not response.has_redirect_location:
                    content = b"".join(_pieces(response, _MOST_ROBOTS_BYTES))
                    return response.status_code, content
                url = urljoin(url, response.headers["location"])
        return httpx.codes.NOT_FOUND, b""


def _pieces(response: httpx.Response, most: int, refusal: FetchFailed | None = None) -> Iterator[bytes]:
    """Yield what comes, unpacked, up to a number of bytes; raise the refusal beyond, or leave the rest out."""
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > most:
            if refusal is not None:
                raise refusal
            return
        yield piece


def _conditions(known: Validators) -> dict[str, str]:
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def _too_slow(limits: Fetch) -> FetchFailed:
    return FetchFailed(
        "url_timed_out",
        f"网站太慢（单次等待上限 {limits.read_seconds:g} 秒，一份文档共 {limits.total_seconds:g} 秒）；下次运行会再试。",
        "The site is too slow (fetch.read_seconds, fetch.total_seconds): the next run tries again.",
    )


def _too_large(limits: Fetch) -> FetchFailed:
    return FetchFailed(
        "url_too_large",
        f"文档超过 {limits.max_bytes:,} 字节，未读取；如确为年报，请调大 fetch.max_bytes。",
        "The document is beyond fetch.max_bytes: raise it if this is a report.",
    )


def _refused(status: int) -> FetchFailed:
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return FetchFailed(
            "url_not_found",
            f"网址不存在（{status}）；请核对网址，或从来源中删去。",
            "There is nothing at this address: correct it, or take it out of the source.",
        )
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return FetchFailed(
            "url_forbidden",
            f"网站拒绝访问（{status}）；请从浏览器下载后放入收件箱。",
            "The site refuses it: download it by hand into an inbox.",
        )
    return FetchFailed(
        "url_failed", f"网站出错（{status}）；下次运行会再试。", "The site failed: the next run tries again."
    )
