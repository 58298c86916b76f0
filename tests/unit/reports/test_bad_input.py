"""Bad input becomes one plain sentence, never a traceback and never a zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogi.reports.parse import parse_bytes

REPORT = "宿城区财政局2022年政府信息公开工作年度报告\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t ", "empty_file"),
        (bytes(range(256)) * 20, "not_text"),
        (b"Rar!\x1a\x07\x00", "format_not_supported"),
        ("关于召开春季运动会的通知\n各单位：定于三月举行。".encode(), "not_a_report"),
        ("政府信息公开工作年度报告格式\n规章\t\t\t\n行政许可\t\n".encode(), "not_a_report"),
    ],
)
def test_what_is_no_report_says_why_in_one_sentence(data: bytes, code: str) -> None:
    [parsed] = parse_bytes(data, "inbox/file.txt")
    assert parsed.report is None
    assert parsed.cells == []
    assert [problem.code for problem in parsed.problems] == [code]
    assert parsed.problems[0].message.startswith("inbox/file.txt：")
    assert "\n" not in parsed.problems[0].message


def test_a_report_without_table_three_keeps_the_rest(street_2020: bytes) -> None:
    text = street_2020.decode()
    start, end = text.index("### 三、收到"), text.index("#### 四、政府")
    [parsed] = parse_bytes((text[:start] + text[end:]).encode(), "x.txt")
    states = {cell.cell.split(".")[0]: set() for cell in parsed.cells}
    for cell in parsed.cells:
        states[cell.cell.split(".")[0]].add(cell.state)
    assert states == {"proactive": {"reported"}, "applications": {"missing"}, "reviews": {"reported"}}
    assert "table_missing" in {problem.code for problem in parsed.problems}
    assert {i.status for i in parsed.identities if i.id.startswith("applications")} == {"not_assessable"}


def test_a_gb18030_file_reads_like_a_utf8_file(street_2020: bytes) -> None:
    [utf8], [gb18030] = (
        parse_bytes(street_2020, "x"),
        parse_bytes(street_2020.decode().encode("gb18030"), "x"),
    )
    assert (utf8.report, utf8.cells, utf8.narrative) == (gb18030.report, gb18030.cells, gb18030.narrative)


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    assert parse_bytes(data, "x")


@given(st.text(alphabet="0123456789\t\n|一二三、（）其他总计规章自然人 ", max_size=300))
def test_no_text_raises(text: str) -> None:
    assert parse_bytes((REPORT + "三、收到和处理政府信息公开申请情况\n" + text).encode(), "x")
