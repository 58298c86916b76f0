"""Markdown: headings, pipe tables, and HTML tables in between."""

import re
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from ogi.documents.html import read_html
from ogi.documents.lines import LineReader
from ogi.documents.model import Document, Grid, Text

# A lone hyphen is a cell that says 'not applicable', so dashes alone separate only from two on.
_RULE = r"[ \t\r]*(?::-+:?|-+:|-{2,})[ \t\r]*"
# One cell and a bar behind it is a line of a text that ends its cells so.
_SEPARATOR_ROW = re.compile(
    rf"^[ \t]*(?:\|(?:{_RULE}\|)*{_RULE}\|?|{_RULE}(?:\|{_RULE})+\|?)[ \t\r]*$", re.MULTILINE
)
_UNESCAPED_BAR = re.compile(r"(?<!\\)\|")
_HTML_TABLE = re.compile(
    r"(?:<html>\s*)?(?:<body>\s*)?(<table\b.*?</table\s*>)(?:\s*</body>)?(?:\s*</html>)?",
    re.IGNORECASE | re.DOTALL,
)
# **12**, __12__, `12`, $12$, and a backslash before what would else be markup
_EMPHASIS = re.compile(r"^(\*\*|__|\*|`|\$)(?P<inner>[^*_`$]+)\1$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def is_markdown(text: str) -> bool:
    """Tell whether the text holds a pipe table with its separator row (`|---|---|`), or a table in HTML."""
    return bool(_SEPARATOR_ROW.search(text) or _HTML_TABLE.search(text))


def read_markdown(text: str) -> Document:
    """Read Markdown into headings, paragraphs and grids; the separator row is no row of the table."""
    blocks: list[Text | Grid] = []
    line = 0
    for number, part in enumerate(_HTML_TABLE.split(text)):
        tables = sum(isinstance(block, Grid) for block in blocks)
        read = read_html(part.encode()) if number % 2 else _read_lines(part)
        blocks.extend(_moved(read, line, tables))
        line += part.count("\n")
    return Document("markdown", blocks)


def _read_lines(text: str) -> Document:
    without_separators = _SEPARATOR_ROW.sub("|", text)
    return LineReader("markdown", _split_row, rows_are_aligned=True, blank_line_ends_table=True).read(
        without_separators
    )


def _moved(part: Document, line: int, tables: int) -> Iterator[Text | Grid]:
    """Number the blocks of a part from where the parts before it end."""
    for block in part.blocks:
        if isinstance(block, Text):
            yield msgspec.structs.replace(block, line=block.line + line)
        else:
            yield replace(block, number=block.number + tables)


def _split_row(line: str) -> list[str] | None:
    stripped = line.strip()
    if not stripped.startswith("|") and not (stripped.endswith("|") and "|" in stripped[:-1]):
        return None
    if stripped == "|":
        return []
    inner = stripped.removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [_plain(cell) for cell in _UNESCAPED_BAR.split(inner)]


def _plain(cell: str) -> str:
    """Return the text of a cell without its markup."""
    text = _LINE_BREAK.sub("\n", cell).strip()
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\g<inner>", text)).strip()
