"""Cron expressions: five fields (minute, hour, day, month, weekday), checked before a schedule is made of them."""

import re

_FIELDS: dict[str, tuple[range, list[str]]] = {
    "minute": (range(60), []),
    "hour": (range(24), []),
    "day": (range(1, 32), []),
    "month": (
        range(1, 13),
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    ),
    "weekday": (range(8), ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]),
}
_PART = re.compile(r"(?P<from>\*|\w+)(?:-(?P<to>\w+))?(?:/(?P<step>\d+))?")


def check_cron(expression: str) -> str:
    """Return the expression with single blanks.

    Raises:
        ValueError: it is none; the message says which field.
    """
    fields = expression.split()
    if len(fields) != len(_FIELDS):
        raise ValueError(
            "cron 表达式要有五段，如 0 2 * * *（每天 2:00） / a cron expression has five fields, as 0 2 * * *"
        )
    for field, (name, (allowed, names)) in zip(fields, _FIELDS.items(), strict=True):
        if not all(_is_part(part, allowed, names) for part in field.split(",")):
            raise ValueError(
                f"cron 表达式的第 {list(_FIELDS).index(name) + 1} 段“{field}”不对 / the cron field for the {name} is wrong"
            )
    return " ".join(fields)


def _is_part(part: str, allowed: range, names: list[str]) -> bool:
    match = _PART.fullmatch(part)
    if match is None or match["step"] == "0":
        return False
    first, last = match["from"], match["to"]
    if first == "*":
        return last is None
    return all(_is_value(value, allowed, names) for value in (first, last) if value is not None)


def _is_value(value: str, allowed: range, names: list[str]) -> bool:
    return (value.isdecimal() and int(value) in allowed) or value.upper() in names
