"""The stand-in for Chinese fonts: a box for every character, and nothing drawn."""

import io

import pytest
from PIL import ImageFont

from ogi.documents.pdf.fonts import stand_in_font


@pytest.fixture(scope="module")
def font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(stand_in_font()), 100)


@pytest.mark.parametrize("character", ["0", "业", "　", "〔", "𠀀"])
def test_every_character_has_a_box_as_high_and_wide_as_the_line(
    font: ImageFont.FreeTypeFont, character: str
) -> None:
    assert (font.getbbox(character, anchor="ls"), font.getlength(character)) == ((0, -88, 100, 12), 100)


def test_nothing_is_drawn(font: ImageFont.FreeTypeFont) -> None:
    assert not any(font.getmask("业0"))
