"""What the elements of a page mean for a reader: which show nothing, which stand on lines of their own, how far cells span."""

import re

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
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_SPAN = re.compile(r"\s*\+?(\d{1,9})")


def is_hidden(attributes: dict[str, str | None]) -> bool:
    """Tell whether an element says of itself that it is not shown."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if not style:
        return False
    # Most styles hide nothing: looking for the words first spares them the search
    style = style.lower()
    may_hide = "display" in style or "visibility" in style or "mso-hide" in style
    return may_hide and _HIDING_STYLE.search(style) is not None


def span(attributes: dict[str, str | None], name: str) -> int:
    """Read a span as browsers do: its leading digits; what is no number is 1, 0 is left for the grid to resolve."""
    printed = attributes.get(name)
    match = _SPAN.match(printed) if printed else None
    return int(match[1]) if match else 1
