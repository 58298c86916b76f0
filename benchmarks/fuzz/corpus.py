"""What a reader's fuzzing begins with: the documents of its format in `tests/documents`."""

import io
import zipfile
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parents[2] / "tests" / "documents"
# Reader -> suffix of its documents. Pictures are left out, whose recognition takes seconds a page, and what LibreOffice reads
READERS = {
    "text": "txt",
    "markdown": "md",
    "html": "html",
    "mhtml": "html",
    "docx": "docx",
    "pdf": "pdf",
    "zip": "txt",
}
_BODY = "word/document.xml"
_PACKAGE = DOCUMENTS / "docx-merged-cells" / "document.docx"
_MHTML = b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n%s\n--b--\n"


def write_corpus(reader: str, folder: Path) -> None:
    """Write the inputs that fuzzing begins with; what `document_of` makes of them are whole documents."""
    for path in sorted(DOCUMENTS.glob(f"*/document.{READERS[reader]}")):
        data = path.read_bytes()
        if reader == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = package.read(_BODY)
        elif reader == "mhtml":
            data = _MHTML % data
        elif reader == "zip":
            data = _zipped({"a.txt": data})
        (folder / path.parent.name).write_bytes(data)


def document_of(reader: str, data: bytes) -> bytes:
    """Return the document for a fuzzer's input: for DOCX it changes the body, because packed it would break nothing else."""
    if reader != "docx":
        return data
    with zipfile.ZipFile(_PACKAGE) as package:
        return _zipped({name: package.read(name) for name in package.namelist()} | {_BODY: data})


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()
