"""PDF to Document: open it, read each page's words and ruling lines, let the layout find tables and paragraphs."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from ogi.documents.layout.model import Page
from ogi.documents.layout.pages import read_pages
from ogi.documents.limits import MAX_PAGES, MAX_PIXELS, over_limit
from ogi.documents.model import Document, Remark, UnreadableDocument
from ogi.documents.pdf.fonts import stand_in_for_missing_fonts
from ogi.documents.pdf.handle import Handle
from ogi.documents.pdf.messages import remark, unreadable
from ogi.documents.pdf.page import Scan, read_page

_PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
_UNREAD = frozenset({"page_damaged", "no_text_layer", "text_layer_garbled"})
_END_MARK = b"%%EOF"
_END_MARK_WITHIN = 2048
# 200 dots an inch, what offices scan with
_SCAN_SCALE = 200 / 72


def read_pdf(data: bytes) -> Document:
    """Read a PDF: its text layer, and by OCR the pages that have none, if `ogi[ocr]` is installed.

    Raises:
        UnreadableDocument: encrypted, damaged, no pages, too many, or no page with text that can be read.
    """
    file = _open(data)
    try:
        if len(file) == 0:
            raise unreadable("no_pages")
        if len(file) > MAX_PAGES:
            raise over_limit("MAX_PAGES")
        reading = _Reading(file)
        document = read_pages("pdf", reading.pages())
        if not document.blocks:
            raise reading.what_kept_it_from_being_read()
        if _END_MARK not in data[-_END_MARK_WITHIN:]:
            reading.remarks.append(remark("file_truncated"))
        return Document("pdf", document.blocks, _properties(file), [*reading.remarks, *document.remarks])
    finally:
        file.close()


def _open(data: bytes) -> Handle:
    import pypdfium2
    import pypdfium2.raw as pdfium

    stand_in_for_missing_fonts()
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as refused:
        needs_password = refused.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise unreadable("encrypted" if needs_password else "damaged") from None


def _properties(file: Handle) -> dict[str, str]:
    values = {name: file.get_metadata_value(key).strip() for key, name in _PROPERTIES.items()}
    return {name: value for name, value in values.items() if value}


@dataclass(slots=True)
class _Reading:
    """Walks the pages once and keeps what could not be read."""

    file: Handle
    remarks: list[Remark] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        for number in range(1, len(self.file) + 1):
            page = self._page(number)
            if page is not None:
                yield page

    def what_kept_it_from_being_read(self) -> UnreadableDocument:
        code = next((r.code for r in self.remarks if r.code in _UNREAD), "no_text_layer")
        return unreadable("damaged" if code == "page_damaged" else code)

    def _page(self, number: int) -> Page | None:
        import pypdfium2

        try:
            page = self.file[number - 1]
        except pypdfium2.PdfiumError:
            self.remarks.append(remark("page_damaged", number))
            return None
        try:
            found, codes = read_page(page, number)
            if isinstance(found, Scan):
                found = self._recognise(page, number, found)
            self.remarks.extend(remark(code, number) for code in codes)
            return found
        except pypdfium2.PdfiumError:
            self.remarks.append(remark("page_damaged", number))
            return None
        finally:
            page.close()

    def _recognise(self, page: Handle, number: int, scan: Scan) -> Page | None:
        """Read the picture of a page by OCR where that is installed, else what little text there is."""
        try:
            from ogi.documents.ocr.page import read_picture, unsure_figures
        except ImportError:
            self.remarks.append(remark(scan.code, number))
            return scan.page
        width, height = page.get_size()
        scale = min(_SCAN_SCALE, math.sqrt(MAX_PIXELS / (width * height)))
        recognised = read_picture(page.render(scale=scale).to_pil(), number)
        self.remarks.extend(filter(None, [unsure_figures(recognised)]))
        return recognised
