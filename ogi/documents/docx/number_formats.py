"""A count as Word writes it in each of its number formats (ST_NumberFormat of ISO/IEC 29500)."""

from collections.abc import Callable

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_IDEOGRAPHS = str.maketrans("0123456789", "〇一二三四五六七八九")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_TOO_LARGE_TO_SPELL = 10_000
_MOST_LETTERS = 780


def in_format(name: str, count: int) -> str:
    """Write a count in the format of this name; in plain digits where the format is unknown or has no such number."""
    try:
        return _FORMATS.get(name, str)(count)
    except IndexError:
        return str(count)


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda count: characters[count - 1] if count >= 1 else str(count)


def _spelled(digits: str, units: str, ten: str) -> Callable[[int], str]:
    """Spell counts below 10,000: 12 is 十二 (`ten` is what 10 to 19 begin with), 105 is 一百〇五."""

    def spell(count: int) -> str:
        if not 0 < count < _TOO_LARGE_TO_SPELL:
            return str(count) if count else digits[0]
        text, has_gap = "", False
        for power in (3, 2, 1, 0):
            digit = count // 10**power % 10
            if digit:
                text += (digits[0] if has_gap else "") + digits[digit] + ("", *units)[power]
            has_gap = not digit and bool(text)
        one_ten = digits[1] + units[0]
        return ten + text.removeprefix(one_ten) if text.startswith(one_ten) else text

    return spell


def _letters(count: int) -> str:
    """Return A … Z, then AA, BB, CC."""
    if not 1 <= count <= _MOST_LETTERS:
        return str(count)
    return chr(ord("A") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    if not 0 < count < _TOO_LARGE_TO_SPELL:
        return str(count)
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text


_counting = _spelled("〇一二三四五六七八九", "十百千", "十")
_legal = _spelled("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "壹拾")

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _one_of(_CIRCLED),
    "decimalEnclosedCircleChinese": _one_of(_CIRCLED),
    "decimalEnclosedParen": _one_of("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _one_of("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "ideographEnclosedCircle": _one_of("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "ideographDigital": lambda count: str(count).translate(_IDEOGRAPHS),
    "taiwaneseDigital": lambda count: str(count).translate(_IDEOGRAPHS),
    "japaneseDigitalTenThousand": lambda count: str(count).translate(_IDEOGRAPHS),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
}
