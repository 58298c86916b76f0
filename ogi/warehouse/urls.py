"""Web addresses as sources: fetch what is new, and follow a page to the report that is attached to it."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass

from ogi.documents.limits import MAX_TEXT_BYTES
from ogi.reports.model import from_json
from ogi.reports.worker import Task
from ogi.reports.workers import ReadersNotStarted, parse_files
from ogi.settings.model import Fetch
from ogi.settings.source import Source, check_url
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.fetching.attachments import attachment_links
from ogi.warehouse.fetching.fetcher import Fetcher, Landed, Validators
from ogi.warehouse.fetching.hosts import Request, Result, fetch_all
from ogi.warehouse.home import Home
from ogi.warehouse.intake import FileProblem, Intake, SourceProblem
from ogi.warehouse.landing import LandingZone
from ogi.warehouse.ledger import Fetched, Ledger, Origin, SeenFile
from ogi.warehouse.parsing import START
from ogi.warehouse.progress import track
from ogi.warehouse.queue import LandedDocument

_MOST_ATTACHMENTS = 100


class UrlFileUnreadable(Exception):
    """The list of addresses cannot be read; the message is Chinese first."""


def take_in_urls(
    home: Home, source: Source, ledger: Ledger, intake: Intake, origin: Origin, limits: Fetch
) -> None:
    """Take in what is new at a source's addresses; what an address does not give is its own problem.

    Raises:
        UrlFileUnreadable: the file with the addresses cannot be read.
        WarehouseError: the landing zone cannot be written.
    """
    urls = addresses(source, intake.problems)
    _Taker(home, ledger, intake, origin, limits).take(urls)


def addresses(source: Source, problems: list[FileProblem]) -> list[str]:
    """Return the addresses of a source, each once; a line of its file that is none is added to the problems.

    Raises:
        UrlFileUnreadable: the file with the addresses cannot be read.
    """
    urls = list(source.urls)
    if source.url_file is not None:
        try:
            lines = source.url_file.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise UrlFileUnreadable(
                f"网址文件 {source.url_file} 无法读取：{error}。 / The file of addresses cannot be read."
            ) from error
        for number, line in enumerate(lines, start=1):
            if (text := line.strip()) and not text.startswith("#"):
                try:
                    urls.append(check_url(text))
                except ValueError as error:
                    path = f"{source.name}/{source.url_file.name}:{number}"
                    problems.append(FileProblem(path, "url_invalid", f"{path}：{error}"))
    return list(dict.fromkeys(urls))


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that may only lead to its report."""

    request: Request
    landed: Landed
    links: list[str]


class _Taker:
    """One pass over the addresses of a source. What a page leads to is fetched after all pages."""

    def __init__(self, home: Home, ledger: Ledger, intake: Intake, origin: Origin, limits: Fetch) -> None:
        self._home = home
        self._ledger = ledger
        self._intake = intake
        self._origin = origin
        self._landing = LandingZone(home)
        self._fetcher = Fetcher(limits, self._landing)
        self._unreachable: dict[str, int] = {}

    def take(self, urls: Sequence[str]) -> None:
        pages: list[_Page] = []
        attachments: list[Request] = []
        label = f"读取网址 / fetch {self._origin.source}"
        for result in track(fetch_all(self._fetcher, map(self._request, urls)), len(urls), label):
            url = result.request.url
            leads_to = self._ledger.attachments(url) if self._is_known(result) else []
            attachments += [self._request(link, url) for link in leads_to]
            if leads_to:
                continue
            if result.landed is not None and (links := self._links(result.landed)):
                pages.append(_Page(result.request, result.landed, links))
            else:
                self._count(result)
        for page in self._that_only_lead(pages):
            attachments += self._follow(page)
        for result in fetch_all(self._fetcher, attachments):
            self._count(result)
        for host, count in self._unreachable.items():
            message = f"来源“{self._origin.source}”：{host}（{count} 个网址 / {count} addresses 未读取）"
            self._intake.sources.append(SourceProblem(self._origin.source, "source_unreachable", message))

    def _request(self, url: str, page_url: str | None = None) -> Request:
        """Ask whether there is another version only where the known one is still in the landing zone."""
        known = self._ledger.fetched(url)
        if known is None or not known.sha256 or not self._landing.has(known.sha256):
            return Request(url, None, page_url)
        return Request(url, Validators(known.etag, known.last_modified), page_url)

    def _is_known(self, result: Result) -> bool:
        """Tell whether an address gave what it gave before."""
        if result.failure is not None:
            return False
        known = self._ledger.fetched(result.request.url)
        return result.landed is None or (known is not None and known.sha256 == result.landed.sha256)

    def _links(self, landed: Landed) -> list[str]:
        if landed.size > MAX_TEXT_BYTES:
            return []
        return attachment_links(self._home.landed(landed.sha256).read_bytes(), landed.url)

    def _that_only_lead(self, pages: list[_Page]) -> Iterable[_Page]:
        """Read the pages as the parser will: those that print no figure in a table are led by their links."""
        tasks = [Task(self._home.landed(page.landed.sha256), page.request.url) for page in pages]
        try:
            with closing(parse_files(tasks, 1, START)) as parsed:
                for page, file in zip(pages, parsed, strict=True):
                    reports = [from_json(report.json) for report in file.reports]
                    if any(cell.state == "reported" for report in reports for cell in report.cells):
                        self._count(Result(page.request, page.landed))
                    else:
                        yield page
        except ReadersNotStarted as error:
            raise WarehouseError(*error.languages) from error

    def _follow(self, page: _Page) -> list[Request]:
        """Remember where a page leads before it is followed: a page that has not changed is not read again."""
        url = page.request.url
        links = page.links[:_MOST_ATTACHMENTS]
        if len(page.links) > len(links):
            self._problem(
                url,
                "url_attachments_many",
                f"页面有 {len(page.links)} 个年报附件，只读取前 {len(links)} 个；请把其余附件的网址列入来源。"
                f" / The page leads to {len(page.links)} reports; the first {len(links)} are read: list the others.",
            )
        requests = [self._request(link, url) for link in links]
        known = {link: self._ledger.fetched(link) for link in links}
        validators = page.landed.validators
        itself = Fetched(url, None, validators.etag, validators.last_modified, page.landed.sha256)
        led_to = [known[link] or Fetched(link, url, None, None, "") for link in links]
        self._ledger.record_intake(self._origin, [], [], self._intake.at, [itself, *led_to])
        self._ledger.forget_attachments(url, links)
        return requests

    def _count(self, result: Result) -> None:
        """Count what an address gave, and remember it."""
        url, landed = result.request.url, result.landed
        if result.failure is not None:
            if host := result.failure.unreachable_host:
                self._unreachable[host] = self._unreachable.get(host, 0) + 1
            else:
                self._problem(url, result.failure.code, str(result.failure))
            return
        if landed is None:
            self._intake.unchanged += 1
            seen = self._ledger.seen_file(url)
            self._ledger.record_intake(self._origin, [seen] if seen else [], [], self._intake.at)
            return
        is_new = not self._ledger.has_document(landed.sha256)
        self._intake.new += is_new
        self._intake.unchanged += not is_new
        page_url = result.request.page_url
        document = LandedDocument(landed.sha256, url, landed.size, self._intake.at, page_url)
        self._ledger.record_intake(
            self._origin,
            [SeenFile(url, landed.size, 0, landed.sha256)],
            [document] if is_new else [],
            self._intake.at,
            [
                Fetched(
                    url,
                    page_url,
                    landed.validators.etag,
                    landed.validators.last_modified,
                    landed.sha256,
                )
            ],
        )

    def _problem(self, url: str, code: str, message: str) -> None:
        self._intake.problems.append(FileProblem(url, code, f"{url}：{message}"))
