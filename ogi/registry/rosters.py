"""Rosters: which agencies a government's report sums up, as the operator declares it in a CSV file.

    division_code,agency,valid_from,valid_to
    321302,宿迁市宿城区财政局,2023,
    321302,321302005:耿车镇人民政府,2023,2024

One row an agency of the division: its name or its `agency_id`, the first and the last report year in which it belongs to the
division (empty: until today). Without a complete roster a summary cannot be compared with anything, so a file with one row
that cannot be used is refused whole.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ogi.documents.encoding import decode_text
from ogi.documents.model import UnreadableDocument
from ogi.project import read_seed
from ogi.registry.agencies import Agency, find_division, resolve_agency
from ogi.registry.divisions import Division, ancestors, divisions, leading_divisions

COLUMNS = ("division_code", "agency", "valid_from", "valid_to")
YEARS = range(1990, 2100)
_AGENCY_ID = re.compile(r"(\d{6}|\d{9}):(.+)")


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One agency of a division's roster; `valid_to` None is until today.

    A vertical system's agency is in no local summary: it stands here without an id and is never summed.
    """

    line: int
    division_code: str
    agency: str
    agency_id: str | None
    agency_name: str
    valid_from: int
    valid_to: int | None

    @property
    def is_vertical(self) -> bool:
        """Whether it belongs to a vertical system (税务, 海关)."""
        return self.agency_id is None


class RosterRefused(Exception):
    """A roster cannot be used; `reasons` says of each bad line why, Chinese first."""

    def __init__(self, reasons: list[str]) -> None:
        """Keep the reasons."""
        super().__init__("\n".join(reasons))
        self.reasons = reasons


class _BadRow(Exception):
    """One row cannot be used; the message is Chinese first."""


def read_roster(data: bytes) -> list[RosterRow]:
    """Read and check a roster file.

    Raises:
        RosterRefused: the file is no table of `COLUMNS`, or one of its rows cannot be used.
    """
    try:
        table = csv.DictReader(io.StringIO(decode_text(data), newline=""), strict=True)
        lines = [(table.line_num, fields) for fields in table]
    except (UnreadableDocument, csv.Error) as error:
        raise RosterRefused(
            ["不是 CSV 文本，请从表格软件另存为 CSV。 / This is no CSV text: save it as CSV."]
        ) from error
    header = tuple(name.strip() for name in table.fieldnames or ())
    if header != COLUMNS:
        raise RosterRefused(
            [f"第一行应为 {','.join(COLUMNS)}。 / The first line must be {','.join(COLUMNS)}."]
        )
    rows: list[RosterRow] = []
    reasons: list[str] = []
    for line, fields in lines:
        values = [(value or "").strip() if isinstance(value, str) else "" for value in fields.values()]
        if not any(values):
            continue
        try:
            if None in fields or len(values) != len(COLUMNS):
                raise _BadRow(f"应有 {len(COLUMNS)} 列。 / There must be {len(COLUMNS)} columns.")
            row = _row(line, *values)
            _refuse_repeated(row, rows)
            rows.append(row)
        except _BadRow as error:
            zh, _, en = str(error).partition(" / ")
            reasons.append(f"第 {line} 行：{zh} / Line {line}: {en}")
    if reasons:
        raise RosterRefused(reasons)
    return rows


def _row(line: int, division_code: str, agency: str, valid_from: str, valid_to: str) -> RosterRow:
    division = divisions().get(division_code)
    if division is None or division.level == "township":
        raise _BadRow(
            f"“{division_code}”不是省、市、县的区划代码（六位）。 / {division_code!r} is no code of a province, city or"
            " district (six digits)."
        )
    first, last = _year(valid_from), _year(valid_to) if valid_to else None
    if last is not None and last < first:
        raise _BadRow(f"valid_to {last} 早于 valid_from {first}。 / valid_to is before valid_from.")
    if not agency:
        raise _BadRow("缺少机关名称。 / The agency is missing.")
    if agency.endswith(_vertical_names()):
        return RosterRow(line, division_code, agency, None, agency, first, last)
    found = _agency(agency, division)
    if found is None:
        raise _BadRow(
            f"在{division.name}找不到“{agency}”所属的地区；请写全称，如“{division.name}财政局”，或写 agency_id。"
            f" / {agency!r} cannot be placed in {division.name}: write its full name or its agency_id."
        )
    if found.agency_id == f"{division_code}:人民政府":
        raise _BadRow(
            f"“{agency}”就是汇总的政府本身；其办公室可以列入。"
            " / This is the government whose report is the summary; its office may stand here."
        )
    return RosterRow(line, division_code, agency, found.agency_id, found.agency_name, first, last)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) in YEARS):
        raise _BadRow(f"“{text}”不是报告年度，应如 2023。 / {text!r} is no report year such as 2023.")
    return int(text)


def _agency(written: str, division: Division) -> Agency | None:
    """Find the agency in the division or below it, by its id, its full name, or its name within the division."""
    if match := _AGENCY_ID.fullmatch(written):
        code, name = match.groups()
        return resolve_agency(name, None, code, "") if _is_within(divisions().get(code), division) else None
    whole = "".join(above.name for above in [*reversed(ancestors(division)), division])
    name = written if leading_divisions(written) else division.name + written
    found = find_division([name], whole)
    return resolve_agency(name, name, found.code, "") if found and _is_within(found, division) else None


def _is_within(found: Division | None, division: Division) -> bool:
    return found is not None and division.code in (found.code, *found.ancestor_codes)


def _refuse_repeated(row: RosterRow, before: list[RosterRow]) -> None:
    """An agency that stands twice in the same years would be summed twice."""
    for other in _same_agency(row, before):
        if row.valid_from <= (other.valid_to or YEARS[-1]) and other.valid_from <= (
            row.valid_to or YEARS[-1]
        ):
            raise _BadRow(
                f"“{row.agency}”与第 {other.line} 行是同一机关，年度重叠。"
                f" / The same agency as on line {other.line}, in the same years."
            )


def _same_agency(row: RosterRow, before: list[RosterRow]) -> Iterator[RosterRow]:
    key = (row.division_code, row.agency_id or row.agency)
    return (other for other in before if (other.division_code, other.agency_id or other.agency) == key)


@cache
def _vertical_names() -> tuple[str, ...]:
    return tuple(row["name_ends_with"] for row in read_seed("vertical_systems"))
