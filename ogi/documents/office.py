"""DOC, WPS, RTF, ODT and Word XML, converted to DOCX by LibreOffice where it is installed."""

import dataclasses
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from ogi.documents.docx import read_docx
from ogi.documents.limits import MAX_OFFICE_SECONDS, over_limit
from ogi.documents.model import Document, UnreadableDocument
from ogi.documents.ole import refuse_other_than_word
from ogi.documents.sniff import sniff

_PROGRAMS = ("soffice", "libreoffice")
# Nothing of a document runs, and nothing is fetched that it points to
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def read_office(data: bytes) -> Document:
    """Read a document that Word or WPS wrote before DOCX, or one of LibreOffice's own.

    Raises:
        UnreadableDocument: no LibreOffice here, or it cannot open the file; encrypted, or not a text document.
    """
    format_name = sniff(data)
    if format_name == "ole":
        refuse_other_than_word(data)
        format_name = "doc"
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableDocument(
            "office_not_installed",
            "读取 DOC、WPS、RTF、ODT 需要 LibreOffice；请安装 libreoffice-writer，或用 Word 另存为 DOCX。"
            " / Reading DOC, WPS, RTF and ODT needs LibreOffice: install libreoffice-writer, or save it as DOCX.",
        )
    with tempfile.TemporaryDirectory(prefix="ogi-office-") as folder:
        converted = _convert(program, data, Path(folder))
    return dataclasses.replace(read_docx(converted), format=format_name)


def _convert(program: str, data: bytes, folder: Path) -> bytes:
    (folder / "profile" / "user").mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    (folder / "document").write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / "document")),
    ]
    _run(command)
    converted = folder / "document.docx"
    if not converted.is_file():
        raise UnreadableDocument(
            "file_damaged",
            "LibreOffice 打不开这个文件，可能已损坏；请用 Word 另存为 DOCX。"
            " / LibreOffice cannot open the file, which may be damaged; save it as DOCX with Word.",
        )
    return converted.read_bytes()


def _run(command: list[str]) -> None:
    """Run LibreOffice, which starts processes of its own, and leave none of them behind.

    Raises:
        UnreadableDocument: it took longer than `MAX_OFFICE_SECONDS`.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_limit_processor_time,  # noqa: PLW1509 - no threads run where documents are read
    )
    try:
        process.wait(MAX_OFFICE_SECONDS)
    except subprocess.TimeoutExpired:
        raise over_limit("MAX_OFFICE_SECONDS") from None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _limit_processor_time() -> None:
    """Have LibreOffice end even where the process that waits for it was killed."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_OFFICE_SECONDS, MAX_OFFICE_SECONDS))
