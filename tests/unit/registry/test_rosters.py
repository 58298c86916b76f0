"""A roster file: its agencies are found as reports find theirs, and one bad row refuses it with its line."""

import pytest

from ogi.registry.agencies import resolve_agency
from ogi.registry.rosters import RosterRefused, read_roster

HEADER = "division_code,agency,valid_from,valid_to\n"


def read(*lines: str) -> list[tuple[str | None, int, int | None]]:
    rows = read_roster((HEADER + "\n".join(lines)).encode())
    return [(row.agency_id, row.valid_from, row.valid_to) for row in rows]


@pytest.mark.parametrize(
    ("written", "agency_id"),
    [
        ("宿迁市宿城区财政局", "321302:财政局"),
        ("宿城区财政局", "321302:财政局"),
        ("财政局", "321302:财政局"),
        ("宿城区住建局", "321302:住房和城乡建设局"),
        ("321302:住建局", "321302:住房和城乡建设局"),
        ("宿城区人民政府办公室", "321302:办公室"),
        ("耿车镇人民政府", "321302101:耿车镇人民政府"),
        ("321302101:耿车镇人民政府", "321302101:耿车镇人民政府"),
    ],
)
def test_an_agency_is_found_by_its_name_or_its_id(written: str, agency_id: str) -> None:
    assert read(f"321302,{written},2023,") == [(agency_id, 2023, None)]


def test_the_id_is_the_one_its_report_gets() -> None:
    [row] = read_roster(f"{HEADER}321302,宿城区财政局,2023,2024".encode())
    reported = resolve_agency("宿城区财政局", "宿迁市宿城区财政局", "321302", "0" * 64)
    assert (row.agency_id, row.agency_name) == (reported.agency_id, reported.agency_name)


def test_a_government_below_the_division_is_one_of_its_agencies() -> None:
    assert read("321300,宿城区人民政府,2023,", "321300,沭阳县人民政府,2023,") == [
        ("321302:人民政府", 2023, None),
        ("321322:人民政府", 2023, None),
    ]


@pytest.mark.parametrize("name", ["国家税务总局宿迁市宿城区税务局", "宿迁海关"])
def test_an_agency_of_a_vertical_system_is_known_but_has_no_place_in_the_sum(name: str) -> None:
    [row] = read_roster(f"{HEADER}321302,{name},2023,".encode())
    assert (row.is_vertical, row.agency_id) == (True, None)


def test_one_agency_may_leave_and_come_back() -> None:
    rows = ("321302,宿城区财政局,2019,2020", "321302,宿城区财政局,2022,")
    assert read(*rows) == [("321302:财政局", 2019, 2020), ("321302:财政局", 2022, None)]


def test_a_file_of_a_spreadsheet_in_gb18030_reads_and_its_empty_lines_are_none() -> None:
    [row] = read_roster(f"{HEADER}\n321302,宿城区财政局,2023,\r\n,,,\n".encode("gb18030"))
    assert row.agency_id == "321302:财政局"


def test_a_file_without_rows_is_an_empty_roster() -> None:
    assert read() == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("32130,财政局,2023,", "区划代码"),
        ("321302101,耿车镇人民政府,2023,", "区划代码"),
        ("321302,,2023,", "缺少机关名称"),
        ("321302,财政局,,", "报告年度"),
        ("321302,财政局,23,", "报告年度"),
        ("321302,财政局,2023,2022", "早于"),
        ("321302,鲤城区财政局,2023,", "找不到"),
        ("321302,350502:财政局,2023,", "找不到"),
        ("321302,宿城区人民政府,2023,", "政府本身"),
        ("321302,财政局,2023,,多余", "列"),
    ],
)
def test_a_row_that_cannot_be_used_refuses_the_file_with_its_line(line: str, says: str) -> None:
    with pytest.raises(RosterRefused, match=says) as refused:
        read("321302,宿城区教育局,2023,", line, "321302,宿城区民政局,2023,")
    [reason] = refused.value.reasons
    assert reason.startswith("第 3 行：")
    assert " / Line 3: " in reason


def test_one_agency_under_two_names_would_be_summed_twice() -> None:
    with pytest.raises(RosterRefused, match="第 2 行是同一机关"):
        read("321302,住建局,2020,", "321302,宿城区住房和城乡建设局,2023,2023")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"name,year\nx,1\n", "机关\n财政局\n".encode()])
def test_what_is_no_roster_says_so(data: bytes) -> None:
    with pytest.raises(RosterRefused):
        read_roster(data)
