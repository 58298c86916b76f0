"""PDF: characters and ruling lines as the file draws them, by pypdfium2."""

from ogi.documents.pdf.read import read_pdf

__all__ = ["read_pdf"]
