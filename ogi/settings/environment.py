"""The variables of the environment: `OGI_HOME`, `OGI_SECTION_KEY`; tables of sources stand in the file only."""

import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource

# Where the file is; not a setting itself
CONFIG = "OGI_CONFIG"
# A shorter name than the rule gives
_NAMES: dict[tuple[str, ...], str] = {("alert", "smtp"): "OGI_SMTP"}


def variables(settings: type[BaseSettings]) -> dict[str, tuple[str, ...]]:
    """Return the variables that are settings, each with the way to its key."""
    return {_NAMES.get(way) or "_".join(["OGI", *way]).upper(): way for way in _ways(settings)}


def _ways(settings: type[BaseSettings]) -> list[tuple[str, ...]]:
    ways: list[tuple[str, ...]] = []
    for name, field in settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            ways += [(name, key) for key in field.annotation.model_fields]
        elif field.validation_alias is None:  # not the list of sources
            ways.append((name,))
    return ways


class EnvironmentSource(PydanticBaseSettingsSource):
    """The environment as a source of settings; a variable that is empty counts as not set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return the value of one top-level key."""
        return self().get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        """Return all values by key, those of a section in a dict of their own."""
        return values(self.settings_cls, os.environ)


def values(settings: type[BaseSettings], environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what the environment sets, as the file would say it; a list has commas between its items."""
    found: dict[str, Any] = {}
    for name, way in variables(settings).items():
        if text := environment.get(name):
            place = found
            for key in way[:-1]:
                place = place.setdefault(key, {})
            place[way[-1]] = text.split(",") if way == ("fetch", "ports") else text
    return found
