"""The time as the warehouse writes it: UTC, to the millisecond in names."""

import datetime as dt


def now() -> dt.datetime:
    """Return the time in UTC."""
    return dt.datetime.now(dt.UTC)


def as_id(moment: dt.datetime) -> str:
    """Name a release or batch after a moment: `20261123T020000.123Z`, which sorts by time."""
    return f"{moment:%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z"


def id_after(last: str | None) -> str:
    """Name a release or batch after this moment; just after `last`, a name before it, if the clock is behind that.

    Names keep their order whatever the clock does, and at no cost: it may have been years ahead one night.
    """
    name = as_id(now())
    return name if last is None or name > last else as_id(of_id(last) + dt.timedelta(milliseconds=1))


def of_id(name: str) -> dt.datetime:
    """Return the moment that a release is named after.

    Raises:
        ValueError: it is no such name.
    """
    return dt.datetime.strptime(name, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=dt.UTC)
