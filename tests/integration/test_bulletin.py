"""What an oversight office tells of a year: who did not report, what is broken, and one list for each agency."""

import csv
from pathlib import Path

import pytest
from integration.command_line import run_ogi
from selectolax.lexbor import LexborHTMLParser

pytestmark = pytest.mark.integration

HOUSING = "321302:住房和城乡建设局"


def _write(home: Path, division: str, year: int, out: Path) -> str:
    written = run_ogi(home, "bulletin", division, str(year), str(out))
    assert written.returncode == 0, written.stdout + written.stderr
    return written.stdout


def _page(file: Path) -> LexborHTMLParser:
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def _rows(page: LexborHTMLParser) -> list[list[str]]:
    return [[cell.text(strip=True) for cell in row.css("th, td")] for row in page.css("tbody tr")]


@pytest.fixture(scope="module")
def bulletin(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bulletin of a district of the samples."""
    out = tmp_path_factory.mktemp("bulletin") / "out"
    said = _write(published, "宿迁市宿城区", 2024, out)
    assert "应报 5，未报 1，逾期 0" in said
    return out


def test_says_who_did_not_report_and_what_is_broken(bulletin):
    assert _rows(_page(bulletin / "index.html")) == [
        ["宿城区人民政府", "2025-03-31", "—", "2023"],
        ["宿城区住房和城乡建设局", "56", "1", "1", "清单list"],
        ["宿城区财政局", "55", "0", "0", ""],
        ["项里街道办事处", "53", "0", "0", ""],
        ["耿车镇人民政府", "55", "0", "0", ""],
    ]


def test_every_link_leads_to_a_page_of_an_agency_that_has_to_act(bulletin):
    links = {link.attributes["href"] for link in _page(bulletin / "index.html").css("a")}
    assert {link for link in links if not (bulletin / str(link)).is_file()} == set()
    assert {page.name for page in (bulletin / "agencies").iterdir()} == {
        "001-宿城区人民政府.html",
        "002-宿城区住房和城乡建设局.html",
    }


def test_a_list_leads_to_the_printed_cell_and_what_it_should_be(bulletin):
    page = _page(bulletin / "agencies" / "002-宿城区住房和城乡建设局.html")
    assert _rows(page) == [["第3个表第4行第5列", "「行政复议」×「总计」", "0", "7"]]
    with (bulletin / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["agency_id"], row["cell"], row["printed"], row["implied"]) == (
        HOUSING,
        "reviews.reconsideration.total",
        "0",
        "7",
    )


def test_who_did_not_report_is_told_so(bulletin):
    text = _page(bulletin / "agencies" / "001-宿城区人民政府.html").body.text()
    assert "没有收到本年度报告，期限为 2025-03-31；最近收到的是 2023 年度的" in text


def test_what_was_dismissed_is_left_out(home, tmp_path):
    _write(home, "321302", 2024, tmp_path / "before")
    with (tmp_path / "before" / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    run_ogi(home, "findings", row["finding_id"], "--set", "dismissed")
    _write(home, "321302", 2024, tmp_path / "after")
    assert len((tmp_path / "after" / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()) == 1
    assert [page.name for page in (tmp_path / "after" / "agencies").iterdir()] == ["001-宿城区人民政府.html"]


def test_a_city_is_told_of_with_its_districts(published, tmp_path):
    assert "应报 6，" in _write(published, "宿迁市", 2023, tmp_path / "city")


@pytest.mark.parametrize(
    ("division", "year", "said"),
    [
        ("鼓楼区", "2023", "320106（江苏省南京市鼓楼区）"),
        ("没有这个区", "2023", "没有代码或名称为“没有这个区”的区划"),
        ("440104", "1990", "没有 广东省广州市越秀区（440104）1990 年度应报的机关；最近的年度是 2025"),
    ],
)
def test_a_division_that_is_not_one_is_refused_in_words(published, tmp_path, division, year, said):
    refused = run_ogi(published, "bulletin", division, year, str(tmp_path / "out"))
    assert refused.returncode == 1
    assert said in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_with_files_of_others_is_refused(published, tmp_path):
    (tmp_path / "notes.txt").touch()
    refused = run_ogi(published, "bulletin", "321302", "2024", str(tmp_path))
    assert (refused.returncode, "不是空文件夹" in refused.stderr) == (1, True)
