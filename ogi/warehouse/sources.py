"""Take in what is new in a folder that the command names, or in every source that the settings declare."""

import logging
from collections.abc import Sequence
from pathlib import Path

from ogi.settings.model import Fetch, Settings
from ogi.settings.source import Source
from ogi.warehouse.folders import FolderUnreadable, take_in_folder
from ogi.warehouse.home import Home
from ogi.warehouse.intake import Intake, SourceProblem
from ogi.warehouse.ledger import Origin, open_ledger
from ogi.warehouse.urls import UrlFileUnreadable, take_in_urls

_log = logging.getLogger(__name__)


def default_inbox(settings: Settings) -> Path | None:
    """Return the folder to load where a command names none: None, which stands for the sources, if there are any."""
    return None if settings.sources else Path("inbox")


def begin_intake(home: Home) -> Intake:
    """Begin an intake, later than every one before it.

    Raises:
        WarehouseError: the ledger cannot be used.
    """
    with open_ledger(home) as ledger:
        return Intake(ledger.next_intake())


def take_in(home: Home, inbox: Path) -> Intake:
    """Take in what is new in one folder.

    Raises:
        WarehouseError: the inbox is not a folder that can be read, or the landing zone cannot be written.
    """
    intake = begin_intake(home)
    with open_ledger(home) as ledger:
        take_in_folder(home, inbox, ledger, intake, Origin())
    return intake


def take_in_sources(home: Home, settings: Settings) -> Intake:
    """Take in what is new in every declared source; one that cannot be reached is its own problem.

    Raises:
        WarehouseError: the ledger or the landing zone cannot be used.
    """
    intake = begin_intake(home)
    for source in settings.sources:
        _take_in(home, source, [s.name for s in settings.sources], intake, settings.fetch)
    return intake


def _take_in(home: Home, source: Source, declared: Sequence[str], intake: Intake, limits: Fetch) -> None:
    origin = Origin(source.name, source.district, source.agency)
    with open_ledger(home) as ledger:
        try:
            if source.folder is not None:
                take_in_folder(home, source.folder, ledger, intake, origin)
            else:
                take_in_urls(home, source, ledger, intake, origin, limits)
        except (FolderUnreadable, UrlFileUnreadable) as error:
            message = f"来源“{source.name}”：{error}"
            intake.sources.append(SourceProblem(source.name, "source_unreachable", message))
            _log.warning("source not reached", extra={"source": source.name, "reason": str(error)})
        ledger.adopt(origin, declared, intake.at)
