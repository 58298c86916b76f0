"""The characters of a page with their boxes, as the file places them."""

import ctypes
import math
from dataclasses import dataclass

from ogi.documents.pdf.frame import Box, Frame
from ogi.documents.pdf.handle import Handle

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
# Far from the quarter turns, in radians.
_WATERMARK_ANGLE = 0.15
_IDEOGRAPHS = 0x2E80
# An ideograph's ink that is lower than this share of its width is no measure of the line.
_FLAT = 0.85
_IDEOGRAPH_WIDTH = 0.9
_ASCENT = 0.86
# Latin, Greek, punctuation and symbols, everything Chinese, compatibility and full-width forms, rare ideographs.
_PRINTED = (
    (0xA0, 0x250),
    (0x370, 0x400),
    (0x2000, 0x27C0),
    (0x2E80, 0xA000),
    (0xF900, 0xFB07),
    (0xFE10, 0xFFF0),
    (0x20000, 0x32000),
)
# Above this share of characters that are no text, the page's text is not to be used.
_MOST_GARBLED = 0.2


# text, left, top, right, bottom: advance width by line height, origin top left, upright for the text's own turn.
# A plain tuple, because a report has thousands.
Character = tuple[str, float, float, float, float]

# Stands for white space: a word ends here.
BREAK: Character = ("", 0.0, 0.0, 0.0, 0.0)


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


def read_characters(text_page: Handle, count: int, frame: Frame, hidden: frozenset[int]) -> PageText:
    """Read `count` characters of an open text page.

    `hidden` are addresses of text objects that draw nothing and are to be left out. Text that is neither upright nor
    turned by a quarter is a watermark and left out.
    """
    import pypdfium2.raw as pdfium

    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    angle_of, object_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetTextObject
    box = pdfium.FS_RECTF()
    box_address = ctypes.byref(box)
    baseline_of = _Baselines(text_page)
    by_turn: dict[int, list[Character]] = {turn: [] for turn in range(4)}
    frames = [frame.turned(turn).upright for turn in range(4)]
    chars = by_turn[0]
    garbled = kept = 0
    size = angle = line_bottom = line_left = 0.0
    for index in range(count):
        code = unicode_of(text_page, index)
        if code in _BREAKS:
            chars.append(BREAK)
            continue
        if code in _DROPPED or not box_of(text_page, index, box_address):
            continue
        if hidden and _address(object_of(text_page, index)) in hidden:
            continue
        # one that stands right of an upright one, on the same line, is upright too
        is_next = not angle and box.bottom == line_bottom and box.left > line_left
        line_bottom, line_left = box.bottom, box.left
        angle = 0.0 if is_next else angle_of(text_page, index)
        turn = round(angle / _QUARTER)
        if abs(angle - turn * _QUARTER) > _WATERMARK_ANGLE:
            continue
        turn %= 4
        kept += 1
        if code == _LINE_END_HYPHEN:
            code = 0x2D
        elif not _is_common(code):
            garbled += not _is_expected(code)
            code = 0xFFFD if _is_no_text(code) else code
        left, top, right, bottom = frames[turn](box.left, box.bottom, box.right, box.top)
        height, width = bottom - top, right - left
        is_flat = code >= _IDEOGRAPHS and height < _FLAT * width
        if is_flat or height < size / 2:
            size = width / _IDEOGRAPH_WIDTH if is_flat else size
            baseline = frames[turn](*baseline_of(index))[1]
            top, bottom = baseline - _ASCENT * size, baseline + (1 - _ASCENT) * size
        else:
            size = height
        chars = by_turn[turn]
        chars.append((chr(code), left, top, right, bottom))
    found = {turn: chars for turn, chars in by_turn.items() if any(c is not BREAK for c in chars)}
    return PageText(found, kept, garbled > kept * _MOST_GARBLED)


class _Baselines:
    """Asks where a character stands, for those whose box is only their ink (一, a comma, a hyphen in some fonts)."""

    def __init__(self, text_page: Handle) -> None:
        import pypdfium2.raw as pdfium

        self._origin_of = pdfium.FPDFText_GetCharOrigin
        self._text_page = text_page
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def __call__(self, index: int) -> Box:
        self._origin_of(self._text_page, index, ctypes.byref(self._x), ctypes.byref(self._y))
        x, y = self._x.value, self._y.value
        return x, y, x, y


def plain(text: str) -> str:
    """Return a text with the radicals that stand for characters replaced by them."""
    return text.translate(_RADICALS)


def _is_common(code: int) -> bool:
    return 0x4E00 <= code <= 0x9FFF or 0x20 < code < 0x7F  # noqa: PLR2004 - ideographs, ASCII


def _is_expected(code: int) -> bool:
    """Tell whether a report in Chinese may print this character: accented letters are what garbled text looks like."""
    return not _is_no_text(code) and not (0xC0 <= code < 0x250 and code not in (0xD7, 0xF7))  # noqa: PLR2004 - × ÷


def _is_no_text(code: int) -> bool:
    """Tell whether a code can be no printed character of these reports: unmapped, private, control, far scripts."""
    return not any(start <= code < end for start, end in _PRINTED)


def hidden_objects(text_objects: list[Handle]) -> frozenset[int]:
    """Return the addresses of text objects that draw nothing, where the page has others that do.

    A page whose whole text draws nothing is a scan with its recognised text laid behind: that text is what there is.
    """
    import pypdfium2.raw as pdfium

    mode_of = pdfium.FPDFTextObj_GetTextRenderMode
    hidden = [found for found in text_objects if mode_of(found) == _INVISIBLE]
    if not hidden or len(hidden) == len(text_objects):
        return frozenset()
    return frozenset(_address(found) for found in hidden)


def _address(handle: Handle) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
