"""A source's hints fill what a document does not print, and override nothing."""

import msgspec
import pytest

from ogi.registry.agencies import resolve_agency
from ogi.reports.hints import Hints, with_hints
from ogi.reports.model import ParsedReport
from ogi.reports.parse import parse_bytes

LICHENG = "350502"


def parsed(agency: str) -> ParsedReport:
    [report] = parse_bytes(f"{agency}2022年政府信息公开工作年度报告\n正文。".encode(), "x.txt")
    return report


def hinted(agency: str, district: str | None = None, hint: str | None = None) -> tuple[str | None, set[str]]:
    """Return the division that came of it and the codes of its problems, those of the form left out."""
    report = with_hints(parsed(agency), Hints(district, hint))
    assert report.report is not None
    codes = {problem.code for problem in report.problems} - {"template_not_recognised"}
    return report.report.division_code, codes


@pytest.mark.parametrize(
    ("agency", "district", "division"),
    [
        ("区统计局", LICHENG, LICHENG),
        ("统计局", LICHENG, LICHENG),
        ("市场监督管理局", LICHENG, LICHENG),
        ("市统计局", "350581", "350581"),
        ("市统计局", "350500", "350500"),
        ("江南街道办事处", LICHENG, "350502006"),
        ("开元街道办事处", "350500", "350502004"),
    ],
)
def test_a_name_without_its_district_takes_the_hint(agency: str, district: str, division: str) -> None:
    if parsed(agency).report.division_code == division:  # type: ignore[union-attr]
        assert hinted(agency, district) == (division, set())
    else:
        assert hinted(agency, district) == (division, {"division_from_hint"})


@pytest.mark.parametrize(
    ("agency", "district"),
    [("区统计局", "350500"), ("市统计局", LICHENG), ("街道办事处", LICHENG), ("镇人民政府", LICHENG)],
)
def test_a_hint_of_another_level_leaves_the_division_open(agency: str, district: str) -> None:
    assert hinted(agency, district) == (None, {"division_not_found"})


@pytest.mark.parametrize("district", [LICHENG, "350500", "350000"])
def test_a_printed_division_stays_and_agrees_with_a_hint_above_it(district: str) -> None:
    assert hinted("泉州市鲤城区财政局", district) == (LICHENG, set())


@pytest.mark.parametrize("agency", ["泉州市鲤城区财政局", "鼓楼区财政局"])
def test_a_contradicted_district_is_a_problem_and_changes_nothing(agency: str) -> None:
    before = parsed(agency).report
    division, codes = hinted(agency, "321302")
    assert before is not None
    assert division == before.division_code
    assert "hint_contradicted" in codes


def test_a_document_without_an_agency_takes_the_hinted_one() -> None:
    report = parsed("鲤城区财政局")
    header = msgspec.structs.replace(report.report, agency=None, agency_full=None, division_code=None)
    nameless = msgspec.structs.replace(report, report=header, problems=[])
    found = with_hints(nameless, Hints(None, "泉州市鲤城区统计局"))
    assert found.report is not None
    assert (found.report.agency, found.report.division_code) == ("泉州市鲤城区统计局", LICHENG)
    assert [p.code for p in found.problems] == ["agency_from_hint", "division_from_hint"]


@pytest.mark.parametrize(
    ("printed", "hint", "agrees"),
    [
        ("鲤城区住建局", "泉州市鲤城区住房和城乡建设局", True),
        ("泉州市鲤城区财政局", "财政局", True),
        ("鲤城区财政局", "鲤城区统计局", False),
        ("鲤城区财政局", "丰泽区财政局", False),
        ("鲤城区江南街道办事处", "开元街道办事处", False),
    ],
)
def test_an_agency_that_is_printed_stays_whatever_the_hint(printed: str, hint: str, agrees: bool) -> None:
    report = with_hints(parsed(printed), Hints(None, hint))
    assert report.report == parsed(printed).report
    assert ("hint_contradicted" in {p.code for p in report.problems}) is not agrees


def test_a_bare_name_with_its_division_is_the_same_agency_as_the_full_one() -> None:
    ids = {
        resolve_agency(name, None, LICHENG, "0" * 64).agency_id
        for name in ("区统计局", "鲤城区统计局", "统计局")
    }
    assert ids == {"350502:统计局"}
    assert resolve_agency("市场监督管理局", None, "350581", "0" * 64).agency_id == "350581:市场监督管理局"
