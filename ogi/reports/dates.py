"""Chinese dates and numerals: 2021年1月5日, 2021-01-05, 二〇二一年一月五日, 二○一○年四月十日."""

import datetime as dt
import re

_DIGITS = {character: digit for digit, character in enumerate("〇一二三四五六七八九")}
_NUMERAL = r"[〇一二三四五六七八九十廿卅]"
_DATE = re.compile(
    r"(?P<year>(?:19|20)\d\d|[〇一二三四五六七八九]{4})(?:年|[-./])"
    rf"(?P<month>\d{{1,2}}|{_NUMERAL}{{1,3}})(?:月|[-./])"
    rf"(?P<day>\d{{1,2}}|{_NUMERAL}{{1,3}})日?"
)
_DATE_AND_TIME = re.compile(r"(?<=[-./月]\d)\s+(?=\d{1,2}[:：]\d\d)|(?<=[-./月]\d\d)\s+(?=\d{1,2}[:：]\d\d)")
_ZERO_OF_SCANS = re.compile(r"(?<=[一二三四五六七八九])0(?=[〇一二三四五六七八九○零])")
_ZERO = re.compile(r"(?<=[〇一二三四五六七八九○OΟ零])[○OΟ零]|[○OΟ零](?=[一二三四五六七八九])")
YEAR = r"(?:(?:19|20)\d\d|[〇一二三四五六七八九]{4})"


def unify_zeros(text: str) -> str:
    """Write the zero of Chinese numerals in one way: ○, O, 零 and 0 between numerals become 〇."""
    text = _ZERO_OF_SCANS.sub("〇", text)
    # Few texts print one of these at all, and looking for that is much faster than the search
    return _ZERO.sub("〇", text) if any(map(text.__contains__, "○OΟ零")) else text


def numeral(text: str) -> int | None:
    """Read a whole number in Arabic or Chinese digits up to 99, or a year digit by digit; None if it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    if all(character in _DIGITS for character in text) and text:
        return int("".join(str(_DIGITS[character]) for character in text))
    text = text.replace("廿", "二十").replace("卅", "三十")
    match = re.fullmatch(r"([一二三四五六七八九])?十([一二三四五六七八九])?", text)
    if not match:
        return None
    return (_DIGITS[match[1]] if match[1] else 1) * 10 + (_DIGITS[match[2]] if match[2] else 0)


def apart_from_time(text: str) -> str:
    """Write 日 between a date and the time behind it: without white space 2024-1-1 15:02 would be the 11th."""
    return _DATE_AND_TIME.sub("日", text) if ":" in text or "：" in text else text


def find_dates(text: str) -> list[dt.date]:
    """Return every date that a text (without white space) prints, in order; impossible ones are passed over."""
    found: list[dt.date] = []
    for match in _DATE.finditer(unify_zeros(text)):
        year, month, day = (numeral(match[part]) for part in ("year", "month", "day"))
        try:
            found.append(dt.date(year or 0, month or 0, day or 0))
        except ValueError:
            continue
    return found
