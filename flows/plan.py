"""What `ogi serve` loads and when."""

import zoneinfo
from dataclasses import dataclass
from pathlib import Path


class PlanError(ValueError):
    """No schedule can be made of this; the message is for people."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`inbox` is loaded at `cron` in `timezone`, each time for at most `limit_seconds`.

    Raises:
        PlanError: the cron or the time zone is none.
    """

    inbox: Path
    cron: str
    timezone: str
    limit_seconds: float

    def __post_init__(self) -> None:
        """Refuse what would only fail once the schedule runs."""
        # Prefect reads its settings when it is imported, which is not now; this is what it reads a cron with
        from croniter import croniter

        if not croniter.is_valid(self.cron):
            raise PlanError(f"不是有效的 cron：{self.cron}，例如 0 2 * * *。 / Not a cron: e.g. 0 2 * * *.")
        if self.timezone not in zoneinfo.available_timezones():
            raise PlanError(f"没有这个时区：{self.timezone}，例如 Asia/Shanghai。 / No such time zone.")
