"""The characters of a page with their boxes, as the file places them."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from ogi.documents.pdf.frame import Frame

# Compatibility forms that some producers write for the plain character; NFKC leaves these or changes the script.
_RADICALS = str.maketrans(
    "⺒⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻥⻦⻨⻩⻬⻰⼀⼁⼆⼈⼉⼊⼋⼏⼑⼒⼗⼚⼝⼟⼠⼣⼤⼥⼦⼨⼩⼫⼭⼯⼰⼲⼴⼸⼼⼽⼾⼿⽀⽂⽃⽄⽅⽆⽇⽉⽊⽌⽐⽑⽒⽓⽔⽕⽗⽚⽛⽜⽝⽟⽤⽥⽩⽪⽬⽯⽰⽴⽵⽶⽹⽺⽼⽽⽿⾁⾄⾆⾊⾎⾏⾐⾔⾕⾖⾚⾛⾜⾝⾟⾢⾥⾦⾮⾯⾳⾷⾸⾼⿊⿎⿐",
    "巳母民虎西见角贝车长门青韦页风飞食马骨鱼鸟麦黄齐龙一丨二人儿入八几刀力十厂口土士夕大女子寸小尸山工己干广弓心戈户手支文斗斤方无日月木止比毛氏气水火父片牙牛犬玉用田白皮目石示立竹米网羊老而耳肉至舌色血行衣言谷豆赤走足身辛邑里金非面音食首高黑鼓鼻",
)
_BREAKS = frozenset((0x20, 0x0D, 0x0A, 0x09, 0xA0, 0x3000, 0x2002, 0x2003))
_DROPPED = frozenset((0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE))
# pdfium's mark for a hyphen at the end of a line
_LINE_END_HYPHEN = 0x02
_QUARTER = math.pi / 2
_INVISIBLE = 3
# Above this share of characters that are no text, the page's text is not to be used.
_MOST_GARBLED = 0.2


class Character(NamedTuple):
    """One character and its box (advance width by line height), origin top left, upright for its own turn.

    An empty text stands for white space: a word ends here.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float


BREAK = Character("", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's characters by quarter turn, each upright in `frame.turned(turn)`; whether they are legible at all."""

    by_turn: dict[int, list[Character]]
    count: int
    is_garbled: bool

    @property
    def main_turn(self) -> int:
        """The turn of most characters: how the page is read."""
        return max(self.by_turn, key=lambda turn: len(self.by_turn[turn]), default=0)


def read_characters(text_page: Any, count: int, frame: Frame, hidden: frozenset[int]) -> PageText:
    """Read `count` characters of an open text page.

    `hidden` are addresses of text objects that draw nothing and are to be left out.
    """
    import pypdfium2.raw as pdfium

    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    angle_of, object_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetTextObject
    box = pdfium.FS_RECTF()
    box_address = ctypes.byref(box)
    by_turn: dict[int, list[Character]] = {}
    frames = {turn: frame.turned(turn).upright for turn in range(4)}
    chars: list[Character] = by_turn.setdefault(0, [])
    garbled = kept = 0
    for index in range(count):
        code = unicode_of(text_page, index)
        if code in _BREAKS:
            chars.append(BREAK)
            continue
        if code in _DROPPED or not box_of(text_page, index, box_address):
            continue
        if hidden and _address(object_of(text_page, index)) in hidden:
            continue
        kept += 1
        angle = angle_of(text_page, index)
        turn = round(angle / _QUARTER) % 4 if angle > 0 else 0
        if code == _LINE_END_HYPHEN:
            code = 0x2D
        elif _is_no_text(code):
            garbled += 1
            code = 0xFFFD
        chars = by_turn.setdefault(turn, [])
        left, top, right, bottom = frames[turn](box.left, box.bottom, box.right, box.top)
        chars.append(Character(chr(code), left, top, right, bottom))
    return PageText(
        {turn: found for turn, found in by_turn.items() if any(c.text for c in found)},
        kept,
        garbled > kept * _MOST_GARBLED,
    )


def plain(text: str) -> str:
    """Return a text with the radicals that stand for characters replaced by them."""
    return text.translate(_RADICALS)


def _is_no_text(code: int) -> bool:
    """Tell whether a code can be no printed character of these reports: unmapped, private, control, far scripts."""
    if 0x20 < code < 0x250 or 0x2E80 <= code <= 0x9FFF or 0x2000 <= code < 0x27C0:  # noqa: PLR2004
        return 0x7F <= code < 0xA0  # noqa: PLR2004
    return not (
        0xF900 <= code < 0xFB07
        or 0xFE10 <= code < 0xFFF0
        or 0x20000 <= code < 0x32000
        or 0x370 <= code < 0x400
    )  # noqa: PLR2004


def hidden_objects(text_objects: list[Any]) -> frozenset[int]:
    """Return the addresses of text objects that draw nothing, where the page has others that do.

    A page whose whole text draws nothing is a scan with its recognised text laid behind: that text is what there is.
    """
    import pypdfium2.raw as pdfium

    mode_of = pdfium.FPDFTextObj_GetTextRenderMode
    hidden = [found for found in text_objects if mode_of(found) == _INVISIBLE]
    if not hidden or len(hidden) == len(text_objects):
        return frozenset()
    return frozenset(_address(found) for found in hidden)


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
