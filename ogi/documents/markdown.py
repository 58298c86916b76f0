"""Markdown: headings and pipe tables."""

import re

from ogi.documents.lines import LineReader
from ogi.documents.model import Document

# A lone hyphen is a cell that says 'not applicable', so dashes alone separate only from two on.
_RULE = r"[ \t\r]*(?::-+:?|-+:|-{2,})[ \t\r]*"
_SEPARATOR_ROW = re.compile(rf"^[ \t]*\|?(?:{_RULE}\|)+(?:{_RULE})?$", re.MULTILINE)
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def is_markdown(text: str) -> bool:
    """Tell whether the text holds a pipe table with its separator row (`|---|---|`)."""
    return bool(_SEPARATOR_ROW.search(text))


def read_markdown(text: str) -> Document:
    """Read Markdown into headings, paragraphs and grids; the separator row is no row of the table."""
    without_separators = _SEPARATOR_ROW.sub("|", text)
    return LineReader("markdown", _split_row, rows_are_aligned=True, blank_line_ends_table=True).read(
        without_separators
    )


def _split_row(line: str) -> list[str] | None:
    stripped = line.strip()
    if not stripped.startswith("|") and not (stripped.endswith("|") and "|" in stripped[:-1]):
        return None
    if stripped == "|":
        return []
    inner = stripped.removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [_LINE_BREAK.sub("\n", cell).replace("\\|", "|").strip() for cell in _UNESCAPED_BAR.split(inner)]
