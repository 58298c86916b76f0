"""Styles of a DOCX: what a paragraph inherits that shows in its text (heading level, list number, hidden)."""

import xml.etree.ElementTree as ET

from ogi.documents.docx.xml import is_on, value

_LONGEST_CHAIN = 20
_BODY_LEVEL = "9"


class Styles:
    """The styles by id, each with those it is based on."""

    def __init__(self, root: ET.Element | None) -> None:
        self._by_id: dict[str, ET.Element] = {}
        self._default: str | None = None
        for style in root.iter("style") if root is not None else ():
            identifier = style.get("styleId", "")
            self._by_id[identifier] = style
            if style.get("type") == "paragraph" and style.get("default") in ("1", "true", "on"):
                self._default = identifier

    def chain(self, identifier: str | None) -> list[ET.Element]:
        """Return a style and those it is based on, the nearest first; the default paragraph style for None."""
        found: list[ET.Element] = []
        current = identifier or self._default
        while current in self._by_id and len(found) < _LONGEST_CHAIN:
            found.append(self._by_id[current])
            current = value(found[-1], "basedOn")
        return found

    def of_paragraph(self, paragraph: ET.Element) -> list[ET.Element]:
        """Return what says something of a paragraph, the nearest first: its own properties, then its styles'."""
        own = paragraph.find("pPr")
        styles = self.chain(value(own, "pStyle"))
        return ([own] if own is not None else []) + [
            properties for style in styles if (properties := style.find("pPr")) is not None
        ]

    def is_heading(self, paragraph: ET.Element) -> bool:
        """Tell whether a paragraph has an outline level, as headings have."""
        for properties in self.of_paragraph(paragraph):
            level = value(properties, "outlineLvl")
            if level is not None:
                return level != _BODY_LEVEL
        return False

    def is_hidden(self, run: ET.Element) -> bool:
        """Tell whether a run of text is hidden, by itself or by its character style, or struck out."""
        properties = run.find("rPr")
        if properties is None:
            return False
        if is_on(properties, "strike") or is_on(properties, "dstrike"):
            return True
        if properties.find("vanish") is not None:
            return is_on(properties, "vanish")
        identifier = value(properties, "rStyle")
        return identifier is not None and any(is_on(style, "rPr/vanish") for style in self.chain(identifier))
