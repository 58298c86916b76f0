"""What `ogi serve` loads and when."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """`inbox`, or the sources of the settings, is loaded at `cron` in `timezone`; the settings have checked both.

    At `full_refresh_cron`, unless that is empty, everything is built anew besides.
    """

    inbox: Path | None
    cron: str
    full_refresh_cron: str
    timezone: str
