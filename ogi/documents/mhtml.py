"""MHTML, as browsers and Word save a page with its pictures (`.mht`): the page is its first HTML part."""

from ogi.documents.model import UnreadableDocument


def html_of(data: bytes) -> bytes:
    """Return the HTML inside an MHTML file, as UTF-8 with its mark where the part declares an encoding.

    Raises:
        UnreadableDocument: no part is HTML.
    """
    import email
    import email.policy

    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            html = part.get_payload(decode=True)
            if isinstance(html, bytes):
                return _as_utf8(html, part.get_content_charset())
    raise UnreadableDocument(
        "no_page_in_mhtml",
        "MHT 文件里没有网页正文；请重新保存网页。 / The MHTML file has no HTML part; save the page again.",
    )


def _as_utf8(html: bytes, charset: str | None) -> bytes:
    """Decode by the part's declaration, which is nearer to the text than the page's own; else leave it to the page."""
    if charset is None:
        return html
    try:
        return html.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return html
