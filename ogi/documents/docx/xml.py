"""The XML of a DOCX: its parts, safely parsed, and the elements that count."""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat
from zipfile import ZipFile

from ogi.documents.archive import unpack
from ogi.documents.limits import MAX_ELEMENT_NESTING, MAX_TEXT_BYTES, over_limit
from ogi.documents.model import UnreadableDocument
from ogi.documents.sniff import open_zip

# What stands around content without changing it: content controls, inserted text, links, alternatives
_TRANSPARENT = frozenset(
    (
        *(
            "sdt",
            "sdtContent",
            "customXml",
            "smartTag",
            "ins",
            "moveTo",
            "hyperlink",
            "fldSimple",
            "dir",
            "bdo",
        ),
        *("ruby", "rubyBase"),
    )
)
# What is in the file but not in the text: deleted and moved away, field codes, readings above characters
_UNSEEN = frozenset(("del", "moveFrom", "delText", "instrText", "delInstrText", "rt"))
_LONGEST_NUMBER = 9


class Parts:
    """The parts of a DOCX by name. Namespaces are dropped: the names of Word are enough, in both its dialects."""

    def __init__(self, data: bytes) -> None:
        self._zip: ZipFile = open_zip(data)
        self._members = {member.filename: member for member in self._zip.infolist()}
        self.main = self._main_part()

    def xml(self, name: str) -> ET.Element | None:
        """Return the root of a part; None if there is no such part.

        Raises:
            UnreadableDocument: it is damaged, encrypted, too large, or declares a document type (as attacks do).
        """
        member = self._members.get(name)
        if member is None:
            return None
        return parse_xml(unpack(self._zip, member, MAX_TEXT_BYTES, "MAX_TEXT_BYTES"))

    def beside_main(self, name: str) -> ET.Element | None:
        """Return the root of a part in the folder of the main part."""
        return self.xml(posixpath.join(posixpath.dirname(self.main), name))

    def _main_part(self) -> str:
        relations = self.xml("_rels/.rels")
        for relation in relations if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(relation.get("Target", "").lstrip("/"))
        return "word/document.xml"


def parse_xml(data: bytes) -> ET.Element:
    """Parse XML without a document type declaration, and drop the namespaces.

    Raises:
        UnreadableDocument: it is not well-formed, declares a document type, or nests deeper than `MAX_ELEMENT_NESTING`.
    """
    _refuse_document_type(data)
    try:
        root = ET.fromstring(data)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise UnreadableDocument(
            "file_damaged",
            "DOCX 内容不完整或已损坏；请用 Word 重新保存。"
            f" / The DOCX is cut off or damaged ({error}); save it again with Word.",
        ) from None
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_ELEMENT_NESTING:
            raise over_limit("MAX_ELEMENT_NESTING")
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
            element.attrib = {name.rpartition("}")[2]: text for name, text in element.attrib.items()}
        level = [child for element in level for child in element]
    return root


class _PrologEnds(Exception):
    """The first element has come."""


def _refuse_document_type(data: bytes) -> None:
    """Read as far as the first element, before which a document type would stand."""

    def refuse(*_: object) -> None:
        raise UnreadableDocument(
            "document_type_refused",
            "DOCX 里有文档类型声明（DTD），可能是恶意文件，未读取；请用 Word 重新保存。"
            " / The DOCX declares a document type (DTD), as attacks do; not read: save it again with Word.",
        )

    def stop(*_: object) -> None:
        raise _PrologEnds

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    # What is not well-formed is for the parser proper to say
    with suppress(_PrologEnds, expat.ExpatError):
        parser.Parse(data, True)


def contents(element: ET.Element) -> Iterator[ET.Element]:
    """Yield an element's children as Word shows them: through content controls and insertions, without deletions."""
    for child in element:
        if child.tag in _TRANSPARENT:
            yield from contents(child)
        elif child.tag == "AlternateContent":
            # The same content twice, for new and for old programs
            yield from contents(child[0]) if len(child) else ()
        elif child.tag not in _UNSEEN:
            yield child


def value(element: ET.Element | None, path: str, name: str = "val") -> str | None:
    """Return an attribute of the element at a path; None if either is absent."""
    found = element.find(path) if element is not None else None
    return None if found is None else found.get(name)


def number(element: ET.Element | None, path: str, default: int) -> int:
    """Return a whole number at a path; the default where there is none or something else."""
    text = value(element, path) or ""
    return int(text) if text.lstrip("-").isdecimal() and len(text) <= _LONGEST_NUMBER else default


def is_on(element: ET.Element | None, path: str) -> bool:
    """Tell whether a switch is there and not set to off."""
    found = element.find(path) if element is not None else None
    return found is not None and found.get("val", "true") not in ("0", "false", "off", "none")
