"""The effective settings as rows: key, value, where it comes from; secrets masked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, SecretStr

from ogi.settings.read import Read, origins

_MASK = "***"


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting; `origin` is `default`, the file, or the name of a variable."""

    key: str
    value: object
    origin: str


def shown_settings(read: Read) -> list[Shown]:
    """List every setting that holds, those of a source with its number, `source[1].name`."""
    known = origins(read)
    rows = [
        Shown(".".join(way), _plain(value), known.get(way, "default"))
        for way, value in _leaves(read.settings)
        if way != ("sources",)
    ]
    for number, source in enumerate(read.settings.sources, start=1):
        rows += [
            Shown(f"source[{number}].{key}", _plain(value), str(read.file))
            for key, value in source
            if key in source.model_fields_set
        ]
    return rows


def _leaves(model: BaseModel, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, value in model:
        if isinstance(value, BaseModel):
            yield from _leaves(value, (*above, name))
        else:
            yield (*above, name), value


def _plain(value: object) -> object:
    """Write a value as JSON has it; of a secret only the host of an address is shown."""
    if isinstance(value, SecretStr):
        parts = urlsplit(value.get_secret_value())
        return f"{parts.scheme}://{parts.hostname}/{_MASK}" if parts.hostname else _MASK
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
