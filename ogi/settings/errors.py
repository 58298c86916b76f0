"""What is wrong with the settings, in words: file, key, the nearest known key, what to do; Chinese first."""

import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError
    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

_EXPLAINED = "value_error"
_KINDS = {
    "missing": "缺少这一项 / is missing",
    "int_parsing": "应为整数 / must be a whole number",
    "int_type": "应为整数 / must be a whole number",
    "int_from_float": "应为整数 / must be a whole number",
    "float_parsing": "应为数字 / must be a number",
    "float_type": "应为数字 / must be a number",
    "bool_parsing": "应为 true 或 false / must be true or false",
    "bool_type": "应为 true 或 false / must be true or false",
    "string_type": "应为带引号的文字 / must be a text in quotes",
    "path_type": "应为带引号的路径 / must be a path in quotes",
    "tuple_type": "应为方括号中的列表 / must be a list in brackets",
    "model_type": "应为一个表 / must be a table",
}
_BOUNDS = {
    "greater_than": "必须大于 {0} / must be more than {0}",
    "greater_than_equal": "不能小于 {0} / must be at least {0}",
    "less_than_equal": "不能大于 {0} / must be at most {0}",
}


class SettingsError(Exception):
    """The settings cannot be used; the message names file, key and what to do, Chinese first."""


def explain(
    error: "ValidationError",
    settings: type["BaseModel"],
    file: Path | None,
    variables: Mapping[tuple[str, ...], str],
) -> SettingsError:
    """Put what pydantic found into words, a line each.

    Args:
        error: what it found.
        settings: the class it checked.
        file: the file of the settings, if there is one.
        variables: those of the environment that are set, by the way to their key.
    """
    lines = []
    for detail in error.errors(include_url=False):
        way = tuple(str(part) for part in detail["loc"])
        where = variables.get(way) or (str(file) if file else "")
        lines.append(f"{where}：{_key(detail['loc'])}{_words(detail, settings)}")
    return SettingsError(
        "\n".join(["设置有误，请改正后再运行。 / The settings are wrong: mend them.", *lines])
    )


def nearest(word: str, known: list[str], cutoff: float = 0.6) -> str | None:
    """Return the known word that is most like this one, None if none is."""
    return next(iter(difflib.get_close_matches(word, known, 1, cutoff)), None)


def _key(location: tuple[int | str, ...]) -> str:
    """Write a key as people find it in the file: `source[2].district`, counted from 1."""
    key = ""
    for part in location:
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    return f"{key} " if key else ""


def _words(detail: "ErrorDetails", settings: type["BaseModel"]) -> str:
    kind = detail["type"]
    if kind == "extra_forbidden":
        known = _known_keys(detail["loc"], settings)
        name = str(detail["loc"][-1])
        if found := nearest(name, known):
            return f"不认识；是否为 {found}？ / is unknown; did you mean {found}?"
        return f"不认识；这里可以写 / is unknown; known here: {', '.join(known)}"
    if kind == _EXPLAINED:
        return detail["msg"].removeprefix("Value error, ")
    if bound := _BOUNDS.get(kind):
        [limit] = detail["ctx"].values()
        return bound.format(limit)
    return _KINDS.get(kind) or f"的值不对 / has a bad value: {detail['msg']}"


def _known_keys(location: tuple[int | str, ...], settings: type["BaseModel"]) -> list[str]:
    """List the keys of the table in which the unknown one stands."""
    model: Any = settings
    for part in location[:-1]:
        if isinstance(part, str):
            field = next(f for name, f in model.model_fields.items() if _shown(name, f) == part)
            model = next(iter(getattr(field.annotation, "__args__", ())), field.annotation)
    return [_shown(name, field) for name, field in model.model_fields.items()]


def _shown(name: str, field: "FieldInfo") -> str:
    """Return a field's key in the file."""
    return str(field.validation_alias or name)
