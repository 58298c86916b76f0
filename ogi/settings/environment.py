"""The variables of the environment: `OGI_HOME`, `OGI_SECTION_KEY`; tables of sources stand in the file only."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

# Where the file is; not a setting itself
CONFIG = "OGI_CONFIG"
# A shorter name than the rule gives
_NAMES: dict[tuple[str, ...], str] = {("alert", "smtp"): "OGI_SMTP"}


def variables(settings: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """Return the variables that are settings, each with the way to its key."""
    return {_NAMES.get(way) or "_".join(["OGI", *way]).upper(): way for way in _ways(settings)}


def _ways(settings: type[BaseModel]) -> list[tuple[str, ...]]:
    ways: list[tuple[str, ...]] = []
    for name, field in settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            ways += [(name, key) for key in field.annotation.model_fields]
        elif field.validation_alias is None:  # not the list of sources
            ways.append((name,))
    return ways


def values(settings: type[BaseModel], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what the environment sets, as the file would say it; a list has commas between its items."""
    found: dict[str, Any] = {}
    for name, way in variables(settings).items():
        if text := environment.get(name):
            place = found
            for key in way[:-1]:
                place = place.setdefault(key, {})
            place[way[-1]] = text.split(",") if way == ("fetch", "ports") else text
    return found
