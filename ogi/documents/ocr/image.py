"""PNG, JPEG, TIFF, BMP and WebP to Document: each picture is a page."""

import io
import warnings
from collections.abc import Iterator

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ogi.documents.layout.pages import read_pages
from ogi.documents.limits import MAX_PAGES, MAX_PIXELS, over_limit
from ogi.documents.model import Document, UnreadableDocument
from ogi.documents.ocr.page import read_picture, unsure_figures


def read_image(data: bytes) -> Document:
    """Read a picture of a report; a TIFF may have several pages.

    Raises:
        UnreadableDocument: damaged, too large, or without text.
    """
    try:
        pages = [read_picture(picture, number) for number, picture in enumerate(_pictures(data), start=1)]
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise over_limit("MAX_PIXELS") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise UnreadableDocument(
            "damaged",
            "图片已损坏或不完整，不能打开；请重新提供。"
            " / The picture is damaged or incomplete and cannot be opened; supply it again.",
        ) from None
    document = read_pages("image", pages)
    if not document.blocks:
        raise UnreadableDocument(
            "no_text_found",
            "图片中没有可辨认的文字；请提供更清晰的扫描件。"
            " / No text was found in the picture; supply a clearer scan.",
        )
    remarks = [remark for page in pages if (remark := unsure_figures(page))]
    return Document("image", document.blocks, document.properties, [*remarks, *document.remarks])


def _pictures(data: bytes) -> Iterator[Image.Image]:
    """Decode the pictures one by one, turned as the camera says, on white paper."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                if number > MAX_PAGES:
                    raise over_limit("MAX_PAGES")
                if frame.width * frame.height > MAX_PIXELS:
                    raise over_limit("MAX_PIXELS")
                picture = ImageOps.exif_transpose(frame).convert("RGBA")
                paper = Image.new("RGBA", picture.size, "white")
                yield Image.alpha_composite(paper, picture).convert("RGB")
