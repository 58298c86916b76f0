"""What the elements of a page mean for a reader: which show nothing, which stand on lines of their own, how far cells span."""

import re
from functools import lru_cache

# Nothing of them is shown as text, or it is struck out; menus (`nav`) and what can be chosen are no part of an article
_SKIPPED_TAGS = (
    "-comment -doctype head title script style noscript template svg math iframe object embed audio video canvas nav"
    " select datalist textarea xml noframes noembed map rp rt del s strike"
)
SKIPPED = frozenset(_SKIPPED_TAGS.split())
_LINE_TAGS = (
    "address article aside blockquote body center details dialog dir div dl fieldset figcaption figure footer form"
    " header hgroup html legend main menu ol p section summary ul"
)
BLOCK_TAGS = _LINE_TAGS.split()
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRIKING_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
# Zero-width characters and controls: typesetting that no reader sees
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")


def is_unseen(attributes: dict[str, str | None], *, shows_hidden: bool) -> bool:
    """Tell whether an element says of itself that it is not shown, or that its text is struck out.

    What is struck out was deleted, as the text of `del` and `s`, also where the hidden is shown.
    """
    style = attributes.get("style")
    if style and (_strikes_out(style) or (not shows_hidden and _hides(style))):
        return True
    return "hidden" in attributes and not shows_hidden


# A page repeats the same few styles
@lru_cache(1024)
def _hides(style: str) -> bool:
    return _HIDING_STYLE.search(style) is not None


@lru_cache(1024)
def _strikes_out(style: str) -> bool:
    return _STRIKING_STYLE.search(style) is not None


def span(printed: str | None) -> int:
    """Read a span as browsers do: its leading digits; what is no number is 1, 0 is left for the grid to resolve."""
    match = _SPAN.match(printed) if printed else None
    return int(match[1]) if match else 1


def shown(text: str) -> str:
    """Return what a browser shows of a line: white space collapsed, nothing invisible."""
    if text.isalnum():  # most figures and labels: there is nothing to look for
        return text
    text = " ".join(text.split())
    return text if text.isprintable() else INVISIBLE.sub("", text).strip()
