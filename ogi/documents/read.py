"""Bytes to Document: the content decides the format, never the name."""

from collections.abc import Callable
from importlib import import_module

from ogi.documents.limits import (
    MAX_BLOCKS,
    MAX_CELLS,
    MAX_FILE_BYTES,
    MAX_TABLE_COLUMNS,
    MAX_TABLE_ROWS,
    MAX_TEXT_BYTES,
    over_limit,
)
from ogi.documents.mhtml import html_of
from ogi.documents.model import Document, Grid, UnreadableDocument
from ogi.documents.sniff import sniff

# What `sniff` says, and the function that reads it; imported when needed, because some bring heavy libraries
_READERS = {
    "text": ("ogi.documents.text", "read_text"),
    "html": ("ogi.documents.html", "read_html"),
    "docx": ("ogi.documents.docx", "read_docx"),
    "pdf": ("ogi.documents.pdf", "read_pdf"),
    "image": ("ogi.documents.ocr", "read_image"),
    "ole": ("ogi.documents.office", "read_office"),
    "odt": ("ogi.documents.office", "read_office"),
    "rtf": ("ogi.documents.office", "read_office"),
    "word_xml": ("ogi.documents.office", "read_office"),
}
_TEXTUAL = ("text", "html", "mhtml", "word_xml")
# Formats that are recognised, so that the message can name them, but not read
_NOT_READ = {
    "ofd": ("OFD", "另存为 PDF 或 DOCX", "save it as PDF or DOCX"),
    "xlsx": ("Excel", "另存为 PDF 或 DOCX", "save it as PDF or DOCX"),
    "pptx": ("PowerPoint", "另存为 PDF", "save it as PDF"),
    "rar": ("RAR", "解压后再提供，或改用 ZIP", "unpack it, or use ZIP"),
    "7z": ("7z", "解压后再提供，或改用 ZIP", "unpack it, or use ZIP"),
    "gzip": ("GZIP", "解压后再提供，或改用 ZIP", "unpack it, or use ZIP"),
    "zip": ("ZIP", "解压后再提供", "unpack it"),
}


def read_document(data: bytes) -> Document:
    """Read a document of any supported format; archives hold documents and are none (see `archive.py`).

    Raises:
        UnreadableDocument: empty, damaged, encrypted, beyond a limit, of a format there is no reader for, or one that
            its reader failed over; nothing else.
    """
    if len(data) > MAX_FILE_BYTES:
        raise over_limit("MAX_FILE_BYTES")
    if not data.strip():
        raise UnreadableDocument(
            "empty_file", "文件是空的；请重新提供。 / The file is empty; supply it again."
        )
    format_name = sniff(data)
    if format_name in _NOT_READ:
        raise _not_read(format_name)
    if format_name in _TEXTUAL and len(data) > MAX_TEXT_BYTES:
        raise over_limit("MAX_TEXT_BYTES")
    try:
        if format_name == "mhtml":
            data, format_name = html_of(data), "html"
        document = _reader(format_name)(data)
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as error:
        is_extra = isinstance(error, ModuleNotFoundError) and not (error.name or "ogi").startswith("ogi")
        raise (_missing_extra if is_extra else _reader_failed)(error) from error
    _check_size(document)
    return document


def _reader(format_name: str) -> Callable[[bytes], Document]:
    module, function = _READERS[format_name]
    reader: Callable[[bytes], Document] = getattr(import_module(module), function)
    return reader


def _check_size(document: Document) -> None:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    if len(document.blocks) > MAX_BLOCKS:
        raise over_limit("MAX_BLOCKS")
    if sum(len(row) for grid in grids for row in grid.rows) > MAX_CELLS:
        raise over_limit("MAX_CELLS")
    if any(len(grid.rows) > MAX_TABLE_ROWS for grid in grids):
        raise over_limit("MAX_TABLE_ROWS")
    if any(row and row[-1].column > MAX_TABLE_COLUMNS for grid in grids for row in grid.rows):
        raise over_limit("MAX_TABLE_COLUMNS")


def _not_read(format_name: str) -> UnreadableDocument:
    name, todo_zh, todo_en = _NOT_READ[format_name]
    return UnreadableDocument(
        "format_not_supported",
        f"文件内容是 {name}，不能读取；请{todo_zh}。 / The content is {name}, which is not read: {todo_en}.",
    )


def _missing_extra(error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "extra_not_installed",
        f"读取扫描件或图片需要文字识别组件（{error}）；请安装：pip install 'ogi-warehouse[ocr]'。"
        f" / Reading scans and pictures needs text recognition ({error}):"
        " pip install 'ogi-warehouse[ocr]'.",
    )


def _reader_failed(error: Exception) -> UnreadableDocument:
    return UnreadableDocument(
        "reader_failed",
        f"文件可能已损坏，读取程序出错（{type(error).__name__}）；请重新提供，或报告此文件。"
        " / The file may be damaged, its reader failed"
        f" ({type(error).__name__}: {' '.join(str(error).split())[:200]}); supply it again, or report this file.",
    )
