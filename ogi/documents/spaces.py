"""Tables that plain text aligns by spaces: the same lines with tabs between the cells."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_SENTENCE = re.compile(r"[。；！？]")
_FIGURE = re.compile(r"^[\d.,+\-/]+$")
_FEWEST_ROWS = 2
_LONGEST_LABEL = 40


def tabs_for_spaces(text: str) -> str:
    """Return the text with a tab before each further cell of the lines that spaces align as a table.

    A column is what blank space over all lines of a block parts from the next; an ideograph is two places wide. Cells
    in which nothing is printed keep their place. Where the spaces line up nowhere, each gap parts two cells.
    """
    lines = re.split(r"(\r\n|\r|\n)", text)
    written, ends = lines[::2], lines[1::2]
    for start, end in _blocks(written):
        written[start:end] = _rows(written[start:end])
    return "".join(part for pair in zip(written, [*ends, ""], strict=True) for part in pair)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give start and end of each run of lines that may be a table: rows with gaps, with short labels in between."""
    for is_row, run in groupby(range(len(lines)), key=lambda i: _may_be_row(lines[i])):
        block = list(run)
        gapped = [i for i in block if _GAP.search(lines[i])]
        has_figures = any(_FIGURE.match(cell) for i in gapped for cell in _GAP.split(lines[i].strip())[1:])
        if is_row and len(gapped) >= _FEWEST_ROWS and has_figures:
            yield gapped[0], gapped[-1] + 1


def _may_be_row(line: str) -> bool:
    if "\t" in line or "|" in line or not line.strip():
        return False
    return bool(_GAP.search(line)) or (len(line.strip()) <= _LONGEST_LABEL and not _SENTENCE.search(line))


def _rows(lines: Sequence[str]) -> list[str]:
    # Terminals and editors disagree on how wide “ ” and · are: the one under which the table lines up is right
    for ambiguous in (1, 2):
        rows = _by_columns([_spread(line.rstrip(), ambiguous) for line in lines])
        if not any(_GAP.search(cell) for row in rows for cell in row):
            return ["\t".join(row) for row in rows]
    return [_GAP.sub("\t", line.strip()) for line in lines]


def _spread(line: str, ambiguous: int) -> list[str]:
    """Lay a line out in places of one width; the second place of a wide character is empty."""
    places: list[str] = []
    for character in line:
        width = unicodedata.east_asian_width(character)
        places.append(character)
        places.extend([""] * ((2 if width in "WF" else ambiguous if width == "A" else 1) - 1))
    return places


def _by_columns(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """Cut lines where at least two places are blank in all of them."""
    width = max(len(line) for line in lines)
    printed = [False] * width
    for line in lines:
        for place, character in enumerate(line):
            # The empty second place belongs to the wide character before it
            if not character.isspace() or (not character and printed[place - 1]):
                printed[place] = True
    starts = [i for i in range(width) if printed[i] and not any(printed[max(0, i - 2) : i])]
    bounds = [*starts, width]
    return [["".join(line[start:end]).strip() for start, end in pairwise(bounds)] for line in lines]
