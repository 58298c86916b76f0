"""What `ogi serve` loads and when."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Plan:
    """`inbox` is loaded at `cron` in `timezone`, both checked by the settings."""

    inbox: Path
    cron: str
    timezone: str
