"""`ogi parse --explain` through the command line: one page that shows what became of each printed cell."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import STREET_2020
from selectolax.lexbor import LexborHTMLParser

from ogi.cli import main
from ogi.documents.model import Document, Grid, GridCell, Text
from ogi.reports.explain import explain_page
from ogi.reports.model import Source
from ogi.reports.parse import parse_document

REPORT = (STREET_2020 / "document.txt").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explain(text: str) -> LexborHTMLParser:
    Path("report.txt").write_text(text, encoding="utf-8")
    CliRunner().invoke(main, ["parse", "--explain", "report.txt"])
    return LexborHTMLParser(Path("report.txt.explain.html").read_text(encoding="utf-8"))


def attributes(page: LexborHTMLParser, anchor: str) -> tuple[str, str]:
    """Return class and tooltip of the printed cell with this anchor: table, row, column."""
    node = page.css_first(f'[id="{anchor}"]')
    return node.attributes["class"] or "", node.attributes["title"] or ""


def section(page: LexborHTMLParser, heading: str) -> str:
    """Return the text of the list below a heading."""
    node = page.css_first(f"#{heading}").next
    while node.tag not in ("ul", "p"):
        node = node.next
    return " ".join(node.text().split())


def test_the_page_is_written_into_the_current_folder_and_named() -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    result = CliRunner().invoke(main, ["parse", "--explain", "report.txt"])
    assert (result.exit_code, result.stdout) == (0, "report.txt.explain.html\n")
    assert Path("report.txt.explain.html").is_file()


def test_files_of_the_same_name_get_pages_of_their_own(folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "report.txt").write_text(REPORT, encoding="utf-8")
    shown = CliRunner().invoke(main, ["parse", "--explain", "a/report.txt", "b/report.txt"]).stdout
    assert shown.split() == ["report.txt.explain.html", "report.txt.2.explain.html"]


def test_each_document_of_an_archive_gets_its_page(folder: Path) -> None:
    with zipfile.ZipFile("two.zip", "w") as archive:
        archive.writestr("甲.txt", REPORT)
        archive.writestr("乙.txt", REPORT)
    shown = CliRunner().invoke(main, ["parse", "--explain", "two.zip"]).stdout
    assert shown.split() == ["two.zip!甲.txt.explain.html", "two.zip!乙.txt.explain.html"]


def test_a_page_that_cannot_be_written_is_said_in_one_line(folder: Path) -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "report.txt.explain.html").mkdir()
    result = CliRunner().invoke(main, ["parse", "--explain", "report.txt"])
    assert (result.exit_code, result.stderr.startswith("网页写不进当前文件夹")) == (1, True)


def test_a_figure_says_which_cell_took_it_with_label_state_and_value() -> None:
    kinds, tooltip = attributes(explain(REPORT), "1-18-3")
    assert kinds == "reported"
    assert "第1个表第18行第3列" in tooltip
    assert "「政府集中采购」×「采购总金额」 数字 15903365.56元（proactive.procurement.amount）" in tooltip


def test_blank_and_illegible_cells_are_told_apart() -> None:
    page = explain(REPORT.replace("规章\t0\t0\t0", "规章\t\t/\t**"))
    kinds = [attributes(page, f"1-3-{column}")[0] for column in (1, 2, 3, 4)]
    assert kinds == ["text", "blank", "not_applicable", "illegible"]


def test_a_figure_that_no_cell_took_is_marked_and_the_problem_leads_to_it() -> None:
    page = explain(REPORT)
    assert attributes(page, "3-4-16")[0] == "unclaimed"
    assert [a.attributes["href"] for a in page.css("#problems ~ ul a")] == ["#3-4-16"]


def test_a_broken_identity_is_a_problem_in_words() -> None:
    page = explain(REPORT.replace("3.危及“三安全一稳定”\t0", "3.危及“三安全一稳定”\t7"))
    assert "相差 +7 applications.applicants.refused_safety_stability" in " ".join(page.body.text().split())  # type: ignore[union-attr]


def test_a_choice_between_readings_is_listed_apart_with_its_place() -> None:
    page = explain(
        "甲市乙局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
        "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\t0\t0\t0\t0\t0\t0\t0\n"
        "（一）予以公开\t1\t0\t3\t0\t0\t0\t0\t13\n"
    )
    listed = section(page, "choices")
    assert "采用了唯一能使合计成立的一种" in listed
    assert "第1个表第3行第2列" in listed


def test_a_cell_that_is_not_printed_is_in_the_list_of_all_cells() -> None:
    page = explain(REPORT[: REPORT.index("四、")])
    states = {row.css_first("code").text(): row.css("td")[1].text() for row in page.css("thead + tbody tr")}
    assert states["reviews.reconsideration.total"] == "未印"


def test_a_count_of_the_prose_stands_beside_its_line() -> None:
    assert "disclosed_this_year 11条" in [node.text() for node in explain(REPORT).css(".count")]


def test_what_the_document_prints_is_never_markup() -> None:
    page = explain(REPORT.replace("规章\t", "<script>alert(1)</script>\t"))
    assert page.css("script") == []
    assert "<script>alert(1)</script>" in page.body.text()  # type: ignore[union-attr]


def test_the_page_needs_no_other_file() -> None:
    explain(REPORT)
    markup = Path("report.txt.explain.html").read_text(encoding="utf-8")
    assert not any(word in markup for word in ("<link", "<script", "src=", "url(", "@import"))


def test_a_file_that_cannot_be_read_gets_a_page_that_says_why(folder: Path) -> None:
    (folder / "empty.txt").touch()
    result = CliRunner().invoke(main, ["parse", "--explain", "empty.txt"])
    assert result.exit_code == 1
    assert "文件是空的" in (folder / "empty.txt.explain.html").read_text(encoding="utf-8")


def test_a_cell_with_a_place_on_its_page_says_so() -> None:
    cell = GridCell("7", 1, 1, page=2, box=(72.0, 100.25, 120.0, 114.0))
    document = Document("pdf", [Text("甲", 1, 1), Grid(1, [[cell]], is_aligned=True)])
    parsed = parse_document(document, Source("x.pdf", "0" * 64, "pdf", 1))
    page = LexborHTMLParser(explain_page(document, parsed))
    assert attributes(page, "1-1-1") == (
        "figure",
        "第2页第1个表第1行第1列，左 72.0 上 100.2 右 120.0 下 114.0（点 / points）",
    )
    assert [node.text() for node in page.css(".page")] == ["第 1 页", "第 2 页"]
