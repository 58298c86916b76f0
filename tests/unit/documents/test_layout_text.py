"""Lines outside tables: paragraphs, headings, page numbers, running heads."""

import pytest
from unit.documents.layout_pages import page, read, texts, word

from ogi.documents.layout.model import Word
from ogi.documents.model import Text

FULL = "本机关认真贯彻落实条例要求不断提高政务公开的质量和实效保障公民法人"


def large(text: str, left: float, top: float) -> Word:
    return Word(text, left, top, left + 18 * len(text), top + 18)


def lines(*each: str, top: float = 100, left: float = 80) -> list[Word]:
    return [word(text, left, top + 16 * i) for i, text in enumerate(each)]


def test_full_lines_are_one_paragraph() -> None:
    assert texts(page(lines(FULL, FULL, "完毕。"))) == [FULL + FULL + "完毕。"]


def test_a_short_line_ends_a_paragraph() -> None:
    assert texts(page(lines(FULL, "完毕。", FULL))) == [FULL + "完毕。", FULL]


def test_an_indented_line_begins_a_paragraph() -> None:
    held = [*lines(FULL, FULL), word(FULL[:-2], 100, 132), word(FULL, 80, 148)]
    assert texts(page(held)) == [FULL + FULL, FULL[:-2] + FULL]


def test_a_numbered_line_begins_a_paragraph() -> None:
    assert texts(page(lines(FULL, "一、总体情况", FULL))) == [FULL, "一、总体情况", FULL]


def test_a_wide_gap_begins_a_paragraph() -> None:
    assert texts(page(lines(FULL) + lines(FULL, top=150))) == [FULL, FULL]


def test_a_title_on_two_centred_lines_is_one_heading() -> None:
    held = [
        large("临河县水务局二〇二三年政府", 133, 50),
        large("信息公开报告", 196, 78),
        *lines(FULL, FULL, top=120),
    ]
    first = read(page(held)).blocks[0]
    assert isinstance(first, Text)
    assert (first.text, first.is_heading) == ("临河县水务局二〇二三年政府信息公开报告", True)


def test_text_larger_than_the_type_of_the_tables_is_no_title() -> None:
    small = [
        Word(text, left, 200 + 9 * row, left + 6 * len(text), 206 + 9 * row)
        for row in range(12)
        for text, left in (("指标", 80), ("2", 250), ("3", 380))
    ]
    held = [
        *lines(FULL, FULL, "完毕。"),
        *small,
        word("二〇二三年一月二日", 320, 330),
        word("抄送各科室", 220, 346),
    ]
    assert texts(page(held)) == [FULL + FULL + "完毕。", "二〇二三年一月二日", "抄送各科室"]


def test_words_set_apart_keep_a_space() -> None:
    assert texts(page([word("规章", 80, 100), word("5", 104, 100), word("件", 113, 100)])) == ["规章 5 件"]


def test_lines_count_through_the_document() -> None:
    document = read(page(lines(FULL, "完毕。", "另起。")), page(lines("再起。"), number=2))
    assert [(b.line, b.page) for b in document.blocks if isinstance(b, Text)] == [(1, 1), (3, 1), (4, 2)]


@pytest.mark.parametrize("number", ["- 4 -", "— 4 —", "4", "4/6", "第4页", "第 4 页 共 6 页"])
def test_a_page_number_is_no_text(number: str) -> None:
    assert texts(page([*lines(FULL), word(number, 280, 800)])) == [FULL]


def test_a_number_in_the_type_area_is_text() -> None:
    assert texts(page([*lines(FULL), word("4", 280, 400), *lines(FULL, top=500)])) == [FULL, "4", FULL]


def test_a_running_head_on_three_pages_is_no_text() -> None:
    pages = [page([word("临河县水务局", 80, 30), *lines(FULL)], number=n) for n in (1, 2, 3)]
    assert texts(*pages) == [FULL, FULL, FULL]


def test_a_first_line_that_stands_once_is_text() -> None:
    pages = [
        page([word(f"第{c}章说明文字", 80, 30), *lines(FULL)], number=n) for n, c in enumerate("甲乙丙", 1)
    ]
    assert len(texts(*pages)) == 6
