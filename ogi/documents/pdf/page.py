"""One open page of a PDF to its words and ruling lines, upright."""

from collections.abc import Sequence
from dataclasses import dataclass

from ogi.documents.layout.model import Page, Word
from ogi.documents.pdf.characters import PageText, hidden_objects, read_characters
from ogi.documents.pdf.frame import Frame
from ogi.documents.pdf.handle import Handle
from ogi.documents.pdf.rulings import Drawing, read_drawing
from ogi.documents.pdf.words import build_words

MAX_PAGE_CHARACTERS = 50_000
MAX_PAGE_OBJECTS = 100_000
# A page number or a stamp's text on a picture that fills the page is no text layer.
_FEW_CHARACTERS = 40
_PICTURE_FILLS = 0.5
# So many drawn shapes on a page with hardly any text are its characters, drawn as outlines.
_OUTLINES = 300


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that only its picture shows; `page` is what little text it has, if any, `code` says what is wrong."""

    code: str
    page: Page | None


def read_page(page: Handle, number: int) -> tuple[Page | Scan | None, list[str]]:
    """Read an open page; None is an empty page. The codes say what was left out.

    Raises:
        pypdfium2.PdfiumError: the page is damaged.
    """
    frame = Frame(*page.get_bbox())
    drawing = read_drawing(page.raw, MAX_PAGE_OBJECTS)
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        hidden = hidden_objects(drawing.text_objects)
        text = read_characters(text_page.raw, min(count, MAX_PAGE_CHARACTERS), frame, hidden)
    finally:
        text_page.close()
    codes = ["page_too_long"] if count > MAX_PAGE_CHARACTERS or drawing.is_cut else []
    if text.is_garbled:
        return Scan("text_layer_garbled", None), codes
    upright = _upright(number, frame, text, drawing) if text.by_turn else None
    width, height = frame.size
    is_drawn = drawing.pictures > _PICTURE_FILLS * width * height or drawing.shapes > _OUTLINES
    if text.count < _FEW_CHARACTERS and is_drawn:
        return Scan("no_text_layer", upright), codes
    return upright, codes


def _upright(number: int, frame: Frame, text: PageText, drawing: Drawing) -> Page:
    """Turn the page so that most of its text is upright, whatever the file says about how to show it."""
    main = frame.turned(text.main_turn)
    rules = drawing.rules(main)
    words: list[Word] = []
    for turn, characters in text.by_turn.items():
        if turn == text.main_turn:
            words.extend(build_words(characters, rules))
        else:
            words.extend(_turned(build_words(characters, ()), frame.turned(turn), main))
    width, height = main.size
    return Page(number, width, height, words, rules)


def _turned(words: Sequence[Word], own: Frame, main: Frame) -> list[Word]:
    """Move words that were read upright in their own frame to where the page's main frame shows them."""
    return [
        Word(word.text, *main.upright(*own.in_file(word.left, word.top, word.right, word.bottom)))
        for word in words
    ]
