"""Which releases stay: the newest ones, the last of each month, the current and the pinned one."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ogi.warehouse.clock import of_id

if TYPE_CHECKING:
    from ogi.settings.model import Releases

# A month ends where the operator's calendar says so, not at midnight in Greenwich
_BEIJING = ZoneInfo("Asia/Shanghai")


def kept_releases(published: Sequence[str], always: Iterable[str], policy: "Releases") -> set[str]:
    """Choose the releases that stay.

    Args:
        published: the ids of all releases, the oldest first.
        always: ids that stay whatever the policy says.
        policy: the policy.
    """
    kept = {*published[-policy.keep_last :], *always}
    if policy.keep_month_ends:
        last_of_month: dict[tuple[int, int], str] = {_month(release): release for release in published}
        kept.update(last_of_month.values())
    return kept & set(published)


def _month(release: str) -> tuple[int, int]:
    moment: dt.datetime = of_id(release).astimezone(_BEIJING)
    return moment.year, moment.month
