"""The text of a paragraph as Word shows it."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator

from ogi.documents.docx.styles import Styles
from ogi.documents.docx.xml import contents, is_on, value

_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def paragraph_text(paragraph: ET.Element, styles: Styles) -> str:
    """Return a paragraph's visible text, without the number before it and the text boxes tied to it."""
    return "".join(_pieces(paragraph, styles))


def _pieces(container: ET.Element, styles: Styles) -> Iterator[str]:
    for child in contents(container):
        if child.tag == "r":
            if not styles.is_hidden(child):
                pieces = _pieces(child, styles)
                yield from _as_note(pieces) if _is_raised(child) else pieces
        elif child.tag in ("oMath", "oMathPara"):
            yield from (piece.text or "" for piece in child.iter("t"))
        else:
            yield _character(child)


def _is_raised(run: ET.Element) -> bool:
    """Tell whether a run is set above or below its line, as the numbers of notes are."""
    properties = run.find("rPr")
    return properties is not None and value(properties, "vertAlign") in ("superscript", "subscript")


def _as_note(pieces: Iterable[str]) -> Iterator[str]:
    """Put a raised number in brackets, as plain text writes it: the note 1 at a figure 10 is not the figure 101."""
    text = "".join(pieces)
    yield f"（{text}）" if text.strip() else text


def text_boxes(paragraph: ET.Element) -> Iterator[ET.Element]:
    """Yield the contents of the text boxes tied to a paragraph."""
    for child in contents(paragraph):
        if child.tag == "txbxContent":
            yield child
        elif len(child):
            yield from text_boxes(child)


def is_joined_to_next(paragraph: ET.Element) -> bool:
    """Tell whether a tracked change deleted the paragraph's end, so that the next one continues it."""
    return is_on(paragraph, "pPr/rPr/del")


def _character(element: ET.Element) -> str:
    if element.tag == "t":
        return element.text or ""
    if element.tag == "sym":
        return _symbol(element.get("char", ""))
    return _CHARACTERS.get(element.tag, "")


def _symbol(code: str) -> str:
    """Return a symbol of a font by its code; it is printed, so it must not read as nothing."""
    try:
        symbol = chr(int(code, 16))
        symbol.encode()
    except (ValueError, OverflowError):
        return "\ufffd"
    return symbol
