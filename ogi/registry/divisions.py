"""Administrative divisions by name and code (`seeds/divisions.csv`), from provinces down to townships and streets."""

from functools import cache

import msgspec

from ogi.project import read_seed

_PROVINCE, _CITY, _DISTRICT, _TOWNSHIP = "province", "city", "district", "township"
# Rows of the register that stand between levels and that nobody writes in a name.
_NAMELESS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Division(msgspec.Struct, frozen=True, gc=False):
    """One division: `code` of 6 digits down to districts, 9 for townships and streets."""

    code: str
    name: str

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
        above = (self.code[:6], self.code[:4] + "00", self.code[:2] + "0000")
        return tuple(code for code in dict.fromkeys(above) if code != self.code)


@cache
def divisions() -> dict[str, Division]:
    """Return every division by its code."""
    return {
        row["division_code"]: Division(row["division_code"], row["name"]) for row in read_seed("divisions")
    }


@cache
def divisions_by_name() -> dict[str, tuple[Division, ...]]:
    """Return the divisions of each name; several share one (鼓楼区 is in four cities)."""
    by_name: dict[str, list[Division]] = {}
    for division in divisions().values():
        if division.name not in _NAMELESS:
            by_name.setdefault(division.name, []).append(division)
    return {name: tuple(found) for name, found in by_name.items()}


def ancestors(division: Division) -> list[Division]:
    """Return the divisions above, nearest first, without the nameless rows of the register."""
    found = (divisions().get(code) for code in division.ancestor_codes)
    return [d for d in found if d is not None and d.name not in _NAMELESS]


@cache
def longest_name() -> int:
    """Return the number of characters of the longest name."""
    return max(map(len, divisions_by_name()))


def leading_divisions(name: str) -> list[tuple[Division, ...]]:
    """Split the division names off the front of an agency's name, outermost first.

    Returns a list of steps, each the divisions that the printed name can mean, narrowed to those below the step
    before it: 泉州市鲤城区财政局 gives [(泉州市,), (鲤城区,)].
    """
    steps: list[tuple[Division, ...]] = []
    rest = name
    while rest:
        rest = rest.removeprefix("人民政府") if steps else rest
        step = _longest_match(rest, steps[-1] if steps else None)
        if not step:
            break
        steps.append(step)
        rest = rest[len(step[0].name) :]
    return steps


def _longest_match(text: str, above: tuple[Division, ...] | None) -> tuple[Division, ...]:
    for length in range(min(len(text), longest_name()), 1, -1):
        candidates = divisions_by_name().get(text[:length], ())
        if above is not None:
            codes = {division.code for division in above}
            candidates = tuple(d for d in candidates if codes & set(d.ancestor_codes))
        if candidates:
            return candidates
    return ()
