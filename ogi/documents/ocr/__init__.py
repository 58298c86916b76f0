"""Pictures of pages to pages: upright, ruling lines, cells, text. Importing it needs the extra `ocr`."""

from ogi.documents.ocr.image import read_image

__all__ = ["read_image"]
