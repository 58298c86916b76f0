"""Find the file of the settings, read it with the environment, and say where each value comes from.

The file is the one that `OGI_CONFIG` names; else `ogi.toml` in the current folder; else `ogi.toml` in the folder that
`OGI_HOME` names (`./data` if it is not set). A variable goes before the file, the file before the default.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ogi.settings.environment import CONFIG, values, variables
from ogi.settings.errors import SettingsError, explain, nearest
from ogi.settings.model import Settings

NAME = "ogi.toml"
_PATHS = {"folder", "url_file"}
# How alike a variable that nobody knows must be to one of ours to be a slip
_SLIP = 0.85


@dataclass(frozen=True, slots=True)
class Read:
    """The settings and where they were found: `written` is what the file says, by key."""

    settings: Settings
    file: Path | None
    written: dict[str, Any]


def load_settings() -> Settings:
    """Return the settings that hold here and now; their paths are absolute.

    Raises:
        SettingsError: the file cannot be read, a key is unknown, or a value is wrong.
    """
    return read_settings().settings


def read_settings() -> Read:
    """Return the settings with the file that they come from.

    Raises:
        SettingsError: as for `load_settings`.
    """
    _refuse_slips()
    file = _find()
    written = _read(file) if file else {}
    try:
        # The file's come as arguments, so the variables have to lie over them
        settings = Settings(**_over(values(Settings, os.environ), _with_paths(written, file) if file else {}))
    except ValidationError as error:
        is_set = {way: name for name, way in variables(Settings).items() if os.environ.get(name)}
        raise explain(error, Settings, file, is_set) from error
    # The last word on a path that is relative to the current folder: the default, or the environment's
    return Read(settings.model_copy(update={"home": settings.home.expanduser().absolute()}), file, written)


def origins(read: Read) -> dict[tuple[str, ...], str]:
    """Return what sets each key that is not a default: the name of a variable, or the file."""
    names = {way: name for name, way in variables(Settings).items()}
    set_here = values(Settings, os.environ)
    return {
        way: name if _has(set_here, way) else str(read.file)
        for way, name in names.items()
        if _has(set_here, way) or _has(read.written, way)
    }


def _has(content: dict[str, Any], way: tuple[str, ...]) -> bool:
    for key in way:
        if not isinstance(content, dict) or key not in content:
            return False
        content = content[key]
    return True


def _find() -> Path | None:
    if named := os.environ.get(CONFIG):
        return Path(named).expanduser().absolute()
    home = Path(os.environ.get("OGI_HOME") or "data").expanduser()
    return next((file.absolute() for file in (Path(NAME), home / NAME) if file.is_file()), None)


def _read(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            return tomllib.load(opened)
    except OSError as error:
        raise SettingsError(
            f"设置文件 {file} 无法读取：{error.strerror}；请检查 {CONFIG} 和文件权限。"
            f" / The settings cannot be read: {error}; check {CONFIG} and the file's permissions."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"设置文件 {file} 不是正确的 TOML：{error}。 / It is no valid TOML: mend it there."
        ) from error


def _over(upper: dict[str, Any], lower: dict[str, Any]) -> dict[str, Any]:
    """Lay one over the other, key by key within tables."""
    both = {**lower, **upper}
    for key in upper.keys() & lower.keys():
        if isinstance(upper[key], dict) and isinstance(lower[key], dict):
            both[key] = _over(upper[key], lower[key])
    return both


def _with_paths(written: dict[str, Any], file: Path) -> dict[str, Any]:
    """Make the paths that the file gives absolute: they are relative to its folder."""

    def absolute(table: dict[str, Any], keys: set[str]) -> dict[str, Any]:
        return {
            key: file.parent / Path(value).expanduser() if key in keys and isinstance(value, str) else value
            for key, value in table.items()
        }

    sources = written.get("source")
    made = absolute(written, {"home"})
    if isinstance(sources, list):
        made["source"] = [absolute(s, _PATHS) if isinstance(s, dict) else s for s in sources]
    return made


def _refuse_slips() -> None:
    """Refuse a variable that is nearly one of ours: what nobody reads would go unnoticed."""
    known = [*variables(Settings), CONFIG]
    for name in os.environ:
        if name.startswith("OGI_") and name not in known and (meant := nearest(name, known, _SLIP)):
            raise SettingsError(
                f"环境变量 {name} 不认识；是否为 {meant}？ / The variable {name} is unknown; did you mean {meant}?"
            )
