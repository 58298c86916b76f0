"""What a page prints beside its content: page numbers and running heads."""

import re
from collections import Counter
from collections.abc import Sequence

from ogi.documents.layout.lines import line_text
from ogi.documents.layout.table import Line

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–―－一~·•\s]*\d{1,4}[-—–―－一~·•\s]*|第?\s*\d{1,4}\s*页?\s*[/／,，共]+\s*\d{1,4}\s*页?|第\s*\d{1,4}\s*页)$"
)
_MARGIN = 0.12
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")


def is_page_number(line: Line, page_height: float) -> bool:
    """Tell whether a line in the top or bottom margin is a page number (`- 4 -`, `4 / 6`, `第4页 共6页`)."""
    return in_margin(line, page_height) and bool(_PAGE_NUMBER.match(line_text(line.words)))


def in_margin(line: Line, page_height: float) -> bool:
    """Tell whether a line stands where running heads and page numbers stand."""
    return line.bottom < _MARGIN * page_height or line.top > (1 - _MARGIN) * page_height


def running_heads(edges: Sequence[Sequence[str]]) -> set[str]:
    """Return the texts that stand at the edges of at least half of the pages, and of three, digits aside.

    Args:
        edges: for each page, the texts of its first and last line, where these stand in the margins.
    """
    counts = Counter(key for page in edges for key in {edge_key(text) for text in page})
    least = max(_FEWEST_PAGES, (len(edges) + 1) // 2)
    return {key for key, count in counts.items() if count >= least}


def edge_key(text: str) -> str:
    """Return what a running head has in common on all pages: its text without digits and spaces."""
    return _DIGITS.sub("#", "".join(text.split()))
