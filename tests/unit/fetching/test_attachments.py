"""Which links of a page lead to its report."""

import pytest

from ogi.warehouse.fetching.attachments import attachment_links

PAGE = "http://www.example.gov.cn/art/1.html"


def links(body: str, title: str = "通知") -> list[str]:
    markup = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return attachment_links(markup.encode("gb18030"), PAGE)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        (
            '<a href="/files/1.pdf">鲤城区财政局2023年政府信息公开工作年度报告</a>',
            "http://www.example.gov.cn/files/1.pdf",
        ),
        ('<a href="2023年报.docx">下载</a>', "http://www.example.gov.cn/art/2023年报.docx"),
        (
            '<a href="%E5%B9%B4%E6%8A%A5.doc">x</a>',
            "http://www.example.gov.cn/art/%E5%B9%B4%E6%8A%A5.doc",
        ),
        ('<a href="/get?id=7">2023年度报告.wps</a>', "http://www.example.gov.cn/get?id=7"),
        ('<a href="1.zip" title="2023年政府信息公开年报">附件</a>', "http://www.example.gov.cn/art/1.zip"),
        (
            '<a href="http://example.gov.cn/a b.pdf#page=2">年度报告</a>',
            "http://example.gov.cn/a%20b.pdf",
        ),
    ],
)
def test_a_link_whose_words_or_file_speak_of_the_report_counts(link: str, target: str) -> None:
    assert links(link) == [target]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="1.pdf">办事指南</a>',
        '<a href="1.html">2023年政府信息公开工作年度报告</a>',
        '<a href="http://elsewhere.example/1.pdf">年度报告</a>',
        '<a href="javascript:open(1)">年度报告.pdf</a>',
        '<a href="http://[::1/x.pdf">年度报告</a>',
        '<a href="ftp://www.example.gov.cn/1.pdf">年度报告</a>',
        '<a name="x">年度报告.pdf</a>',
    ],
)
def test_other_links_do_not(link: str) -> None:
    assert links(link) == []


def test_an_unspecific_link_counts_on_a_page_that_is_called_a_report() -> None:
    link = '<a href="1.pdf">附件：1.pdf</a><a href="2.pdf">办事指南</a>'
    assert links(link) == []
    assert links(link, "财政局2023年政府信息公开工作年度报告") == ["http://www.example.gov.cn/art/1.pdf"]


def test_links_are_relative_to_the_base_of_the_page_and_come_once() -> None:
    body = '<a href="1.pdf">年度报告</a><a href="/f/1.pdf">年度报告（下载）</a>'
    found = attachment_links(f'<html><base href="/f/"><body>{body}</body></html>'.encode(), PAGE)
    assert found == ["http://www.example.gov.cn/f/1.pdf"]


def test_what_is_no_page_has_no_links() -> None:
    assert attachment_links(b"%PDF-1.7 <a href='1.pdf'>x</a>", PAGE) == []
    assert attachment_links(b"", PAGE) == []
