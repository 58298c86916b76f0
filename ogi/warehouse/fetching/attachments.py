"""The links of a page that lead to its report, where the report is only attached."""

import re
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from ogi.documents.encoding import decode_page
from ogi.documents.html_limits import refuse_hostile_markup
from ogi.documents.limits import MAX_TEXT_BYTES
from ogi.documents.model import UnreadableDocument
from ogi.documents.sniff import sniff
from ogi.reports.labels import squeeze
from ogi.settings.source import check_url

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|zip|rar|ofd|rtf)$", re.IGNORECASE)
_REPORT = re.compile(r"年报|年度(?:工作)?(?:情况)?(?:的)?报告|信息公开.{0,12}(?:报告|统计表)")
# What a link says that does not say what it leads to; it counts where the page itself is called a report
_UNSPECIFIC = re.compile(r"^(?:附件|附表|相关附件|下载|点击|查看|全文|原文)")


def attachment_links(data: bytes, url: str) -> list[str]:
    """Return the addresses on the same site that look like the annual report of a page, in the page's order.

    A link counts whose text or file name speaks of an annual report, or that merely says 附件 (attachment) on a page that
    is called one.

    Args:
        data: what the address gave; none but a web page has links.
        url: where the page was found, to which its links are relative.
    """
    page = _page(data)
    if page is None:
        return []
    base = page.css_first("base[href]")
    base_url = _absolute(url, base.attributes["href"] if base is not None else None)
    is_report = any(_REPORT.search(squeeze(node.text())) for node in page.css("title, h1, h2"))
    found: list[str] = []
    for link in page.css("a[href]"):
        target = _absolute(base_url, link.attributes["href"])
        words = squeeze(f"{link.text()} {link.attributes.get('title') or ''}")
        if _leads_to_report(target, words, is_report=is_report) and _is_same_site(target, url):
            found.append(target)
    return list(dict.fromkeys(found))


def _page(data: bytes) -> "LexborHTMLParser | None":
    from selectolax.lexbor import LexborHTMLParser

    try:
        if len(data) > MAX_TEXT_BYTES or sniff(data) != "html":
            return None
        text, _ = decode_page(data)
        refuse_hostile_markup(text)
        return LexborHTMLParser(text)
    except UnreadableDocument:
        return None


def _absolute(base: str, href: str | None) -> str:
    """Return the address that a link means, '' for one that is none."""
    try:
        return urldefrag(urljoin(base, (href or "").strip()))[0].replace(" ", "%20")
    except ValueError:
        return ""


def _leads_to_report(target: str, words: str, *, is_report: bool) -> bool:
    name = unquote(basename(urlsplit(target).path))
    if not (_DOCUMENT.search(name) or _DOCUMENT.search(words)):
        return False
    return bool(_REPORT.search(name) or _REPORT.search(words) or (is_report and _UNSPECIFIC.match(words)))


def _is_same_site(target: str, url: str) -> bool:
    """Tell whether two addresses are of one host, with or without www."""
    try:
        check_url(target)
    except ValueError:
        return False
    return _host(target) == _host(url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
