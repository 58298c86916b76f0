"""Names to agencies, by rule and alias, never by resemblance."""

import pytest

from ogi.registry.agencies import find_division, resolve_agency
from ogi.registry.divisions import former_divisions


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("鲤城区人民政府江南街道办事处", "", "350502006"),
        ("泉州市鲤城区财政局", "", "350502"),
        ("宿迁市人民政府", "", "321300"),
        ("太平镇人民政府", "", None),
        ("区统计局", "", None),
        ("鼓楼区人民政府", "", None),
        ("鼓楼区人民政府", "南京市鼓楼区", "320106"),
    ],
)
def test_a_division_is_named_only_where_it_is_certain(name: str, text: str, code: str | None) -> None:
    division = find_division([name], text)
    assert (division.code if division else None) == code


def test_spellings_of_one_agency_have_one_id() -> None:
    ids = {
        resolve_agency(name, None, "350502", "0" * 64).agency_id
        for name in ("鲤城区住建局", "泉州市鲤城区住房和城乡建设局", "住房和城乡建设局")
    }
    assert ids == {"350502:住房和城乡建设局"}


def test_bureaus_that_only_sound_alike_stay_apart() -> None:
    ids = {resolve_agency(name, None, "350502", "0" * 64).agency_id for name in ("教育局", "体育局")}
    assert len(ids) == 2


def test_a_bare_name_without_a_division_is_nobody_elses() -> None:
    first, second = (resolve_agency("区统计局", None, None, digest * 32) for digest in ("ab", "cd"))
    assert first.agency_id != second.agency_id


@pytest.mark.parametrize(
    ("name", "full", "code", "shown", "kind"),
    [
        ("江南街道办事处", "鲤城区人民政府江南街道办事处", "350502006", "江南街道办事处", "subdistrict"),
        ("鲤城区人民政府", None, "350502", "鲤城区人民政府", "government"),
        ("财政局", "泉州市鲤城区财政局", "350502", "鲤城区财政局", "department"),
        ("太平镇人民政府", None, None, "太平镇人民政府", "township"),
    ],
)
def test_an_agency_is_shown_by_its_name_and_kind(
    name: str, full: str | None, code: str | None, shown: str, kind: str
) -> None:
    agency = resolve_agency(name, full, code, "0" * 64)
    assert (agency.agency_name, agency.agency_kind) == (shown, kind)


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [
        ("通州市财政局", 2008, "320612"),
        ("铜山县人民政府", 2010, "320312"),
        ("襄樊市财政局", 2009, "420600"),
        ("巢湖市庐江县财政局", 2009, "340124"),
        ("绍兴县教育局", 2012, "330603"),
        # merged into others: itself
        ("塘沽区财政局", 2008, "120107"),
        ("崇文区教育局", 2009, "110103"),
        # a prefecture then, a county since: either in its last years, the county later
        ("巢湖市财政局", 2010, None),
        ("巢湖市财政局", 2015, "340181"),
        ("凉山州财政局", 2020, "513400"),
        ("国家税务总局泉州市鲤城区税务局", 2020, "350502"),
    ],
)
def test_a_name_means_the_division_that_bore_it_in_the_reports_year(
    name: str, year: int, code: str | None
) -> None:
    division = find_division([name], "", year)
    assert (division.code if division else None) == code


@pytest.mark.parametrize(
    ("former", "today", "code"),
    [
        ("通州市财政局", "南通市通州区财政局", "320612"),
        ("安徽省巢湖市庐江县财政局", "合肥市庐江县财政局", "340124"),
        ("凉山州财政局", "凉山彝族自治州财政局", "513400"),
    ],
)
def test_an_agency_stays_itself_when_its_division_is_renamed(former: str, today: str, code: str) -> None:
    ids = {resolve_agency(name, None, code, "0" * 64).agency_id for name in (former, today)}
    assert ids == {f"{code}:财政局"}


def test_a_body_of_the_state_bears_its_own_full_name() -> None:
    agency = resolve_agency("国家税务总局泉州市鲤城区税务局", None, "350502", "0" * 64)
    assert agency.agency_name == "国家税务总局泉州市鲤城区税务局"


def test_a_former_name_leads_to_its_division_or_stays_open() -> None:
    for former in former_divisions():
        for year in (2008, former.valid_until, 2024, None):
            found = find_division([former.name + "财政局"], "", year)
            assert found is None or found.name == former.name
            if found is not None:
                assert resolve_agency(former.name + "财政局", None, found.code, "0" * 64).agency_id.endswith(
                    ":财政局"
                )
