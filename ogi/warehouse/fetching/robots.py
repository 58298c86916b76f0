"""What a site's robots.txt allows, read by RFC 9309: one that is not there allows all, one that fails forbids all."""

from collections.abc import Callable
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from httpx import codes

from ogi.warehouse.fetching.errors import FetchFailed

# A site may ask for longer pauses than ours, within reason
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of the sites that this run asks."""

    def __init__(self, agent: str, read: Callable[[str], tuple[int, bytes]]) -> None:
        """Take the name under which we ask, and what fetches a small file as status and bytes."""
        self._agent = agent
        self._read = read
        self._rules: dict[str, RobotFileParser | FetchFailed] = {}

    def delay(self, url: str) -> float:
        """Check that an address may be asked, and return the pause that its site wants, in seconds.

        Raises:
            FetchFailed: its robots.txt forbids it, or cannot be had.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(site) or self._rules.setdefault(site, self._ask(f"{site}/robots.txt"))
        if isinstance(rules, FetchFailed):
            raise rules
        if not rules.can_fetch(self._agent, url):
            raise FetchFailed(
                "url_robots",
                "网站的 robots.txt 不允许读取此地址，未读取；请向网站索取，或从浏览器下载后放入收件箱。",
                "The site's robots.txt forbids it: ask the site, or download it by hand into an inbox.",
            )
        wanted = rules.crawl_delay(self._agent)
        return min(float(wanted), _LONGEST_DELAY) if wanted else 0.0

    def _ask(self, url: str) -> RobotFileParser | FetchFailed:
        try:
            status, content = self._read(url)
        except FetchFailed as failure:
            return failure
        rules = RobotFileParser()
        if codes.is_success(status):
            rules.parse(content.decode("utf-8-sig", "replace").splitlines())
        else:
            rules.parse(["User-agent: *", "Disallow: /"] if codes.is_server_error(status) else [])
        return rules
