"""What an OLE file is: the old container of Word, WPS, Excel and PowerPoint, and of encrypted Office files."""

from ogi.documents.model import UnreadableDocument

# Streams that only one kind of file has
_OTHER_KINDS = {"Workbook": "Excel", "Book": "Excel", "PowerPoint Document": "PowerPoint"}
# [MS-DOC] FibBase: the flag fEncrypted is bit 8 of the 16 bits at offset 10
_FLAGS_AT = 10
_ENCRYPTED = 0x0100


def refuse_other_than_word(data: bytes) -> None:
    """Return if the file is a Word or WPS document that can be opened.

    Raises:
        UnreadableDocument: encrypted, damaged, or of another program.
    """
    import olefile

    try:
        with olefile.OleFileIO(data) as file:
            streams = {entry[0] for entry in file.listdir()}
            flags = file.openstream("WordDocument").read(_FLAGS_AT + 2) if "WordDocument" in streams else b""
    # A forged file makes the library raise nearly anything
    except Exception as error:
        raise UnreadableDocument(
            "file_damaged",
            "DOC/WPS 文件不完整或已损坏；请重新提供，或另存为 DOCX。"
            f" / The DOC or WPS is cut off or damaged ({type(error).__name__}); supply it again, or save it as DOCX.",
        ) from error
    if "EncryptedPackage" in streams or int.from_bytes(flags[_FLAGS_AT:], "little") & _ENCRYPTED:
        raise UnreadableDocument(
            "encrypted", "文件有密码；请提供没有密码的文件。 / It is encrypted; supply it without a password."
        )
    if not flags:
        kind = next((name for stream, name in _OTHER_KINDS.items() if stream in streams), "OLE")
        raise UnreadableDocument(
            "format_not_supported",
            f"文件内容是 {kind}，不能读取；请另存为 PDF 或 DOCX。"
            f" / The content is {kind}, which is not read: save it as PDF or DOCX.",
        )
