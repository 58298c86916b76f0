"""How many of table 三's figures other readers of PDF tables place right, beside ours, on the same documents.

    python -m pip install pdfplumber camelot-py
    python -m benchmarks.peers

A figure is placed right if a row holds its label and, in the last seven cells of that row, the seven figures printed
there in their order. That asks less of a reader than a report does: neither groups nor headers are looked at.
"""

import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ogi.documents.model import Grid
from ogi.documents.pdf import read_pdf
from ogi.reports.templates import templates

DOCUMENTS = Path(__file__).resolve().parent.parent / "tests" / "documents"
COLUMNS = 7
Rows = list[list[str]]


def ours(path: Path) -> Rows:
    """Rows of every grid; a merged cell stands in its first column, blanks beside it."""
    rows: Rows = []
    for grid in (block for block in read_pdf(path.read_bytes()).blocks if isinstance(block, Grid)):
        width = max(cell.column + cell.column_span - 1 for row in grid.rows for cell in row)
        for row in grid.rows:
            texts = [""] * width
            for cell in row:
                texts[cell.column - 1] = cell.text
            rows.append(texts)
    return rows


def pdfplumber_rows(settings: dict[str, str]) -> Callable[[Path], Rows]:
    """Rows of pdfplumber's tables under these settings."""

    def read(path: Path) -> Rows:
        import pdfplumber

        with pdfplumber.open(path) as file:
            tables = [table for page in file.pages for table in page.extract_tables(settings)]
        return [[cell or "" for cell in row] for table in tables for row in table]

    return read


def camelot_rows(flavor: str) -> Callable[[Path], Rows]:
    """Rows of camelot's tables of this flavour."""

    def read(path: Path) -> Rows:
        import camelot

        tables: Any = camelot.read_pdf(str(path), pages="all", flavor=flavor)
        return [[str(cell) for cell in row] for table in tables for row in table.df.values.tolist()]

    return read


READERS: dict[str, Callable[[Path], Rows]] = {
    "ogi": ours,
    "pdfplumber, lines": pdfplumber_rows({}),
    "pdfplumber, text": pdfplumber_rows({"vertical_strategy": "text", "horizontal_strategy": "text"}),
    "camelot, lattice": camelot_rows("lattice"),
    "camelot, stream": camelot_rows("stream"),
}


def main() -> int:
    """Print the table; exit status 1 if we place less than all figures."""
    shapes = sorted(DOCUMENTS.glob("pdf-*"))
    print("| document | " + " | ".join(READERS) + " |\n|" + "---|" * (len(READERS) + 1))
    all_right = True
    for shape in shapes:
        wanted = printed_rows(json.loads((shape / "expected.json").read_text(encoding="utf-8")))
        found = {name: _count(reader, shape / "document.pdf", wanted) for name, reader in READERS.items()}
        all_right &= found["ogi"] == len(wanted) * COLUMNS
        counts = " | ".join("-" if count is None else str(count) for count in found.values())
        print(f"| {shape.name} | {counts} |", flush=True)
    print(
        f"\nFigures of table 三 placed right, of {25 * COLUMNS}; - where the reader is not installed or fails."
    )
    return int(not all_right)


def printed_rows(expected: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return label and figures of each row of table 三 that the document prints."""
    values = {cell["cell"]: str(cell["value"]) for cell in expected["cells"]}
    rows: dict[str, tuple[str, list[str]]] = {}
    for cell in templates()["2021"].table("applications"):
        if cell.cell in values:
            label = _squeezed(cell.row_path[-1])
            rows.setdefault(cell.row_code, (label, []))[1].append(values[cell.cell])
    return list(rows.values())


def _count(reader: Callable[[Path], Rows], path: Path, wanted: Sequence[tuple[str, list[str]]]) -> int | None:
    with tempfile.TemporaryFile("w") as silence, contextlib.redirect_stderr(silence):
        try:
            rows = [[_squeezed(text) for text in row] for row in reader(path)]
        except Exception:  # a peer's failure is its result
            return None
    return sum(_best_match(rows, label, figures) for label, figures in wanted)


def _best_match(rows: Rows, label: str, figures: Sequence[str]) -> int:
    """Return how many of a row's figures stand in their place, in the row that fits best among those with its label."""
    with_label = [row[-COLUMNS:] for row in rows if len(row) > COLUMNS and label in "".join(row[:-COLUMNS])]
    return max((sum(a == b for a, b in zip(row, figures, strict=True)) for row in with_label), default=0)


def _squeezed(text: str) -> str:
    return "".join(text.split())


if __name__ == "__main__":
    sys.exit(main())
