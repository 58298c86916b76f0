"""What a check looks at, and what it says."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from ogi.settings.read import Read
from ogi.warehouse.home import Home

# `advice`: a load works, but something is worth knowing; `mend`: something must be done
Status = Literal["ok", "advice", "mend"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, and what to do about it; both Chinese first."""

    status: Status
    found: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What the checks look at; `online` allows them to ask web sites."""

    read: Read
    home: Home
    now: dt.datetime
    online: bool = False


Check = Callable[[Patient], Iterator[Verdict]]


def ok(found: str) -> Verdict:
    """Say that all is well."""
    return Verdict("ok", found)


def advice(found: str, mend: str) -> Verdict:
    """Say what is worth knowing."""
    return Verdict("advice", found, mend)


def mend(found: str, how: str) -> Verdict:
    """Say what must be done."""
    return Verdict("mend", found, how)
