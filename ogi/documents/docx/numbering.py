"""Numbers of lists, which Word computes and does not write into the text: （一）, 1., 第二条."""

import re
import xml.etree.ElementTree as ET

from ogi.documents.docx.number_formats import in_format
from ogi.documents.docx.styles import Styles
from ogi.documents.docx.xml import number, value

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")


class Numbering:
    """Counts the paragraphs of each list as they come."""

    def __init__(self, root: ET.Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, ET.Element] = {}
        self._lists: dict[str, ET.Element] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == "abstractNum":
                self._abstract[element.get("abstractNumId", "")] = element
            elif element.tag == "num":
                self._lists[element.get("numId", "")] = element

    def label(self, paragraph: ET.Element) -> str:
        """Return the number that stands before a paragraph, and count it; nothing where none does."""
        found = self._list_of(paragraph)
        if found is None:
            return ""
        identifier, level = found
        definition = self._lists[identifier]
        abstract_id = value(definition, "abstractNumId") or ""
        levels = self._levels(definition, abstract_id)
        if level not in levels:
            return ""
        counts = self._count(definition, abstract_id, level, levels)
        is_legal = levels[level].find("isLgl") is not None

        def shown(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at > level or at not in levels:
                return ""
            style = value(levels[at], "numFmt") or "decimal"
            # A level above that has no paragraph yet counts as its first
            count = counts[at]
            at_least_first = number(levels[at], "start", 1) if count is None else count
            return in_format("decimal" if is_legal else style, at_least_first)

        if value(levels[level], "numFmt") in ("bullet", "none"):
            return ""
        return _PLACEHOLDER.sub(shown, value(levels[level], "lvlText") or "")

    def _list_of(self, paragraph: ET.Element) -> tuple[str, int] | None:
        """Return the list and the level (from 0) that a paragraph or the nearest of its styles names."""
        for properties in self._styles.of_paragraph(paragraph):
            numbered = properties.find("numPr")
            if numbered is None:
                continue
            identifier = value(numbered, "numId")
            if identifier is None or identifier not in self._lists:
                # List 0 says that the paragraph has no number although its style has
                return None
            return identifier, min(max(number(numbered, "ilvl", 0), 0), _LEVELS - 1)
        return None

    def _levels(self, definition: ET.Element, abstract_id: str) -> dict[int, ET.Element]:
        abstract = self._abstract.get(abstract_id)
        linked = value(abstract, "numStyleLink")
        for style in self._styles.chain(linked) if linked else ():
            other = self._lists.get(value(style, "pPr/numPr/numId") or "")
            abstract = self._abstract.get(value(other, "abstractNumId") or "", abstract)
        found = {_level(lvl): lvl for lvl in abstract.iter("lvl")} if abstract is not None else {}
        overrides = {_level(lvl): lvl for lvl in definition.iter("lvl")}
        return found | overrides

    def _count(
        self, definition: ET.Element, abstract_id: str, level: int, levels: dict[int, ET.Element]
    ) -> list[int | None]:
        """Count one paragraph: lists of one definition go on where the last stopped, unless they say otherwise."""
        counts = self._counts.setdefault(abstract_id, [None] * _LEVELS)
        identifier = definition.get("numId", "")
        for override in definition.iter("lvlOverride"):
            key = (identifier, _level(override))
            if key[1] == level and override.find("startOverride") is not None and key not in self._restarted:
                self._restarted.add(key)
                counts[level] = number(override, "startOverride", 1) - 1
        current = counts[level]
        counts[level] = number(levels[level], "start", 1) if current is None else current + 1
        for deeper in range(level + 1, _LEVELS):
            if value(levels.get(deeper), "lvlRestart") != "0":
                counts[deeper] = None
        return counts


def _level(element: ET.Element) -> int:
    text = element.get("ilvl", "")
    return int(text) if text.isdecimal() and len(text) == 1 else 0
