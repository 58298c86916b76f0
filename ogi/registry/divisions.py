"""Administrative divisions by name and code, from provinces down to townships and streets.

`seeds/divisions.csv` has those of today, `seeds/former_divisions.csv` those that were renamed or merged, and
`seeds/division_short_names.csv` what autonomous places are called for short (凉山州).
"""

from functools import cache

import msgspec

from ogi.project import read_seed

_PROVINCE, _CITY, _DISTRICT, _TOWNSHIP = "province", "city", "district", "township"
# Rows of the register that stand between levels and that nobody writes in a name.
_NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Division(msgspec.Struct, frozen=True, gc=False):
    """One division: `code` of 6 digits down to districts, 9 for townships and streets.

    Under a former name (铜山县) `code` is that of the division that goes on (铜山区), the former one stands in
    `former_code`; a division that was merged into another keeps its own code. `valid_from` and `valid_until` are the
    years in which the name came and went, 0 where nothing is known or it is today's.
    """

    code: str
    name: str
    former_code: str = ""
    valid_from: int = 0
    valid_until: int = 0

    @property
    def level(self) -> str:
        """`province`, `city`, `district` or `township`."""
        if len(self.code) > len("350502"):
            return _TOWNSHIP
        if self.code.endswith("0000"):
            return _PROVINCE
        return _CITY if self.code.endswith("00") else _DISTRICT

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """Codes of the divisions above, nearest first."""
        own = [code for code in (self.code, self.former_code) if code]
        above = [above for code in own for above in (code[:6], code[:4] + "00", code[:2] + "0000")]
        return tuple(code for code in dict.fromkeys(above) if code not in own)

    def was_called_so(self, year: int) -> bool:
        """Tell whether the name was its name in a year, or may still be written in the report of that year."""
        return self.valid_from <= year and (not self.valid_until or year <= self.valid_until)


@cache
def divisions() -> dict[str, Division]:
    """Return every division by its code: today's, and those that were merged into others."""
    today = {
        row["division_code"]: Division(row["division_code"], row["name"]) for row in read_seed("divisions")
    }
    return {d.code: d for d in former_divisions()} | today


@cache
def former_divisions() -> tuple[Division, ...]:
    """Return the divisions under the names that they had before (districts, counties and cities, since 2008)."""
    return tuple(
        Division(
            row["successor_code"] if row["continues"] == "yes" else row["former_code"],
            row["former_name"],
            row["former_code"],
            int(row["valid_from"] or 0),
            int(row["valid_until"]),
        )
        for row in read_seed("former_divisions")
    )


@cache
def divisions_by_name() -> dict[str, tuple[Division, ...]]:
    """Return the divisions of each name; several share one (鼓楼区 is in four cities)."""
    by_name: dict[str, list[Division]] = {}
    short = (Division(row["division_code"], row["short_name"]) for row in read_seed("division_short_names"))
    for division in (*divisions().values(), *former_divisions(), *short):
        if division.name not in _NAMELESS and division not in by_name.get(division.name, ()):
            by_name.setdefault(division.name, []).append(division)
    return {name: tuple(found) for name, found in by_name.items()}


@cache
def names_by_code() -> dict[str, tuple[str, ...]]:
    """Return every name of each division, former and short ones too, the longest first."""
    names: dict[str, set[str]] = {}
    for found in divisions_by_name().values():
        for division in found:
            names.setdefault(division.code, set()).add(division.name)
    return {code: tuple(sorted(called, key=len, reverse=True)) for code, called in names.items()}


def ancestors(division: Division) -> list[Division]:
    """Return the divisions above, nearest first, without the nameless rows of the register."""
    found = (divisions().get(code) for code in division.ancestor_codes)
    return [d for d in found if d is not None and d.name not in _NAMELESS]


@cache
def longest_name() -> int:
    """Return the number of characters of the longest name."""
    return max(map(len, divisions_by_name()))


def leading_divisions(name: str, year: int | None = None) -> list[tuple[Division, ...]]:
    """Split the division names off the front of an agency's name, outermost first.

    Args:
        name: the name as printed.
        year: whose report prints it. A former name that another division bears today is meant only in its years.

    Returns a list of steps, each the divisions that the printed name can mean, narrowed to those below the step
    before it: 泉州市鲤城区财政局 gives [(泉州市,), (鲤城区,)].
    """
    steps: list[tuple[Division, ...]] = []
    rest = name
    while rest:
        rest = rest.removeprefix("人民政府") if steps else rest
        step = _longest_match(rest, steps[-1] if steps else None, year)
        if not step:
            break
        steps.append(step)
        rest = rest[len(step[0].name) :]
    return steps


def _longest_match(text: str, above: tuple[Division, ...] | None, year: int | None) -> tuple[Division, ...]:
    for length in range(min(len(text), longest_name()), 1, -1):
        candidates = _meant_in(divisions_by_name().get(text[:length], ()), year)
        if above is not None:
            codes = {code for division in above for code in (division.code, division.former_code) if code}
            candidates = tuple(d for d in candidates if codes & set(d.ancestor_codes))
        if candidates:
            return candidates
    return ()


def _meant_in(candidates: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Leave out former names that are not of the year, where another division bears the name."""
    if len(candidates) < 2:  # noqa: PLR2004 - nothing to choose from
        return candidates
    today = tuple(d for d in candidates if not d.valid_until)
    then = tuple(d for d in candidates if d.valid_until and year is not None and d.was_called_so(year))
    return (*today, *then) or candidates
