"""Markup that would keep the parser busy for hours: refused before it is parsed."""

import re

from ogi.documents.model import UnreadableDocument

# Browsers flatten what is nested deeper; each level costs the parser a step for every element inside it.
MAX_NESTING = 512
# Every element counted as often as it is deep: what bounds the parser's time, and the copies that it makes of
# formatting elements which were never closed.
MAX_SUM_OF_DEPTHS = 2_000_000
MAX_TAGS = 1_000_000
# Each attribute of an element is compared with all before it.
MAX_ATTRIBUTES = 2_000
# Below these sizes no markup can exceed the limits by much.
_SMALL_PAGE_CHARACTERS = 200_000
_SMALL_PAGE_TAGS = 4_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)")
# Elements without content, and elements that the next of their kind closes
_UNNESTED_TAGS = (
    "area base br col embed hr img input link meta param source track wbr"
    " p li dt dd td th tr tbody thead tfoot colgroup option optgroup rt rp"
)
_UNNESTED = frozenset(_UNNESTED_TAGS.split())
_LOOK_BACK = 16


def refuse_hostile_markup(text: str) -> None:
    """Check the number of tags, how deep they nest and how many attributes they have, where a page is large.

    Raises:
        UnreadableDocument: beyond one of the limits above, which the message names.
    """
    tags = text.count("<")
    if tags <= _SMALL_PAGE_TAGS and len(text) <= _SMALL_PAGE_CHARACTERS:
        return
    if tags > MAX_TAGS:
        raise _beyond(f"网页的标签超过 {MAX_TAGS} 个", f"there are more than {MAX_TAGS} tags")
    open_tags: list[str] = []
    sum_of_depths = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if len(match[3]) > MAX_ATTRIBUTES and len(match[3].split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES:
            raise _beyond(
                f"网页的一个标签有超过 {MAX_ATTRIBUTES} 个属性",
                f"an element has more than {MAX_ATTRIBUTES} attributes",
            )
        if name in _UNNESTED or match[3].endswith("/"):
            pass
        elif match[1]:
            _close(open_tags, name)
        else:
            open_tags.append(name)
        sum_of_depths += len(open_tags)
        if len(open_tags) > MAX_NESTING or sum_of_depths > MAX_SUM_OF_DEPTHS:
            raise _beyond(
                f"网页的标签嵌套超过 {MAX_NESTING} 层，或嵌套总量超过 {MAX_SUM_OF_DEPTHS}",
                f"elements are nested more than {MAX_NESTING} deep, or {MAX_SUM_OF_DEPTHS} deep in all",
            )


def _close(open_tags: list[str], name: str) -> None:
    """Close the innermost element of that name; one that is far up is not searched for."""
    for back in range(1, min(len(open_tags), _LOOK_BACK) + 1):
        if open_tags[-back] == name:
            del open_tags[-back:]
            return


def _beyond(limit_zh: str, limit_en: str) -> UnreadableDocument:
    return UnreadableDocument(
        "too_complex",
        f"{limit_zh}，超出上限，未读取；请提供原始的网页或文档。 / Not read: {limit_en}; supply the original document.",
    )
