"""The agencies of the corpus: real divisions (`seeds/divisions.csv`), with the offices that each district has."""

import random
from dataclasses import dataclass
from functools import cache

from ogi.project import read_seed

# Name, its mark in document numbers, how many requests and decisions it has beside others
_DEPARTMENTS = (
    ("财政局", "财", 1.0),
    ("教育局", "教", 1.5),
    ("民政局", "民", 0.6),
    ("统计局", "统", 0.2),
    ("司法局", "司", 0.5),
    ("水利局", "水", 0.4),
    ("审计局", "审", 0.2),
    ("农业农村局", "农", 0.8),
    ("卫生健康局", "卫", 1.2),
    ("市场监督管理局", "市监", 6.0),
    ("住房和城乡建设局", "建", 8.0),
    ("人力资源和社会保障局", "人社", 2.0),
)
_MOST_DEPARTMENTS, _MOST_TOWNSHIPS = 5, 4
_GOVERNMENT = "人民政府"
# Zones and farms are run by bodies of other names
_NO_DISTRICT = ("开发区", "管理区", "园区", "新区", "示范区", "工业区", "保税区", "试验区", "市辖区")


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """A reporting body: the names it goes by, from the shortest that tells the district to the fullest."""

    kind: str
    division_code: str
    name: str
    full_name: str
    mark: str
    size: float


def agencies_of(district: str, rng: random.Random) -> list[DemoAgency]:
    """Draw the offices of one district: some departments, some townships and streets, the government last."""
    found = _departments(district, rng) + _townships(district, rng)
    name = _names()[district]
    size = sum(agency.size for agency in found)
    full = _above(district) + name + _GOVERNMENT
    return [*found, DemoAgency("government", district, name + _GOVERNMENT, full, name[:1] + "政", size)]


@cache
def districts() -> tuple[str, ...]:
    """Return the codes of all districts and counties that have a government and townships or streets."""
    return tuple(
        code
        for code, name in _names().items()
        if len(code) == len("350502")
        and not code.endswith("00")
        and name.endswith(("区", "县", "市"))
        and not name.endswith(_NO_DISTRICT)
        and _townships_by_district().get(code)
    )


def _departments(district: str, rng: random.Random) -> list[DemoAgency]:
    name, above = _names()[district], _above(district)
    return [
        DemoAgency("department", district, name + own, above + name + own, name[:1] + mark, size)
        for own, mark, size in rng.sample(_DEPARTMENTS, rng.randint(1, _MOST_DEPARTMENTS))
    ]


def _townships(district: str, rng: random.Random) -> list[DemoAgency]:
    name, above = _names()[district], _above(district)
    codes = _townships_by_district()[district]
    found = []
    for code in sorted(rng.sample(codes, min(len(codes), rng.randint(1, _MOST_TOWNSHIPS)))):
        own = _names()[code]
        size = rng.choice((0.0, 0.1, 0.3, 1.0))
        mark = own[:2] + ("办" if own.endswith("街道") else "政")
        if own.endswith("街道"):
            full = f"{above}{name}{_GOVERNMENT}{own}办事处"
            found.append(DemoAgency("subdistrict", code, f"{name}{own}办事处", full, mark, size))
        else:
            full = f"{above}{name}{own}{_GOVERNMENT}"
            found.append(DemoAgency("township", code, f"{name}{own}{_GOVERNMENT}", full, mark, size))
    return found


def _above(district: str) -> str:
    """Return the name of the city, or of the province where no city stands between."""
    city = _names().get(district[:4] + "00", "")
    return city if city.endswith(("市", "州", "地区", "盟")) else _names()[district[:2] + "0000"]


@cache
def _names() -> dict[str, str]:
    return {row["division_code"]: row["name"] for row in read_seed("divisions")}


@cache
def _townships_by_district() -> dict[str, list[str]]:
    """Return the townships, towns and streets of each district, those with rare characters left out."""
    found: dict[str, list[str]] = {}
    for code, name in _names().items():
        if len(code) > len("350502") and name.endswith(("街道", "镇", "乡")) and _is_common(name):
            found.setdefault(code[:6], []).append(code)
    return found


def _is_common(name: str) -> bool:
    """Tell whether the fonts of Chinese offices have every character of a name."""
    try:
        name.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
