"""How wide text is on the page, and where its lines break."""

from functools import lru_cache

CHINESE, LATIN = "STSong-Light", "Times-Roman"


def is_latin(character: str) -> bool:
    """Tell whether a character is set in the Latin font."""
    return character.isascii() and not character.isspace()


def text_width(text: str, size: float) -> float:
    """Return the width of one line in points."""
    return sum(_width(character) for character in text) * size


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most `width` points, between any two characters as Chinese breaks."""
    lines: list[str] = [""]
    for character in text:
        if lines[-1] and text_width(lines[-1] + character, size) > width:
            lines.append("")
        lines[-1] += character
    return lines if text else []


@lru_cache(maxsize=10_000)
def _width(character: str) -> float:
    """Return a character's width as a share of the font size."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(character, LATIN if is_latin(character) else CHINESE, 1))
