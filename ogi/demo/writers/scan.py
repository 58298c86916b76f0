"""Scans: the printed pages as grey pictures, a little askew, speckled, at the resolution of an office copier."""

import io
import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_DOTS_PER_INCH = 150
_MOST_DEGREES = 0.5
_NOISE = 0.05
_WHITE = 255
# Less ink than this on the first page: the machine has no Chinese font to print with
_LEAST_INK = 0.002
_SCANNED_AT = time.gmtime(1_600_000_000)


class NoChineseFont(Exception):
    """Scans cannot be made on this machine; the message says what to install."""


def scan(rng: random.Random, printed: bytes, document_format: str) -> bytes:
    """Scan a PDF to `png` or `jpeg` (its pages one below the other) or to `scanned_pdf`.

    Raises:
        NoChineseFont: this machine has no Chinese font to print with.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(printed)
    skew = rng.uniform(-_MOST_DEGREES, _MOST_DEGREES)
    pages = []
    for page in document:
        # Sheets go through the scanner one by one; a picture of several pages was turned as a whole
        degrees = rng.uniform(-_MOST_DEGREES, _MOST_DEGREES) if document_format == "scanned_pdf" else skew
        pages.append(_copied(rng, page.render(scale=_DOTS_PER_INCH / 72).to_pil(), degrees))
    document.close()
    written = io.BytesIO()
    if document_format == "scanned_pdf":
        pages[0].save(
            written,
            "PDF",
            save_all=True,
            append_images=pages[1:],
            resolution=_DOTS_PER_INCH,
            creationDate=_SCANNED_AT,
            modDate=_SCANNED_AT,
        )
    else:
        _stacked(pages).save(written, document_format.upper())
    return written.getvalue()


def _copied(rng: random.Random, page: "Image", degrees: float) -> "Image":
    """Return a page as a copier sees it: grey, turned by so many degrees, speckled."""
    from PIL import Image

    grey = page.convert("L")
    ink = sum(grey.histogram()[: _WHITE // 2]) / (grey.width * grey.height)
    if ink < _LEAST_INK:
        raise NoChineseFont(
            "没有中文字体，无法制作扫描件；请安装 fonts-noto-cjk。"
            " / No Chinese font to make scans with: install fonts-noto-cjk."
        )
    turned = grey.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=_WHITE)
    noise = Image.frombytes("L", turned.size, rng.randbytes(turned.width * turned.height))
    return Image.blend(turned, noise, _NOISE)


def _stacked(pages: "list[Image]") -> "Image":
    from PIL import Image

    whole = Image.new("L", (pages[0].width, sum(page.height for page in pages)), _WHITE)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole
