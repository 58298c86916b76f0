"""The process in which atheris runs one reader over and over; started by `benchmarks.fuzz` with libFuzzer's arguments."""

import sys
from collections.abc import Callable

import atheris

from benchmarks.fuzz.corpus import document_of

# Text recognition takes seconds a page and is no part of this: a scanned page is one that cannot be recognised here
sys.modules["ogi.documents.ocr.page"] = None

with atheris.instrument_imports(include=["ogi"]):
    from ogi.documents.archive import documents_in
    from ogi.documents.docx import read_docx
    from ogi.documents.html import read_html
    from ogi.documents.mhtml import html_of
    from ogi.documents.model import Document, UnreadableDocument
    from ogi.documents.pdf import read_pdf
    from ogi.documents.text import read_text
    from ogi.reports.model import Source, to_json
    from ogi.reports.parse import parse_document, parse_found, prepare
    from ogi.reports.split import split_reports


def read_zip(data: bytes) -> Document:
    """Read an archive and what is in it; any report of it is proof enough."""
    for found in documents_in(data, "x.zip"):
        for report in parse_found(found):
            to_json(report)
    return Document("zip")


READERS: dict[str, Callable[[bytes], Document]] = {
    "text": read_text,
    "markdown": read_text,
    "html": read_html,
    "mhtml": lambda data: read_html(html_of(data)),
    "docx": read_docx,
    "pdf": read_pdf,
    "zip": read_zip,
}


def main() -> None:
    """Run libFuzzer over the reader that the first argument names."""
    reader = sys.argv[1]
    read = READERS[reader]
    prepare()

    def read_and_parse(data: bytes) -> None:
        """Read past `read_document`, which makes a refusal of any exception, and parse as `ogi parse` does."""
        try:
            document = read(document_of(reader, data))
        except UnreadableDocument:
            return
        for part in split_reports(document):
            to_json(parse_document(part, Source("x", "", document.format, len(data))))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], read_and_parse)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
