"""Names to agencies. Rules and a table of aliases decide, never a similarity score."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ogi.project import read_seed
from ogi.registry.divisions import Division, ancestors, divisions, leading_divisions

AgencyKind = Literal["government", "department", "township", "subdistrict", "organisation"]

_GOVERNMENT = "人民政府"
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
    shown = own_name if is_township else division.name + own_name
    return Agency(f"{division.code}:{own_name}", shown, _kind(own_name, division), division.code)


def find_division(names: list[str], text: str) -> Division | None:
    """Find the division an agency belongs to from its names, the most telling first, or None if it stays open.

    Where a name fits several divisions (太平镇), the one whose district or city the document's text names decides,
    if exactly one does.
    """
    for name in names:
        steps = leading_divisions(name)
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
    if len(candidates) == 1:
        return candidates[0]
    mentioned = Counter({c.code: sum(a.name in text for a in ancestors(c)[:2]) for c in candidates})
    ranked = mentioned.most_common(2)
    if ranked[0][1] > ranked[1][1]:
        return divisions()[ranked[0][0]]
    return None


def _without_divisions(name: str, division: Division) -> str:
    chain = [a.name for a in reversed(ancestors(division))]
    if division.level != "township":
        chain.append(division.name)
    rest = name
    for above in chain:
        stripped = rest.removeprefix(above)
        if stripped != rest:
            after_government = stripped.removeprefix(_GOVERNMENT)
            rest = after_government or stripped
    bare = bare_level(rest)
    if rest == name and bare is not None and division.name.endswith(bare[0]):
        rest = name.removeprefix(bare[0])
    return rest or name


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
