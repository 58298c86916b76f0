"""What a run finds to clear away before it begins."""

from typing import TYPE_CHECKING

from ogi.warehouse.builds import clean_builds
from ogi.warehouse.exports import clean_exports
from ogi.warehouse.home import Home
from ogi.warehouse.pin import read_pin
from ogi.warehouse.release import clean_releases

if TYPE_CHECKING:
    from ogi.settings.model import Settings


def clean_up(home: Home, settings: "Settings") -> None:
    """Remove what a crashed run left, and the releases that the policy lets go with their exports.

    Raises:
        WarehouseError: the pin cannot be read.
    """
    clean_builds(home, is_pinned=read_pin(home) is not None)
    clean_releases(home, settings.releases)
    clean_exports(home)
