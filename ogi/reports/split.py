"""Several reports in one document, each under its own title."""

from dataclasses import replace

from ogi.documents.model import Document, Grid, Text
from ogi.reports.labels import squeeze
from ogi.reports.titles import Title, find_titles, is_body_start

_Blocks = list[Text | Grid]


def split_reports(document: Document) -> list[Document]:
    """Cut a document at the titles of further reports.

    A title begins another report where it names another agency or year than the one before it, and the text up to the
    next title has a first section (一、…) of its own: a site's list of other years' reports has none.
    """
    if sum(map(_starts_body, document.blocks)) < 2:  # noqa: PLR2004 - two reports have two
        return [document]
    parts = _parts(document)
    return [replace(document, blocks=blocks) for blocks in parts] if len(parts) > 1 else [document]


def _parts(document: Document) -> list[_Blocks]:
    texts = [block for block in document.blocks if isinstance(block, Text)]
    titles = [title for title in find_titles(texts) if title.year is not None]
    if len({_key(title) for title in titles}) < 2:  # noqa: PLR2004 - two titles make two reports
        return [document.blocks]
    starts: dict[int, tuple[str | None, int | None]] = {}
    for title in titles:
        starts[id(texts[title.index])] = _key(title)
    parts: list[_Blocks] = [[]]
    current: tuple[str | None, int | None] | None = None
    for block in document.blocks:
        key = starts.get(id(block))
        if key is not None and key != current and _has_body(parts[-1]):
            parts.append([])
        current = key or current
        parts[-1].append(block)
    if len(parts) > 1 and not _has_body(parts[-1]):
        last = parts.pop()
        parts[-1].extend(last)
    return parts


def _key(title: Title) -> tuple[str | None, int | None]:
    return title.agency, title.year


def _has_body(blocks: _Blocks) -> bool:
    return any(map(_starts_body, blocks))


def _starts_body(block: Text | Grid) -> bool:
    return isinstance(block, Text) and is_body_start(squeeze(block.text))
