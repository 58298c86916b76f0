"""A file on disk as the documents in it, read no further than the limits allow."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ogi.documents.archive import FoundDocument, documents_in
from ogi.documents.limits import MAX_FILE_BYTES, over_limit
from ogi.documents.model import UnreadableDocument

_CHUNK = 1 << 20


def documents_of(file: Path, path: str) -> Iterator[FoundDocument]:
    """Yield the documents of a file under the name `path`; what cannot be read is one with a refusal."""
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            yield refused_file(file, path, over_limit("MAX_FILE_BYTES"))
            return
        # What has no size, as a pipe has none, is not read to its end either
        with file.open("rb") as opened:
            data = opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        refusal = UnreadableDocument(
            "file_unreadable",
            f"文件无法读取：{error.strerror}。 / The file cannot be read: {error.strerror}.",
        )
        yield FoundDocument(path, b"", "", 0, refusal)
        return
    yield from documents_in(data, path)


def refused_file(file: Path, path: str, refusal: UnreadableDocument) -> FoundDocument:
    """Return a file that is there and was not read, with its hash and size."""
    digest = hashlib.sha256()
    size = 0
    try:
        with file.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except OSError:
        return FoundDocument(path, b"", "", 0, refusal)
    return FoundDocument(path, b"", digest.hexdigest(), size, refusal)


def printable(path: Path) -> str:
    """Write a path as text; a name in GB18030, as old archives unpack them, is read as such."""
    raw = os.fsencode(path)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
