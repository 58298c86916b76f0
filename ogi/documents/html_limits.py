"""Markup that would keep the parser busy for hours: refused before it is parsed."""

import re

from ogi.documents.limits import (
    MAX_ATTRIBUTES,
    MAX_ELEMENT_NESTING,
    MAX_SUM_OF_DEPTHS,
    MAX_TAGS,
    over_limit,
)

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
        UnreadableDocument: beyond a limit, which the message names.
    """
    tags = text.count("<")
    if tags <= _SMALL_PAGE_TAGS and len(text) <= _SMALL_PAGE_CHARACTERS:
        return
    if tags > MAX_TAGS:
        raise over_limit("MAX_TAGS")
    open_tags: list[str] = []
    sum_of_depths = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if len(match[3]) > MAX_ATTRIBUTES and len(match[3].split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES:
            raise over_limit("MAX_ATTRIBUTES")
        if name in _UNNESTED or match[3].endswith("/"):
            pass
        elif match[1]:
            _close(open_tags, name)
        else:
            open_tags.append(name)
        sum_of_depths += len(open_tags)
        if len(open_tags) > MAX_ELEMENT_NESTING:
            raise over_limit("MAX_ELEMENT_NESTING")
        if sum_of_depths > MAX_SUM_OF_DEPTHS:
            raise over_limit("MAX_SUM_OF_DEPTHS")


def _close(open_tags: list[str], name: str) -> None:
    """Close the innermost element of that name; one that is far up is not searched for."""
    for back in range(1, min(len(open_tags), _LOOK_BACK) + 1):
        if open_tags[-back] == name:
            del open_tags[-back:]
            return
