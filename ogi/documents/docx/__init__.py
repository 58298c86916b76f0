"""DOCX, read as Word shows it: its paragraphs and tables in order, with numbers of lists and without deleted text."""

from ogi.documents.docx.read import read_docx

__all__ = ["read_docx"]
