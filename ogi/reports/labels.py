"""Labels as printed against labels of the form: normalised, misprints tolerated."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

# The ordinal before a label: 一、 （三） (1) 2. ③ — after NFKC, which turns （ into ( and ③ into 3. One digit may stand
# right before the words (③其他, 2 重复申请): no label of a form begins with a digit.
_ORDINAL = re.compile(
    r"^(?:\(?(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2})(?:\)[、.,:]?|[、.,:](?!\d))|(?P<digit>[1-9])(?=[一-鿿]))"
)
# A line's end may cut a note: （二）部分公开（区分处理的，只计
_NOTE = re.compile(r"\([^()]*\)|(?<=.)\([^()]*$")
_NOT_WORDS = re.compile(r"[\W_]")
_WORDS = re.compile(r"[一-鿿]")
_UNITS = str.maketrans("萬億", "万亿")
# Traditional characters in the words of the forms; names of agencies are kept as printed.
_SIMPLIFIED = str.maketrans(
    "開數請處無決總計規範許罰強費購額項務業機構組織會團條屬國護權內過執詢現補確認獲複復議訴訟結維糾審轉續辦報頒發經繼對類",
    "开数请处无决总计规范许罚强费购额项务业机构组织会团条属国护权内过执询现补确认获复复议诉讼结维纠审转续办报颁发经继对类",
)
# Another span than the report's year: no misprint of a label without these words
OTHER_SPAN = re.compile("上一?年|去年|历年|累计")
# What scans make of the characters of the labels; no label has the characters on the left.
_LOOKALIKES = str.maketrans("末白", "未自")
# One misprinted, lost or added character in three; shorter labels differ by single characters from each other.
_MOST_ERRORS = 1 / 3
_SHORTEST_FUZZY = 5
_SHORTEST_BEGINNING = 4
# Headings of a column that counts the rows
ROW_NUMBERS = frozenset({"序号", "编号", "代码", "行次", "栏次", "行号"})
# How many different texts a cache keeps, so that memory stays flat: documents repeat their labels
REMEMBERED = 1 << 12
# A longer text is prose: it does not come again in another document, but several times while its own is read
_LONGEST_REMEMBERED = 100
_OF_ONE_DOCUMENT = 256


def squeeze(text: str) -> str:
    """Return the text in its compatibility form (NFKC) without any white space; 萬 and 億 of units as 万 and 亿."""
    return _squeeze_label(text) if len(text) <= _LONGEST_REMEMBERED else _squeeze_prose(text)


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).translate(_UNITS)


_squeeze_label = lru_cache(REMEMBERED)(_squeeze)
_squeeze_prose = lru_cache(_OF_ONE_DOCUMENT)(_squeeze)


def ordinal(text: str) -> str | None:
    """Return the ordinal that a label begins with (`一、`, `(三)`, `2.`), or None."""
    match = _ORDINAL.match(squeeze(text))
    return match.group() if match else None


def ordinal_number(text: str) -> str | None:
    """Return the number of the ordinal that a label begins with (`一`, `三`, `2`), or None."""
    match = _ORDINAL.match(squeeze(text))
    return (match["number"] or match["digit"]) if match else None


def without_notes(squeezed: str) -> str:
    """Return a squeezed text without its notes in brackets."""
    return _NOTE.sub("", squeezed)


def has_words(text: str) -> bool:
    """Tell whether Chinese characters are printed, so that a text can be a label and not a damaged figure."""
    return bool(_WORDS.search(text))


@lru_cache(REMEMBERED)
def normalise(text: str) -> str:
    """Return what identifies a label: no white space, ordinal, note in brackets, punctuation or leading 其中."""
    plain = _ORDINAL.sub("", squeeze(text))
    words = _NOT_WORDS.sub("", without_notes(plain) or plain).removeprefix("其中")
    # 其中：1.网站公开: the ordinal stands behind
    return _ORDINAL.sub("", words).translate(_SIMPLIFIED).translate(_LOOKALIKES)


def find_label(text: str, labels: Mapping[str, str]) -> str | None:
    """Return the code of the label that a text is, or None.

    Args:
        text: a cell's text as printed.
        labels: normalised label -> code.

    An exact match wins; else the one label within a third of its length in edits, if there is exactly one such and
    the text is long enough for that to mean something.
    """
    key = normalise(text)
    if key in labels:
        return labels[key]
    near = {labels[label] for label in _near(key, labels)}
    return near.pop() if len(near) == 1 else None


def _near(key: str, labels: Iterable[str]) -> list[str]:
    """List the labels that a normalised text may be a misprint of; one twice as near as any other stands alone."""
    if len(key) < _SHORTEST_FUZZY:
        return []
    found: list[tuple[int, str]] = []
    is_of_other_span = bool(OTHER_SPAN.search(key))
    for label in labels:
        if is_of_other_span and not OTHER_SPAN.search(label):
            continue
        if len(label) >= _SHORTEST_FUZZY:
            most = int(max(len(label), len(key)) * _MOST_ERRORS)
            distance = Levenshtein.distance(key, label, score_cutoff=most)
            if distance <= most:
                found.append((distance, label))
    found.sort()
    if len(found) > 1 and found[1][0] >= 2 * found[0][0] > 0:
        return [found[0][1]]
    return [label for _, label in found]


class LabelSet:
    """The labels of one kind in one table, several of which may read alike."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        self.codes: dict[str, tuple[str, ...]] = {}
        for label, code in labelled:
            key = normalise(label)
            self.codes[key] = tuple(dict.fromkeys((*self.codes.get(key, ()), code)))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the codes of the label that a text is: exact, misprinted, or the beginning of exactly one label."""
        key = normalise(text)
        if key in self.codes:
            return self.codes[key]
        if len(key) < _SHORTEST_BEGINNING:
            return ()
        near = _near(key, self.codes) or [label for label in self.codes if label.startswith(key)]
        return self.codes[near[0]] if len({self.codes[label] for label in near}) == 1 else ()
