"""Names to agencies. Rules and a table of aliases decide, never a similarity score."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ogi.project import read_seed
from ogi.registry.divisions import (
    Division,
    ancestors,
    divisions,
    former_divisions,
    leading_divisions,
    names_by_code,
)

AgencyKind = Literal["government", "department", "township", "subdistrict", "organisation"]

_GOVERNMENT = "人民政府"
# Bodies of the state in a place bear its name behind that of their ministry: 国家税务总局泉州市鲤城区税务局
_CENTRAL = re.compile(
    r"^(?:国家|中国|中华人民共和国)[一-鿿]{2,10}?(?:总局|管理局|监察局|调查总队|统计局|气象局|银行|海关总署|委员会)(?=.)"
)
_DEPARTMENT = re.compile(r"(?:局|厅|委|委员会|办公室|办|部|处|支队|总队|大队|中心)$")
# What a department calls its own division without naming it (区统计局), and words that only begin like that
_LEVEL_WORDS = {
    "省": "province",
    "市": "city",
    "区": "district",
    "县": "district",
    "旗": "district",
    "镇": "township",
    "乡": "township",
    "街道": "township",
}
_NO_LEVEL = ("市场", "市政", "市容", "区域", "区块", "乡村")


@dataclass(frozen=True, slots=True)
class Agency:
    """A reporting body; `agency_id` is stable over years and spellings."""

    agency_id: str
    agency_name: str
    agency_kind: AgencyKind
    division_code: str | None


def resolve_agency(
    agency: str, agency_full: str | None, division_code: str | None, source_sha256: str
) -> Agency:
    """Link a report's names to an agency.

    The id is the division's code and the name without the divisions above it, aliases replaced. Without a division
    a bare name (区统计局) means a different body in every district, so such a report gets an id of its own.
    """
    division = divisions().get(division_code or "")
    if division is None:
        return Agency(f"unresolved:{source_sha256[:8]}:{agency}", agency, _kind(agency, None), None)
    own_name = _canonical(_without_divisions(agency, division))
    if own_name == _GOVERNMENT and agency_full:
        own_name = _canonical(_without_divisions(agency_full, division))
    is_township = division.level == "township"
    is_central = bool(_CENTRAL.match(own_name))
    shown = own_name if is_township or is_central else division.name + own_name
    return Agency(f"{division.code}:{own_name}", shown, _kind(own_name, division), division.code)


def find_division(names: list[str], text: str, year: int | None = None) -> Division | None:
    """Find the division an agency belongs to from its names, the most telling first, or None if it stays open.

    Where a name fits several divisions (太平镇), the one whose district or city the document's text names decides,
    if exactly one does. A name that the division had in the report's year (通州市 in 2008) leads to the division as it is
    today (通州区); one that was merged into others (塘沽区) stands for itself.
    """
    for name in names:
        steps = leading_divisions(_CENTRAL.sub("", name), year)
        if steps:
            chosen = _choose(steps[-1], text)
            if chosen is not None:
                return chosen
    return None


def bare_level(name: str) -> tuple[str, str] | None:
    """Return the word with which a bare name speaks of its division, and that word's level: 区 for 区统计局."""
    if name.startswith(_NO_LEVEL):
        return None
    return next(((word, level) for word, level in _LEVEL_WORDS.items() if name.startswith(word)), None)


def own_name(name: str) -> str:
    """Return a name without the divisions in front, townships and streets excepted, aliases replaced."""
    rest = name
    for step in leading_divisions(name):
        if step[0].level == "township":
            break
        rest = rest.removeprefix(_GOVERNMENT).removeprefix(step[0].name)
    return _canonical(rest.removeprefix(_GOVERNMENT) or rest or name)


def _choose(candidates: tuple[Division, ...], text: str) -> Division | None:
    if len({candidate.code for candidate in candidates}) == 1:
        return candidates[0]
    mentioned = Counter({c.code: sum(a.name in text for a in ancestors(c)[:2]) for c in candidates})
    ranked = mentioned.most_common(2)
    if ranked[0][1] > ranked[1][1]:
        return next(c for c in candidates if c.code == ranked[0][0])
    return None


def _without_divisions(name: str, division: Division) -> str:
    rest = name
    while called := next(
        (n for n in _names_of_places(division.code) if rest.startswith(n) and rest != n), None
    ):
        rest = rest.removeprefix(called)
        rest = rest.removeprefix(_GOVERNMENT) or rest
    bare = bare_level(rest)
    if rest == name and bare is not None and division.name.endswith(bare[0]):
        rest = name.removeprefix(bare[0]) or name
    return rest


@cache
def _names_of_places(code: str) -> tuple[str, ...]:
    """Return what an agency's name may begin with: the names of the division above a township and of those above it, former
    ones too, the longest first.
    """
    formers = [former for former in former_divisions() if former.code == code]
    codes = {above.code for here in (divisions()[code], *formers) for above in ancestors(here)}
    if divisions()[code].level != "township":
        codes.add(code)
    return tuple(sorted({n for c in codes for n in names_by_code()[c]}, key=len, reverse=True))


def _canonical(own_name: str) -> str:
    return _aliases().get(own_name, own_name)


@cache
def _aliases() -> dict[str, str]:
    return {row["alias"]: row["name"] for row in read_seed("agency_aliases")}


def _kind(own_name: str, division: Division | None) -> AgencyKind:
    if (division is not None and division.level == "township") or (division is None and "镇" in own_name):
        return "subdistrict" if own_name.endswith("办事处") else "township"
    if own_name.endswith("街道办事处"):
        return "subdistrict"
    if own_name.endswith((_GOVERNMENT, "管委会", "管理委员会")):
        return "government"
    return "department" if _DEPARTMENT.search(own_name) else "organisation"
