"""Counts in the number formats of Word."""

import pytest

from ogi.documents.docx.number_formats import in_format


@pytest.mark.parametrize(
    ("name", "count", "written"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 1, "一"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 12, "十二"),
        ("chineseCountingThousand", 20, "二十"),
        ("chineseCountingThousand", 105, "一百〇五"),
        ("chineseCountingThousand", 2010, "二千〇一十"),
        ("japaneseCounting", 3, "三"),
        ("ideographDigital", 10, "一〇"),
        ("chineseLegalSimplified", 11, "壹拾壹"),
        ("ideographTraditional", 3, "丙"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedCircle", 0, "0"),
        ("decimalZero", 3, "03"),
        ("decimalFullWidth", 10, "１０"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 27, "AA"),
        ("lowerLetter", 2, "b"),
        ("nobodyKnows", 7, "7"),
    ],
)
def test_a_count_is_written_as_word_writes_it(name: str, count: int, written: str) -> None:
    assert in_format(name, count) == written
