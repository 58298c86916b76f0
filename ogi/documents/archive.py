"""A ZIP as the documents in it; nothing is ever written to disk."""

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from ogi.documents.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_DEPTH,
    MAX_ARCHIVE_MEMBERS,
    MAX_ARCHIVE_RATIO,
    MAX_FILE_BYTES,
    over_limit,
)
from ogi.documents.model import Remark, UnreadableDocument
from ogi.documents.sniff import open_zip, sniff

_CHUNK = 1 << 18
_RATIO_COUNTS_FROM = 1_000_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document to be read: a file, or a member of a ZIP (`x.zip!member`).

    `size` counts its bytes; `refusal` says why they were not taken. `sha256` is that of the bytes; without them, of the archive's hash and the
    member's name, so that it is this member's alone.
    """

    path: str
    data: bytes
    sha256: str
    size: int
    refusal: UnreadableDocument | None = None
    remarks: list[Remark] = field(default_factory=list)


def documents_in(data: bytes, path: str) -> Iterator[FoundDocument]:
    """Yield the documents of a file: itself, or the members of a ZIP in their order; never raises for its content."""
    yield from _documents_in(data, path, [], 0, _Budget())


class _Budget:
    """What one archive may still unpack to, the archives within it included."""

    def __init__(self) -> None:
        self.bytes = MAX_ARCHIVE_BYTES
        self.members = MAX_ARCHIVE_MEMBERS


def _documents_in(
    data: bytes, path: str, remarks: list[Remark], depth: int, budget: _Budget
) -> Iterator[FoundDocument]:
    digest = hashlib.sha256(data).hexdigest()
    try:
        if len(data) > MAX_FILE_BYTES:
            raise over_limit("MAX_FILE_BYTES")
        if not data or sniff(data) != "zip":
            yield FoundDocument(path, data, digest, len(data), remarks=remarks)
            return
        if depth == MAX_ARCHIVE_DEPTH:
            raise over_limit("MAX_ARCHIVE_DEPTH")
        archive = open_zip(data)
        members = [member for member in archive.infolist() if not _is_ignored(member)]
        if not members:
            raise UnreadableDocument(
                "empty_archive", "压缩包里没有文件；请重新打包。 / The ZIP holds no files; pack it again."
            )
        budget.members -= len(members)
        if budget.members < 0:
            raise over_limit("MAX_ARCHIVE_MEMBERS")
    except UnreadableDocument as refusal:
        yield FoundDocument(path, b"", digest, len(data), refusal, remarks)
        return
    for member in members:
        name = _name(member)
        member_path = f"{path}!{name}"
        try:
            limit = "MAX_FILE_BYTES" if budget.bytes > MAX_FILE_BYTES else "MAX_ARCHIVE_BYTES"
            content = unpack(archive, member, min(budget.bytes, MAX_FILE_BYTES), limit)
        except UnreadableDocument as refusal:
            own = hashlib.sha256(f"{digest}!{name}".encode("utf-8", "backslashreplace")).hexdigest()
            yield FoundDocument(member_path, b"", own, member.file_size, refusal)
            continue
        budget.bytes -= len(content)
        yield from _documents_in(content, member_path, _remarks(name), depth + 1, budget)


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, limit: str) -> bytes:
    """Return a member's bytes, counted while they unpack: what the archive declares may be a lie.

    `most` is how many there may be, and `limit` the name of that limit.

    Raises:
        UnreadableDocument: encrypted, damaged, packed in an unknown way, or larger than `most` or than
            `MAX_ARCHIVE_RATIO` allows.
    """
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableDocument(
            "encrypted", "文件有密码；请提供没有密码的文件。 / It is encrypted; supply it without a password."
        )
    content = bytearray()
    try:
        with archive.open(member) as packed:
            while chunk := packed.read(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise over_limit(limit)
                if len(content) > max(_RATIO_COUNTS_FROM, member.compress_size * MAX_ARCHIVE_RATIO):
                    raise over_limit("MAX_ARCHIVE_RATIO")
    except UnreadableDocument:
        raise
    # A forged ZIP makes `zipfile` and the codecs raise nearly anything
    except Exception as error:
        raise UnreadableDocument(
            "member_unreadable",
            f"压缩包内的文件无法解压（{type(error).__name__}）；请重新打包。"
            f" / The member cannot be unpacked ({type(error).__name__}); pack it again.",
        ) from error
    return bytes(content)


def _is_ignored(member: zipfile.ZipInfo) -> bool:
    """Folders, hidden files, and what macOS, Windows and word processors leave beside the documents."""
    parts = member.filename.replace("\\", "/").split("/")
    name = parts[-1]
    return (
        member.filename.endswith("/")
        or "__MACOSX" in parts
        or (name.startswith((".", "~$")) and name.strip(".") != "")
        or name.lower() in ("thumbs.db", "desktop.ini")
    )


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name: in UTF-8 if marked so, else as UTF-8 or GB18030, whichever its bytes are."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    # Neither a line break nor a terminal's control codes may stand in a message
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _remarks(name: str) -> list[Remark]:
    parts = name.replace("\\", "/").split("/")
    if ".." not in parts and parts[0] and not parts[0].endswith(":"):
        return []
    return [
        Remark(
            "unsafe_member_name",
            f"压缩包内的文件名“{name}”指向包外；只读取了内容，没有写入磁盘。"
            f" / The member's name {name} points out of the ZIP; it was read, nothing was written.",
        )
    ]
