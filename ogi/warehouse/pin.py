"""The pin: a release that an operator went back to stays the published one until it is let go."""

import datetime as dt
from pathlib import Path

import msgspec

from ogi.warehouse.clock import now
from ogi.warehouse.errors import WarehouseError
from ogi.warehouse.files import sync_file, write_json
from ogi.warehouse.home import Home


class Pin(msgspec.Struct, frozen=True):
    """Which release is pinned, by whom, when (UTC) and why."""

    release: str
    who: str
    at: dt.datetime
    why: str

    def in_words(self) -> str:
        """Say which release is pinned, by whom, since when and why, and how to let go."""
        return (
            f"发布固定在 {self.release}（{self.who}，{self.at:%Y-%m-%d %H:%M} UTC，{self.why or '未写理由'}）；"
            f"ogi unpin 解除后，下次 ogi load 发布。 / Release {self.release} is pinned by {self.who}"
            f" ({self.why or 'no reason given'}): let go with `ogi unpin`, and the next load publishes."
        )


def read_pin(home: Home) -> Pin | None:
    """Return the pin, None if nothing is pinned.

    Raises:
        WarehouseError: the file cannot be read; a pin is never lost in silence.
    """
    try:
        return msgspec.json.decode(_file(home).read_bytes(), type=Pin)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise WarehouseError(
            f"{_file(home)} 无法读取：{error}；请更正，或用 ogi unpin 解除固定。",
            "The pin cannot be read: mend the file, or let go with `ogi unpin`.",
        ) from error


def set_pin(home: Home, release: str, who: str, why: str) -> Pin:
    """Pin a release in place of whatever was pinned."""
    pin = Pin(release, who, now(), why)
    write_json(_file(home), msgspec.to_builtins(pin))
    return pin


def remove_pin(home: Home) -> bool:
    """Let go; tell whether anything was pinned."""
    if not _file(home).exists():
        return False
    _file(home).unlink()
    sync_file(home.root)
    return True


def _file(home: Home) -> Path:
    return home.root / "pin.json"
