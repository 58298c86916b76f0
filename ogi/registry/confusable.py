"""Names of divisions in which character recognition or typing took one character for another that looks like it."""

from functools import cache

from ogi.project import read_seed
from ogi.registry.divisions import leading_divisions


def corrected_name(name: str) -> str | None:
    """Return an agency's name with the one confusable character of its division mended, or None.

    Only where the printed name begins with no division at all, and exactly one replacement from the table gives one:
    沐阳县 is no county, 沭阳县 is.
    """
    if leading_divisions(name):
        return None
    found: set[str] = set()
    for index, character in enumerate(name):
        for meant in _meant().get(character, ()):
            candidate = name[:index] + meant + name[index + 1 :]
            steps = leading_divisions(candidate)
            if steps and sum(len(step[0].name) for step in steps) > index and all(len(s) == 1 for s in steps):
                found.add(candidate)
    return found.pop() if len(found) == 1 else None


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    meant: dict[str, tuple[str, ...]] = {}
    for row in read_seed("confusable_characters"):
        meant[row["printed"]] = (*meant.get(row["printed"], ()), row["meant"])
    return meant
