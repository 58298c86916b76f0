"""A stand-in for the Chinese fonts that a PDF names but neither holds nor finds on this machine.

Without one, pdfium finds no box for such a character and leaves out of the page's text every piece that is a single
character: most figures of a table. The stand-in has a box for every character and draws nothing, so that a file reads
the same on every machine.
"""

import ctypes
import struct
from functools import cache

from ogi.documents.pdf.handle import Handle

# Shift-JIS, Hangul, GB2312, Big5 in the numbers of Windows, in which pdfium asks
_CHINESE = frozenset((128, 129, 134, 136))
_STAND_IN = 1
_EM, _ASCENT, _DESCENT = 1000, 880, -120
_BOX = (0, _DESCENT, _EM, _ASCENT)
_LAST_CHARACTER = 0x10FFFF


@cache
def stand_in_for_missing_fonts() -> Handle:
    """Have pdfium use the stand-in wherever it asks for a Chinese font that the machine does not have.

    Returns what pdfium calls for fonts from then on; it lives as long as the process.
    """
    import pypdfium2

    font = stand_in_font()

    class Fonts(pypdfium2.PdfSysfontBase):  # type: ignore[misc] # the base has no types
        def MapFont(
            self, _: Handle, weight: int, italic: int, charset: int, pitch: int, face: Handle, exact: Handle
        ) -> int | None:
            found: int | None = self.default.MapFont(
                self.default, weight, italic, charset, pitch, face, exact
            )
            return _STAND_IN if not found and charset in _CHINESE else found

        def GetFontData(self, _: Handle, handle: int, table: int, buffer: Handle, size: int) -> int:
            if handle != _STAND_IN:
                return int(self.default.GetFontData(self.default, handle, table, buffer, size))
            if table:
                return 0
            if buffer and size >= len(font):
                ctypes.memmove(buffer, font, len(font))
            return len(font)

        def GetFaceName(self, _: Handle, handle: int, buffer: Handle, size: int) -> int:
            return (
                0
                if handle == _STAND_IN
                else int(self.default.GetFaceName(self.default, handle, buffer, size))
            )

        def GetFontCharset(self, _: Handle, handle: int) -> int:
            return 0 if handle == _STAND_IN else int(self.default.GetFontCharset(self.default, handle))

        def DeleteFont(self, _: Handle, handle: int) -> None:
            if handle != _STAND_IN:
                self.default.DeleteFont(self.default, handle)

    fonts = Fonts()
    fonts.setup()
    return fonts


def stand_in_font() -> bytes:
    """Build a TrueType font of one glyph, a line over the em square that encloses no ink, for all characters."""
    corners = struct.pack(">5h", 1, *_BOX)
    outline = struct.pack(">HHBB", 1, 0, 1, 1) + struct.pack(">4h", 0, _EM, _DESCENT, _EM)
    glyph = corners + outline
    glyph += bytes(-len(glyph) % 4)
    every_character = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, ord(" "), _LAST_CHARACTER, 1)
    line = (_ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every_character,
        b"glyf": glyph,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 1 << 16, *line),
        b"hmtx": struct.pack(">HhHh", _EM, 0, _EM, 0),
        # glyph 0, which stands for none, is empty
        b"loca": struct.pack(">3I", 0, 0, len(glyph)),
        b"maxp": struct.pack(">I14H", 1 << 16, 2, 2, 1, *[0] * 11),
    }
    body = b""
    directory = struct.pack(">I4H", 1 << 16, len(tables), 64, 2, len(tables) * 16 - 64)
    start = len(directory) + 16 * len(tables)
    for tag, content in tables.items():
        directory += tag + struct.pack(">3I", 0, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return directory + body
