"""PDF files that are damaged, locked, scanned, garbled, turned or printed twice."""

import io
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ogi.documents.limits import MAX_PAGES
from ogi.documents.model import Document, Grid, Text, UnreadableDocument
from ogi.documents.pdf import read_pdf

FONT = "STSong-Light"
LINE = "本机关主动公开政府信息的情况如下，请社会各界监督。"


class Sheet:
    """A PDF under construction."""

    def __init__(self, encrypt: StandardEncryption | None = None) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4, encrypt=encrypt)
        self.canvas.setFont(FONT, 10)

    def line(self, text: str, x: float = 80, y: float = 700) -> "Sheet":
        self.canvas.drawString(x, y, text)
        return self

    def next_page(self) -> "Sheet":
        self.canvas.showPage()
        self.canvas.setFont(FONT, 10)
        return self

    def grid(self, texts: list[list[str]], x: float = 80, y: float = 600) -> "Sheet":
        for r, row in enumerate(texts):
            for c, text in enumerate(row):
                self.canvas.rect(x + 60 * c, y - 20 * r, 60, 20)
                self.canvas.drawString(x + 60 * c + 5, y - 20 * r + 6, text)
        return self

    def bytes(self) -> bytes:
        self.canvas.save()
        return self._out.getvalue()


def picture() -> ImageReader:
    return ImageReader(Image.new("L", (300, 400), 200))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Text)]


def cells(document: Document) -> list[list[str]]:
    return [[c.text for c in row] for b in document.blocks if isinstance(b, Grid) for row in b.rows]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(data)
    assert " / " in refused.value.message
    return refused.value.code


def test_text_and_ruled_table_are_read_in_order() -> None:
    document = read_pdf(Sheet().line(LINE).grid([["规章", "1"], ["其他", "0"]]).line("完。", y=500).bytes())
    assert [type(block) for block in document.blocks] == [Text, Grid, Text]
    assert cells(document) == [["规章", "1"], ["其他", "0"]]


@pytest.mark.parametrize(("figure", "read"), [("573", "573（1）"), ("0", "0（1）")])
def test_the_raised_number_of_a_note_is_no_digit_of_the_figure(figure: str, read: str) -> None:
    sheet = Sheet().line(LINE).grid([["规章", figure], ["其他", "0"]])
    sheet.canvas.setFont(FONT, 6)
    sheet.line("1", 145 + pdfmetrics.stringWidth(figure, FONT, 10), 610)
    assert cells(read_pdf(sheet.bytes())) == [["规章", read], ["其他", "0"]]


def test_cells_know_their_page_and_place() -> None:
    document = read_pdf(Sheet().line(LINE).next_page().grid([["规章", "1"]]).bytes())
    [grid] = [b for b in document.blocks if isinstance(b, Grid)]
    cell = grid.rows[0][1]
    assert (cell.page, cell.row, cell.column) == (2, 1, 2)
    assert cell.box == pytest.approx((140.0, 221.9, 200.0, 241.9), abs=0.2)


def test_a_file_with_a_password_is_refused_as_encrypted() -> None:
    assert refusal(Sheet(StandardEncryption("secret")).line(LINE).bytes()) == "encrypted"


def test_a_file_locked_against_changes_only_is_read() -> None:
    data = Sheet(StandardEncryption("", ownerPassword="owner", canModify=0)).line(LINE).bytes()
    assert texts(read_pdf(data)) == [LINE]


def test_what_is_no_pdf_inside_is_refused_as_damaged() -> None:
    assert refusal(b"%PDF-1.7\n" + b"\x00\x01 no objects here" * 20) == "damaged"


def test_a_file_without_its_end_says_so() -> None:
    whole = Sheet().line(LINE).bytes()
    document = read_pdf(whole[: whole.rindex(b"%%EOF")])
    assert [remark.code for remark in document.remarks] == ["file_truncated"]


def test_a_file_of_too_many_pages_is_refused() -> None:
    sheet = Sheet()
    for _ in range(MAX_PAGES + 1):
        sheet.line("页").next_page()
    assert refusal(sheet.bytes()) == "limit_exceeded"


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ogi.documents.ocr.page", None)


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_is_refused_with_what_to_install() -> None:
    sheet = Sheet()
    sheet.canvas.drawImage(picture(), 0, 0, *A4)
    with pytest.raises(UnreadableDocument, match="ogi\\[ocr\\]") as refused:
        read_pdf(sheet.bytes())
    assert refused.value.code == "no_text_layer"


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_among_others_is_remarked_on_and_the_others_are_read() -> None:
    sheet = Sheet().line(LINE).next_page()
    sheet.canvas.drawImage(picture(), 0, 0, *A4)
    document = read_pdf(sheet.next_page().line(LINE).bytes())
    assert [(remark.code, remark.page) for remark in document.remarks] == [("no_text_layer", 2)]
    assert [block.page for block in document.blocks if isinstance(block, Text)] == [1, 3]


@pytest.mark.usefixtures("without_ocr")
def test_characters_drawn_as_outlines_are_a_scan() -> None:
    sheet = Sheet().line("- 1 -", y=40)
    for i in range(400):
        sheet.canvas.rect(50 + i % 40 * 12, 100 + i // 40 * 20, 8, 8, fill=1)
    document = read_pdf(sheet.next_page().line(LINE).bytes())
    assert [(remark.code, remark.page) for remark in document.remarks] == [("no_text_layer", 1)]


def test_a_file_of_empty_pages_has_no_text_layer() -> None:
    assert refusal(Sheet().next_page().bytes()) == "no_text_layer"


def _without_unicode(codes: bytes) -> bytes:
    """A page in a font that says nothing of the characters that its glyphs stand for."""
    stream = b"BT /F 12 Tf 80 700 Td <" + codes.hex().encode() + b"> Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000>>",
    ]
    out = b"%PDF-1.4\n"
    for number, each in enumerate(objects, start=1):
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    return out + b"trailer<</Root 1 0 R/Size 7>>\n%%EOF"


@pytest.mark.usefixtures("without_ocr")
def test_a_text_layer_without_characters_is_refused_as_garbled() -> None:
    assert refusal(_without_unicode(bytes(range(2, 200)))) == "text_layer_garbled"


def test_characters_printed_twice_to_look_bold_are_read_once() -> None:
    sheet = Sheet().line("二〇二三年年度报告").line("二〇二三年年度报告", x=80.3)
    assert texts(read_pdf(sheet.bytes())) == ["二〇二三年年度报告"]


def test_doubled_digits_stay_doubled() -> None:
    assert cells(read_pdf(Sheet().grid([["规章", "1100"]]).bytes())) == [["规章", "1100"]]


def test_invisible_text_beside_visible_is_not_read() -> None:
    sheet = Sheet().line(LINE)
    hidden = sheet.canvas.beginText(80, 600)
    hidden.setTextRenderMode(3)
    hidden.textLine("看不见的文字 999")
    sheet.canvas.drawText(hidden)
    assert texts(read_pdf(sheet.bytes())) == [LINE]


def test_invisible_text_behind_a_scan_is_read() -> None:
    sheet = Sheet()
    sheet.canvas.drawImage(picture(), 0, 0, *A4)
    recognised = sheet.canvas.beginText(80, 600)
    recognised.setTextRenderMode(3)
    recognised.textLine(LINE * 2)
    sheet.canvas.drawText(recognised)
    assert texts(read_pdf(sheet.bytes())) == [LINE * 2]


def test_a_watermark_across_the_page_is_not_read() -> None:
    sheet = Sheet().line(LINE)
    sheet.canvas.rotate(45)
    sheet.canvas.drawString(500, 100, "内部资料")
    assert texts(read_pdf(sheet.bytes())) == [LINE]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_content_turned_by_quarters_is_read_upright(angle: int) -> None:
    sheet = Sheet()
    sheet.canvas.translate(300, 400)
    sheet.canvas.rotate(angle)
    sheet.grid([["规章", "1"], ["其他", "20"]], x=0, y=0)
    assert cells(read_pdf(sheet.bytes())) == [["规章", "1"], ["其他", "20"]]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_the_viewer_is_to_turn_is_read_by_its_text(angle: int) -> None:
    sheet = Sheet().grid([["规章", "1"]])
    sheet.canvas.setPageRotation(angle)
    assert cells(read_pdf(sheet.bytes())) == [["规章", "1"]]


def test_a_label_turned_sideways_is_one_text_in_its_cell() -> None:
    sheet = Sheet().grid([["", "1"]])
    sheet.canvas.translate(112, 602)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont(FONT, 5)
    sheet.canvas.drawString(0, 0, "结果")
    assert cells(read_pdf(sheet.bytes()))[0][0] == "结果"


def test_lines_drawn_as_thin_filled_boxes_are_ruling_lines() -> None:
    sheet = Sheet().line("规章", 85, 606).line("1", 145, 606)
    for x in (80, 140, 200):
        sheet.canvas.rect(x, 600, 0.7, 20, stroke=0, fill=1)
    for y in (600, 620):
        sheet.canvas.rect(80, y, 120.7, 0.7, stroke=0, fill=1)
    assert cells(read_pdf(sheet.bytes())) == [["规章", "1"]]


def test_lines_inside_a_form_object_are_ruling_lines() -> None:
    sheet = Sheet()
    sheet.canvas.beginForm("table")
    sheet.canvas.setFont(FONT, 10)
    sheet.grid([["规章", "1"]], x=0, y=0)
    sheet.canvas.endForm()
    sheet.canvas.translate(100, 300)
    sheet.canvas.doForm("table")
    assert cells(read_pdf(sheet.bytes())) == [["规章", "1"]]


def test_a_rule_between_two_figures_set_close_parts_them() -> None:
    sheet = Sheet()
    for x in (80, 90.1, 100):
        sheet.canvas.line(x, 600, x, 620)
    for y in (600, 620):
        sheet.canvas.line(80, y, 100, y)
    sheet.line("12", 80, 606).line("34", 90.2, 606)
    assert cells(read_pdf(sheet.bytes())) == [["12", "34"]]


def test_radicals_that_stand_for_characters_become_those() -> None:
    from ogi.documents.pdf.characters import plain

    assert plain("⾏政⻚⺠") == "行政页民"


def test_the_files_own_title_is_a_property() -> None:
    sheet = Sheet().line(LINE)
    sheet.canvas.setTitle("年度报告")
    assert read_pdf(sheet.bytes()).properties["title"] == "年度报告"


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_random_bytes_are_refused_and_nothing_else_happens(tail: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_pdf(b"%PDF-1.4\n" + tail)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_REPORT)
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    # Recognising what is left as a picture would take minutes and is no part of this
    with mock.patch.dict(sys.modules, {"ogi.documents.ocr.page": None}):
        try:
            read_pdf(cut)
        except UnreadableDocument as refused:
            assert refused.code


_REPORT = (Path(__file__).parents[2] / "documents" / "pdf-vertical-labels" / "document.pdf").read_bytes()
