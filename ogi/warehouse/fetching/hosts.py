"""Fetch many addresses: several hosts side by side, each one address after the other."""

import queue
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from ogi.warehouse.fetching.errors import FetchFailed
from ogi.warehouse.fetching.fetcher import Fetcher, Landed, Validators

_HOSTS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch; `known` is what was said of the version that is here, `page_url` the page that leads to it."""

    url: str
    known: Validators | None = None
    page_url: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a request; `landed` is None where the known version still holds, `failure` says why it failed."""

    request: Request
    landed: Landed | None = None
    failure: FetchFailed | None = None


def fetch_all(fetcher: Fetcher, requests: Iterable[Request]) -> Iterator[Result]:
    """Yield what became of each request as it comes; when a host does not answer, the rest of its requests fail alike.

    Raises:
        WarehouseError: the landing zone cannot be written.
    """
    by_host: dict[str, list[Request]] = {}
    for request in requests:
        by_host.setdefault(urlsplit(request.url).netloc, []).append(request)
    results: queue.SimpleQueue[Result | Exception | None] = queue.SimpleQueue()
    is_over = threading.Event()
    pool = ThreadPoolExecutor(_HOSTS_AT_ONCE, "fetch")
    try:
        for host, waiting in by_host.items():
            pool.submit(_fetch_host, fetcher, host, waiting, results, is_over)
        left = len(by_host)
        while left:
            result = results.get()
            if isinstance(result, Exception):
                raise result
            if result is None:
                left -= 1
            else:
                yield result
    finally:
        is_over.set()
        pool.shutdown(cancel_futures=True)


def _fetch_host(
    fetcher: Fetcher,
    host: str,
    requests: list[Request],
    results: "queue.SimpleQueue[Result | Exception | None]",
    is_over: threading.Event,
) -> None:
    """Put the results of one host's requests into the queue, then None; or the error that stops the run."""
    down: FetchFailed | None = None
    try:
        for request in requests:
            if is_over.is_set():
                break
            try:
                result = Result(request, failure=down) if down else _fetch(fetcher, request)
            except FetchFailed as failure:
                down = failure if failure.unreachable_host == host else None
                result = Result(request, failure=failure)
            results.put(result)
        results.put(None)
    except Exception as error:  # it belongs to the thread that waits
        results.put(error)


def _fetch(fetcher: Fetcher, request: Request) -> Result:
    return Result(request, fetcher.fetch(request.url, request.known))
